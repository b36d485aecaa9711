import re

from hypothesis import given
from hypothesis import strategies as st

from frontdesk.conversations.search import snippet_of
from frontdesk.conversations.search_tokens import Term, index_tokens, needles, query_terms


def test_two_chinese_characters_are_found_wherever_they_stand_side_by_side() -> None:
    tokens = index_tokens("我要申请退款,谢谢").split()
    assert {"退款", "申请", "请退"} <= set(tokens)


def test_a_single_character_is_a_token_of_its_own() -> None:
    assert "退" in index_tokens("退款").split()


def test_latin_words_are_lower_cased_and_full_width_letters_folded() -> None:
    assert index_tokens("Ｒefund REFUND order42").split() == ["refund", "refund", "order42"]


def test_a_latin_word_next_to_chinese_is_a_word_of_its_own() -> None:
    assert "iphone" in index_tokens("我的iPhone坏了").split()


def test_a_query_of_a_latin_word_matches_its_beginning() -> None:
    assert query_terms("Ref") == [Term("ref", beginning=True)]


def test_a_query_cannot_carry_search_syntax() -> None:
    assert query_terms('" OR filters : "o1" NOT *') == [
        Term(word, beginning=True) for word in ("or", "filters", "o1", "not")
    ]


def test_punctuation_alone_asks_for_nothing() -> None:
    assert query_terms("?!…") == []


@given(st.text())
def test_terms_hold_only_letters_and_digits(query: str) -> None:
    for term in query_terms(query):
        # Chinese characters that this Python does not know of yet are letters to us.
        assert re.fullmatch(r"([^\W_]|[\U00020000-\U000323af])+", term.text)


@given(st.text(max_size=300), st.text(min_size=1, max_size=5))
def test_a_snippet_never_fails_and_marks_only_what_was_asked(text: str, query: str) -> None:
    marked = needles(query)
    for piece in snippet_of(text, marked):
        if piece.hit:
            assert piece.text.casefold()


def test_a_snippet_shows_the_hit_and_its_surroundings() -> None:
    pieces = snippet_of("a" * 100 + " 我想退款可以吗 " + "b" * 300, ["退款"])
    assert [piece.text for piece in pieces if piece.hit] == ["退款"]
    assert pieces[0].text == "…"
    assert pieces[-1].text == "…"
