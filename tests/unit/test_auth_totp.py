"""Codes of authenticator apps, against the RFC's own table, and what is done about clocks and repeats."""

from base64 import b32decode, b32encode
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.auth.second_factor import recovery, totp

SECRET = b32encode(b"12345678901234567890").decode()
NOW = 1_800_000_000_000


# RFC 6238, appendix B, for SHA-1; of its eight digits an app shows the last six.
@pytest.mark.parametrize(
    ("second", "code"),
    [
        (59, "94287082"), (1_111_111_109, "07081804"), (1_111_111_111, "14050471"), (1_234_567_890, "89005924"),
        (2_000_000_000, "69279037"), (20_000_000_000, "65353130"),
    ],
)  # fmt: skip
def test_codes_are_those_of_the_rfc(second: int, code: str) -> None:
    assert totp.code_at(SECRET, second * 1000 // totp.STEP) == code[-6:]


@given(st.integers(min_value=-4, max_value=4))
def test_a_clock_may_be_wrong_by_one_step_and_no_more(steps: int) -> None:
    code = totp.code_at(SECRET, NOW // totp.STEP + steps)
    near = {NOW // totp.STEP + away: totp.code_at(SECRET, NOW // totp.STEP + away) for away in (-1, 0, 1)}
    expected = max((step for step, one in near.items() if one == code), default=None)
    assert totp.matching_step(SECRET, code, now=NOW, after=0) == expected
    assert (expected is not None) == (abs(steps) <= 1)


def test_a_step_that_is_not_later_than_the_last_one_is_not_taken() -> None:
    step = NOW // totp.STEP
    code = totp.code_at(SECRET, step)
    assert totp.matching_step(SECRET, code, now=NOW, after=step - 1) == step
    assert totp.matching_step(SECRET, code, now=NOW, after=step) is None


@given(st.text(max_size=20))
def test_no_other_text_is_a_code(text: str) -> None:
    step = NOW // totp.STEP
    right = {totp.code_at(SECRET, step + away) for away in (-1, 0, 1)}
    assert (totp.matching_step(SECRET, recovery.plain(text), now=NOW, after=0) is not None) == (
        recovery.plain(text) in right
    )


def test_a_secret_has_160_bits_and_is_never_the_same() -> None:
    secrets = {totp.new_secret() for _ in range(50)}
    assert len(secrets) == 50
    assert {len(b32decode(secret)) for secret in secrets} == {20}


def test_the_address_says_whose_codes_these_are_whatever_the_names_are() -> None:
    text = totp.address(SECRET, organization="Lantern & Söhne / 灯笼", username="ada@example.org")
    parts = urlsplit(text)
    assert (parts.scheme, parts.netloc) == ("otpauth", "totp")
    assert parse_qs(parts.query) == {"secret": [SECRET], "issuer": ["Lantern & Söhne / 灯笼"]}


def test_recovery_codes_are_known_however_they_are_typed_and_only_for_their_account() -> None:
    codes = recovery.new_codes()
    assert len(set(codes)) == 10
    code = codes[0]
    assert recovery.looks_like_one(code)
    assert not recovery.looks_like_one("123456")
    typed = f" {code.upper().replace('-', ' ')} "
    assert recovery.hash_code(1, typed) == recovery.hash_code(1, code)
    assert recovery.hash_code(2, code) != recovery.hash_code(1, code)
