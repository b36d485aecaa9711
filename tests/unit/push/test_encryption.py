"""What is sent can be read by the browser that it is for, and by nobody else."""

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.push.encryption import LARGEST, encrypt, read_public_key
from tests.kit.browser import Browser, to_bytes

# The example of RFC 8291, appendix A.
PLAIN = b"When I grow up, I want to be a watermelon"
SENDER = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
RECEIVER = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"
RECEIVER_PUBLIC = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
SALT = "DGv6ra1nlYgDCS1FRnbzlw"
AUTH = "BTBZMqHH6r4Tts7J_aSIgg"
SEALED = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_"
    "yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def number(text: str) -> int:
    return int.from_bytes(to_bytes(text), "big")


def test_the_example_of_the_rfc_comes_out_to_the_byte() -> None:
    sealed = encrypt(
        PLAIN,
        to_bytes(RECEIVER_PUBLIC),
        to_bytes(AUTH),
        sender=ec.derive_private_key(number(SENDER), ec.SECP256R1()),
        salt=to_bytes(SALT),
    )
    assert sealed == to_bytes(SEALED)
    browser = Browser(number(RECEIVER), to_bytes(AUTH))
    assert browser.public == to_bytes(RECEIVER_PUBLIC)
    assert browser.decrypt(sealed) == PLAIN


@given(st.binary(max_size=LARGEST))
def test_the_browser_reads_what_was_sent_and_another_does_not(plain: bytes) -> None:
    browser = Browser()
    sealed = encrypt(plain, browser.public, browser.auth)
    assert browser.decrypt(sealed) == plain
    assert sealed != encrypt(plain, browser.public, browser.auth)
    with pytest.raises(InvalidTag):
        Browser().decrypt(sealed)
    assert len(sealed) <= 4096


def test_what_a_push_service_would_not_take_is_not_made() -> None:
    browser = Browser()
    with pytest.raises(ValueError, match="too many"):
        encrypt(b"x" * (LARGEST + 1), browser.public, browser.auth)


@pytest.mark.parametrize("point", [b"", b"\x04" + b"\x01" * 64, b"\x00" * 65, b"\x02" + b"\x01" * 32])
def test_what_is_no_point_of_the_curve_is_no_key(point: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_public_key(point)
