"""Free text is limited and cleaned."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.core.errors import FrontdeskError
from frontdesk.core.text import clean, clean_line


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
