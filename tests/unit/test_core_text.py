"""Free text is limited and cleaned."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.core.errors import FrontdeskError
from frontdesk.core.text import clean, clean_line, is_web_address


def test_lines_stay_and_edges_go() -> None:
    assert clean("  a\r\n\tb \n", field="text", limit=10) == "a\n\tb"


def test_a_line_has_single_spaces() -> None:
    assert clean_line(" a \n\t b\u3000c ", field="name", limit=10) == "a b c"


def test_marks_that_only_confuse_are_removed() -> None:
    assert clean("a\x00\x1b\u202eb\ud800", field="text", limit=10) == "ab"


@pytest.mark.parametrize("value", ["", "  ", "\u202e", "\x00"])
def test_a_required_text_is_refused_when_nothing_is_left(value: str) -> None:
    with pytest.raises(FrontdeskError) as caught:
        clean(value, field="name", limit=10, required=True)
    assert (caught.value.code, caught.value.details) == ("text.missing", {"field": "name"})


def test_a_text_is_refused_when_too_long() -> None:
    with pytest.raises(FrontdeskError) as caught:
        clean("x" * 11, field="name", limit=10)
    assert caught.value.details == {"field": "name", "limit": 10}


@given(st.text(max_size=60))
def test_what_was_cleaned_is_clean(value: str) -> None:
    once = clean_line(value, field="name", limit=60)
    assert clean_line(once, field="name", limit=60) == once
    once.encode()


@pytest.mark.parametrize(
    "address",
    [
        "https://shop.example",
        "http://127.0.0.1:8080/a?b#c",
        "https://例子.example/路?问=答",
        "https://[::1]/",
    ],
)
def test_a_page_of_the_web_has_a_web_address(address: str) -> None:
    assert is_web_address(address)


@pytest.mark.parametrize(
    "address",
    [
        "", "shop.example", "//shop.example", "https:///path", "javascript:alert(1)", "data:text/html,x", "ftp://shop.example",
        "https://shop.example@evil.example", "https://a b.example", "https://shop.example\\@evil.example", "java\nscript:x",
        "https://shop.example/\u202e", "https://shop.example/\x00", "https://[::1", "https://shop.example:http/",
    ],
)  # fmt: skip
def test_what_leads_elsewhere_or_hides_where_has_none(address: str) -> None:
    assert not is_web_address(address)
