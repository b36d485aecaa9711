"""Reading CSV files of questions: what is accepted, and what is said about what is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from frontdesk.bots.csv_file import parse


@pytest.mark.parametrize(
    ("content", "line", "code"),
    [
        ("", 1, "import.empty"),
        ("question,price\n", 1, "import.header"),
        ("question,question,answer\n", 1, "import.header"),
        ("question\nx\n", 1, "import.header"),
        ("question,answer\n,yes\n", 2, "import.question"),
        ("question,answer\na,b,c\n", 2, "import.columns"),
        ('question,answer\n\n"a,b\n', 3, "import.broken"),
        ("question,answer\n？！,yes\n", 2, "import.question"),
        (f"question,answer\na,{'x' * 4001}\n", 2, "import.too-long"),
        (f"question,answer\n{'x' * 501},y\n", 2, "import.too-long"),
        ("question,answer\nOne,a\nTwo,b\none?,c\n", 4, "import.repeated"),
    ],
)
def test_a_problem_names_its_line(content: str, line: int, code: str) -> None:
    problem = parse(content.encode()).problems[0]
    assert (problem.line, problem.code) == (line, code)


def test_cells_hold_several_texts_and_line_breaks() -> None:
    row = parse(b'question,similar,answer\nOne,"two|three\ntwo","line 1\nline 2"\n').rows[0]
    assert row.similar == ("two", "three")
    assert row.answer == "line 1\nline 2"


def test_the_letters_decide_where_no_language_is_named() -> None:
    rows = parse("问题,答案\n怎么退货,x\nhow to return,y\nok,z\n".encode()).rows
    assert [row.language for row in rows] == ["zh-CN", "en", "en"]


def test_bytes_that_are_no_text_are_refused() -> None:
    assert parse(b"\xff\xfe\x00\x81\xff\xff").problems[0].code in {"import.encoding", "import.header"}


@given(some.binary(max_size=400))
def test_no_file_breaks_the_parser(content: bytes) -> None:
    parse(content)


@given(some.text(max_size=300))
def test_no_rows_break_the_parser(content: str) -> None:
    parsed = parse(f"question,answer,similar\n{content}".encode("utf-8", "surrogatepass"))
    assert len(parsed.rows) <= parsed.lines
