"""Which passwords are refused, and that every other one is taken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.auth.password_rules import check_password
from frontdesk.core.errors import FrontdeskError

NAMES = ("ada.lovelace@example.org", "lantern", "Lantern Shop / 灯笼小店")


def refusal(password: str, length: int = 12) -> str | None:
    try:
        check_password(password, length=length, names=NAMES)
    except FrontdeskError as error:
        return error.code
    return None


def test_a_refusal_names_the_field_and_says_what_to_do_instead() -> None:
    with pytest.raises(FrontdeskError) as caught:
        check_password("password1234", length=12, names=NAMES)
    assert caught.value.details == {"field": "password"}
    assert caught.value.hint == "Several words that do not belong together make a good one."


@pytest.mark.parametrize("password", ["", "eleven char", "x" * 257, "a sentence \ud800 with half a sign"])
def test_what_is_too_short_or_too_long_or_no_text_is_refused(password: str) -> None:
    assert refusal(password) == "auth.password-length"


@pytest.mark.parametrize(
    "password",
    [
        "password1234", "Password2024!", "P@ssw0rd2024", "passwordpassword", "ＰＡＳＳＷＯＲＤ2024", "iloveyou1234", "Welcome12345",
        "woaini1314520", "dragonmonkey1", "administrator", "!!letmein!!1!", "correcthorsebatterystaple",
    ],
)  # fmt: skip
def test_words_that_are_tried_first_are_refused_with_whatever_is_around_them(password: str) -> None:
    assert refusal(password) == "auth.password-common"


@pytest.mark.parametrize(
    "password",
    [
        "qwertyuiop123", "123456789012", "987654321012", "abcdefghijkl", "1qaz2wsx3edc", "zaq12wsxcde3", "123qweasdzxc",
        "zxcvbnmasdfghjkl", "!@#$%^&*()_+", "aaaaaaaaaaaa", "abcabcabcabc", "x9!kP2x9!kP2", "密码密码密码密码密码密码",
    ],
)  # fmt: skip
def test_walks_and_repetitions_are_refused(password: str) -> None:
    assert refusal(password) == "auth.password-common"


@pytest.mark.parametrize(
    "password",
    [
        "ada-2024-lantern!",
        "lanternlantern",
        "LanternShop2024",
        "Ada.Lovelace1",
        "adaadaadaada",
        "灯笼小店2026年！！！！",
    ],
)
def test_what_is_little_more_than_the_names_is_refused(password: str) -> None:
    assert refusal(password) == "auth.password-names"


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery", "a lantern in the rain", "tangerine-otter-91", "Xk3$9pLq2!vZ", "8371927364829",
        "我家门前有两棵枣树都很高", "zwölf Boxkämpfer jagen", "sunshine dragon football", "alllowercaseonly",
    ],
)  # fmt: skip
def test_length_is_enough_without_digits_and_signs(password: str) -> None:
    assert refusal(password) is None


def test_the_length_is_the_organizations() -> None:
    assert refusal("otter-91", length=8) is None
    assert refusal("tangerine-otter-91", length=20) == "auth.password-length"


@given(st.text(max_size=300))
def test_no_text_breaks_the_rules(password: str) -> None:
    refusal(password, length=1)
