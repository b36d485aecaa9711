"""The words of matching: ideas, courtesies, slips of the finger, numbers, and what is somebody else's business."""

import pytest

from frontdesk.bots.matching import Index, IndexBuilder, lexicon, warm_up
from frontdesk.bots.matching.spelling import Speller
from frontdesk.bots.matching.words import features_of, strangeness


def index(language: str, *questions: str) -> Index:
    builder = IndexBuilder(language)
    for key, question in enumerate(questions):
        builder.add(key, [question], "")
    return builder.build()


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("zh-CN", "邮费", "快递费"),
        ("zh-CN", "质保期", "保修"),
        ("en", "postage", "delivery fee"),
        ("en", "my money back", "reimbursement"),
        ("en", "pls", "please"),
        ("en", "thx", "thanks"),
    ],
)
def test_what_means_the_same_has_the_same_words(language: str, one: str, other: str) -> None:
    assert set(features_of(one, language).words) & set(features_of(other, language).words)


def test_a_form_of_several_ideas_carries_each() -> None:
    assert {"#专票", "#抬头"} <= set(features_of("专票税号", "zh-CN").words)
    assert {"#换货", "#礼物"} <= set(features_of("换货 生日", "zh-CN").words)
    assert lexicon.english().ideas["reject"] == ("#not_accept", "#declined")
    assert {"#not_accept", "#declined"} <= set(features_of("rejected", "en").words)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("pasword", "password"),
        ("passwrod", "password"),
        ("passwords", "password"),
        ("pazsword", "password"),
        ("lanturn", "lantern"),
        ("password", "password"),
        ("bank", "bank"),
        ("wassport", "wassport"),
        ("灯笼", "灯笼"),
        ("", ""),
        ("p" * 400, "p" * 400),
    ],
)
def test_a_slip_is_mended_only_to_a_known_word(typed: str, meant: str) -> None:
    speller = Speller()
    speller.learn("lantern")
    speller.learn("lantern")
    assert speller.mend(typed) == meant


def test_a_misspelt_question_is_understood() -> None:
    shop = index("en", "I forgot my password", "How do I return an item?", "How big is the lantern?")
    assert shop.search("forgot my pasword")[0].key == 0
    assert shop.search("how big is the lantren")[0].key == 2


@pytest.mark.parametrize(
    ("language", "text", "idea", "many"),
    [
        ("zh-CN", "买一百个", "#批量", True),
        ("zh-CN", "要50只", "#批量", True),
        ("zh-CN", "要两个", "#批量", False),
        ("zh-CN", "十点关门", "#批量", False),
        ("en", "we need 40 pieces", "#bulk", True),
        ("en", "sixty lanterns", "#bulk", True),
        ("en", "3 lanterns", "#bulk", False),
        ("en", "within 14 days", "#bulk", False),
        ("en", "order 99999999999999999999 x", "#bulk", False),
        ("en", "1000000000000 lanterns", "#bulk", False),
    ],
)
def test_a_number_of_pieces_is_told_from_other_numbers(
    language: str, text: str, idea: str, *, many: bool
) -> None:
    assert (idea in features_of(text, language).words) == many


@pytest.mark.parametrize(
    ("language", "questions", "polite", "plain"),
    [
        ("zh-CN", ("你好", "保修多久？"), "你好 保修多久", "保修多久"),
        ("en", ("Thank you", "How long is the warranty?"), "how long is the warranty thanks", "warranty"),
    ],
)
def test_courtesy_does_not_outweigh_the_question(
    language: str, questions: tuple[str, str], polite: str, plain: str
) -> None:
    shop = index(language, *questions)
    assert shop.search(polite)[0].key == shop.search(plain)[0].key == 1
    assert shop.search(questions[0])[0].key == 0


def test_what_somebody_else_answers_for_speaks_against_an_answer() -> None:
    shop = index("en", "When do you close?", "Where is your store?")
    assert (
        shop.search("when do you close today")[0].score > 2 * shop.search("when does the bank close")[0].score
    )
    bank = index("en", "When does the bank close?", "Where is the bank?")
    assert bank.search("when does our bank close")[0].score > shop.search("when does our bank close")[0].score
    assert strangeness("bank") > strangeness("thing") > strangeness("42")
    assert strangeness("银行") > strangeness("灯笼") > strangeness("上海")


def test_the_dictionaries_can_be_loaded_early_and_twice() -> None:
    warm_up()
    warm_up()


def test_no_short_form_stands_for_itself() -> None:
    assert all(short != meant for short, meant in lexicon.SHORT.items())
