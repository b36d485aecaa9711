"""What the list of words finds in sentences that it was not made from, and where it must keep quiet."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.bots.tone import is_upset, score

DATA = Path(__file__).parents[2] / "data"


def held_out(language: str) -> tuple[list[str], list[str]]:
    """The upset and the calm sentences. They are ours, so the figures flatter: another's words are harder."""
    lines = (DATA / f"tone_{language}.txt").read_text(encoding="utf-8").splitlines()
    return [line[2:] for line in lines if line[0] == "!"], [line[2:] for line in lines if line[0] == "."]


@pytest.mark.parametrize(("language", "recall"), [("zh", 0.80), ("en", 0.85)])
def test_upset_sentences_it_was_not_made_from_are_mostly_found_and_calm_ones_left_alone(
    language: str, recall: float
) -> None:
    upset, calm = held_out(language)
    assert (len(upset), len(calm)) == (40, 45)
    assert [text for text in calm if is_upset(text)] == []
    assert sum(map(is_upset, upset)) / len(upset) >= recall


@pytest.mark.parametrize(
    "text",
    [
        "我妈的生日快到了",
        "他妈妈很喜欢这盏灯",
        "页面滚动不了",
        "我并不生气",
        "I am not angry at all!",
        "I have already completed the form again",
        "一点也不差劲",
        "THANK YOU SO MUCH!!!",
        "",
        "！！！",
    ],
)
def test_words_that_only_look_upset_are_calm(text: str) -> None:
    assert not is_upset(text)


def test_shouting_makes_it_louder_and_is_not_enough_by_itself() -> None:
    assert score("where is my order") < score("WHERE IS MY ORDER!!") < 1
    assert score("I am unhappy") < score("I am unhappy!!!")


@given(st.text())
def test_no_text_breaks_it(text: str) -> None:
    assert isinstance(is_upset(text), bool)
