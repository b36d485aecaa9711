"""Addresses and numbers as people write them."""

import pytest

from frontdesk.contacts import clean_email, clean_phone, known_language, visitor_name
from frontdesk.core.errors import FrontdeskError


@pytest.mark.parametrize("value", ["", "a@b.cn", " zhou.li+shop@mail.example.com ", "张三@例子.中国"])
def test_an_address_is_kept(value: str) -> None:
    assert clean_email(value) == value.strip()


@pytest.mark.parametrize(
    "value", ["a", "a@b", "a@b.", "@b.cn", "a b@c.cn", "a@b.cn,c@d.cn", "<a@b.cn>", "a@@b.cn"]
)
def test_an_address_is_refused(value: str) -> None:
    with pytest.raises(FrontdeskError) as caught:
        clean_email(value)
    assert caught.value.details == {"field": "email"}


@pytest.mark.parametrize(
    "value", ["", "13900000000", "+86 139-0000-0000", "(010) 6552 9988", "400-800-8888#12"]
)
def test_a_number_is_kept(value: str) -> None:
    assert clean_phone(value) == value


@pytest.mark.parametrize("value", ["12", "call me", "+", "１３９"])
def test_a_number_is_refused(value: str) -> None:
    with pytest.raises(FrontdeskError) as caught:
        clean_phone(value)
    assert caught.value.details == {"field": "phone"}


@pytest.mark.parametrize(
    ("value", "known"), [("en", "en"), ("zh", "zh-CN"), ("zh-TW", "zh-CN"), ("de", "en"), ("", "en")]
)
def test_the_nearest_language_is_spoken(value: str, known: str) -> None:
    assert known_language(value) == known


def test_names_that_we_make_up_are_of_the_language() -> None:
    assert visitor_name("zh-CN").startswith("访客 ")
    assert visitor_name("en").startswith("Visitor ")
    assert len(visitor_name("en")) == len("Visitor 7F3K")
