"""What a bot says to a question, from what it knows. Says nothing to anybody by itself."""

from typing import Final

from frontdesk.bots.knowledge import Knowledge, knowledge_of
from frontdesk.bots.matching import language_of
from frontdesk.bots.types import EN, LANGUAGES, MAX_ASKED, ZH, Answer, BotSettings, Match, Outcome, Question
from frontdesk.core.clock import Millis
from frontdesk.platform import Platform

_SEARCHED: Final = 8
_DID_YOU_MEAN: Final = {
    ZH: "您是不是想问下面的问题？点一下就能看到答案；都不是的话，换个说法再问我一次。",
    EN: "Did you mean one of these? Choose one to see its answer, or put your question in other words.",
}
_UNKNOWN: Final = {
    ZH: "抱歉，这个问题我还不会回答。",
    EN: "Sorry, I do not know the answer to that.",
}


async def answer(
    platform: Platform, bot: BotSettings, text: str, language: str, *, fresh: bool = False
) -> Answer:
    """What this bot says to `text`. `language` is the conversation's; a text that is clearly in another one wins."""
    spoken = language_of(text) or _known(language)
    if bot.knowledge_base_id is None:
        return _unknown(bot, spoken, ())
    knowledge = await knowledge_of(platform, bot.organization_id, bot.knowledge_base_id, fresh=fresh)
    return _decide(bot, knowledge, text[:MAX_ASKED], spoken, platform.clock.now())


def matches(knowledge: Knowledge, text: str, language: str, now: Millis) -> tuple[Match, ...]:
    """What resembles `text` among what holds now in this language, best first."""
    index = knowledge.indexes.get(language)
    if index is None:
        return ()
    hits = ((knowledge.questions[hit.key], hit.score) for hit in index.search(text, limit=_SEARCHED))
    return tuple(Match(question, score) for question, score in hits if question.holds(now))


def _decide(bot: BotSettings, knowledge: Knowledge, text: str, spoken: str, now: Millis) -> Answer:
    language, likely = spoken, matches(knowledge, text, spoken, now)
    if not likely or likely[0].score < bot.answer_threshold:
        for other in LANGUAGES:  # a brand name in a Chinese chat, a Chinese word in an English one
            found = matches(knowledge, text, other, now) if other != spoken else ()
            if found and found[0].score >= bot.answer_threshold:
                language, likely = other, found
    if not likely:
        return _unknown(bot, spoken, ())
    best = likely[0]
    if best.score >= bot.answer_threshold:
        return _found(knowledge, best.question, language, likely, now)
    near = [match.question.question for match in likely if match.score >= bot.suggest_threshold]
    near = near[: bot.max_suggestions]
    if near:
        return Answer(Outcome.SIMILAR, spoken, _DID_YOU_MEAN[spoken], tuple(near), (), likely)
    return _unknown(bot, spoken, likely)


def _found(
    knowledge: Knowledge, question: Question, language: str, matches: tuple[Match, ...], now: Millis
) -> Answer:
    if not question.answer:
        return Answer(Outcome.HUMAN, language, "", (), (), matches)
    related = tuple(
        other.question
        for identity in question.related
        if (other := knowledge.questions.get(identity)) is not None and other.holds(now)
    )
    return Answer(Outcome.ANSWER, language, question.answer, (), related, matches)


def _unknown(bot: BotSettings, language: str, matches: tuple[Match, ...]) -> Answer:
    return Answer(Outcome.UNKNOWN, language, bot.unknown.of(language) or _UNKNOWN[language], (), (), matches)


def _known(language: str) -> str:
    return EN if language == EN else ZH
