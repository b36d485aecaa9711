"""How an answer becomes a message, and the sentences that are the product's, not the knowledge base's."""

from typing import Final

from frontdesk.bots.times import spoken
from frontdesk.bots.types import EN, ZH, Answer, Outcome
from frontdesk.conversations import MAX_TEXT, Question, Text
from frontdesk.dispatch import Absence, Why

HUMAN: Final = "human"
LEAVE_MESSAGE: Final = "leave_message"

_OFFER: Final = {
    ZH: "看来我没能帮上您。点下面的“转人工”，就由人工客服接着为您服务。",
    EN: "It seems I cannot help with this. Choose “Talk to a human” below and somebody of our team takes over.",
}
_NOBODY: Final = {
    ZH: "现在没有人工客服在线。您可以留言，我们上班后会尽快联系您；也可以继续问我。",
    EN: "Nobody of our team is here right now. You can leave a message and we will get back to you, or go on asking me.",
}
_FULL: Final = {
    ZH: "现在等待人工客服的人太多了。您可以留言，我们会尽快联系您；也可以继续问我。",
    EN: "Too many people are waiting for our team right now. You can leave a message, or go on asking me.",
}
_CLOSED: Final = {
    ZH: "现在不是人工服务时间，人工客服{}开始服务。您可以留言，我们上班后会尽快联系您；也可以继续问我。",
    EN: "Our team is back {}. You can leave a message and we will get back to you, or go on asking me.",
}
_CANNOT_SEE: Final = {
    ZH: "我还看不懂图片、语音和文件。请用文字告诉我您的问题，或者转人工客服。",
    EN: "I cannot take in pictures, recordings and files. Please tell me in words, or ask for a person.",
}
_FAILED: Final = {
    ZH: "抱歉，我刚才出了点问题，没能回答。您可以再问一次，或者转人工客服。",
    EN: "Sorry, something went wrong and I could not answer. Please ask again, or ask for a person.",
}


def message_of(found: Answer, *, offer_human: bool) -> Text:
    """The message for an answer. `offer_human` adds the button, and a sentence that says so, to what it did not know."""
    if found.outcome is Outcome.ANSWER:
        return Text(found.text, related=_questions(found.related))
    text = found.text
    if offer_human:
        offer = _OFFER[found.language]
        text = f"{text[: MAX_TEXT - len(offer) - 1]}\n{offer}"
    return Text(
        text,
        suggestions=_questions(found.suggestions),
        actions=(HUMAN,) if offer_human else (),
        unanswered=found.outcome is Outcome.UNKNOWN,
    )


def nobody_here(language: str, absence: Absence) -> Text:
    """Why no person comes, and when one does where that is known."""
    words = _FULL[language] if absence.why is Why.FULL else _NOBODY[language]
    if absence.opens_at is not None:
        words = _CLOSED[language].format(spoken(absence.opens_at, absence.time_zone, language))
    return Text(words, actions=(LEAVE_MESSAGE,))


def cannot_see(language: str) -> Text:
    return Text(_CANNOT_SEE[language], actions=(HUMAN,))


def failed(language: str) -> Text:
    return Text(_FAILED[language], actions=(HUMAN,), unanswered=True)


def _questions(texts: tuple[str, ...]) -> tuple[Question, ...]:
    return tuple(Question(text) for text in texts)
