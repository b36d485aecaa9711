"""Every setting of an organization: its meaning, its limits, its default."""

from typing import Annotated, Final

from msgspec import Meta, Struct, field

_DAY: Final = 86_400

Phrase = Annotated[str, Meta(min_length=1, max_length=40)]
Phrases = Annotated[tuple[Phrase, ...], Meta(max_length=100)]
Message = Annotated[str, Meta(max_length=500)]


class LocalizedText(Struct, frozen=True, forbid_unknown_fields=True, rename={"zh_cn": "zh-CN"}):
    """One text in each language. Empty: nothing is said in that language."""

    zh_cn: Message = ""
    en: Message = ""

    def of(self, language: str) -> str:
        return self.en if language == "en" else self.zh_cn


class LocalizedPhrases(Struct, frozen=True, forbid_unknown_fields=True, rename={"zh_cn": "zh-CN"}):
    """Phrases in each language, compared without regard to case."""

    zh_cn: Phrases = ()
    en: Phrases = ()

    def of(self, language: str) -> tuple[str, ...]:
        return self.en if language == "en" else self.zh_cn


_AUTO_REPLY: Final = LocalizedText(
    zh_cn="客服正在忙，请稍等，我们会尽快回复您。",
    en="Our agents are busy at the moment. Please hold on, we will answer as soon as we can.",
)
_SILENCE_WARNING: Final = LocalizedText(
    zh_cn="您已有一段时间没有回复了。如果没有其他问题，会话稍后将自动结束。",
    en="We have not heard from you for a while. If there is nothing else, this conversation will end soon.",
)
_BREAKS: Final = LocalizedPhrases(
    zh_cn=("短休", "用餐", "会议", "培训"),
    en=("Short break", "Meal", "Meeting", "Training"),
)


class Settings(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    reopen_window_s: Annotated[
        int,
        Meta(
            ge=0,
            le=7 * _DAY,
            description="Seconds in which a closed conversation is reopened, not begun anew.",
        ),
    ] = 600
    silence_warn_s: Annotated[
        int,
        Meta(
            ge=0,
            le=_DAY,
            description="Seconds without a word from the visitor until a warning. 0: no warning.",
        ),
    ] = 0
    silence_warn_text: Annotated[LocalizedText, Meta(description="What the warning says.")] = _SILENCE_WARNING
    silence_close_s: Annotated[
        int,
        Meta(ge=0, le=_DAY, description="Seconds without a word from the visitor until the end. 0: never."),
    ] = 900
    bot_silence_close_s: Annotated[
        int, Meta(ge=0, le=_DAY, description="The same while a bot answers. 0: never.")
    ] = 1800
    auto_reply_after_s: Annotated[
        int,
        Meta(
            ge=0, le=3600, description="Seconds without an agent's answer until the automatic one. 0: never."
        ),
    ] = 180
    auto_reply_text: Annotated[LocalizedText, Meta(description="What the automatic answer says.")] = (
        _AUTO_REPLY
    )
    agent_silence_alarm_s: Annotated[
        int,
        Meta(
            ge=0,
            le=_DAY,
            description="Seconds of the team's open time that a visitor waits for the agent's word until agent and leaders are alarmed. 0: never.",
        ),
    ] = 0
    agent_silence_reassign_s: Annotated[
        int,
        Meta(
            ge=0,
            le=_DAY,
            description="Seconds that a visitor waits for the agent's word until somebody else gets it. 0: never.",
        ),
    ] = 0
    agent_gone_reassign_s: Annotated[
        int,
        Meta(ge=10, le=3600, description="Seconds an agent may be gone until others get the conversations."),
    ] = 120
    missed_offers_break: Annotated[
        int,
        Meta(ge=0, le=20, description="Offers that an agent lets run out in a row until a break. 0: never."),
    ] = 0
    wrap_up_s: Annotated[
        int,
        Meta(
            ge=0,
            le=3600,
            description="Seconds after the end of a conversation in which its agent gets no new one. 0: none.",
        ),
    ] = 0
    recall_window_s: Annotated[
        int, Meta(ge=0, le=_DAY, description="Seconds in which a message can be recalled. 0: never.")
    ] = 120
    returning_customer_days: Annotated[
        int, Meta(ge=0, le=365, description="Days in which a visitor goes to the same agent again. 0: off.")
    ] = 30
    blocked_reach_bot: Annotated[
        bool, Meta(description="Whether who is blocked may still talk to bots, and to nobody else.")
    ] = False
    break_reasons: Annotated[LocalizedPhrases, Meta(description="What agents can say why they are away.")] = (
        _BREAKS
    )
    agent_grace_s: Annotated[
        int, Meta(ge=0, le=600, description="Seconds an agent without a connection still counts as present.")
    ] = 20
    transfer_answer_s: Annotated[
        int,
        Meta(
            ge=0,
            le=600,
            description="Seconds in which a colleague accepts or refuses a transfer. 0: it is theirs at once.",
        ),
    ] = 0
    max_waiting: Annotated[
        int,
        Meta(
            ge=0, le=10_000, description="How many may wait for a team; who comes then is offered the form."
        ),
    ] = 100
    queue_timeout_s: Annotated[
        int, Meta(ge=0, le=_DAY, description="Seconds of waiting until the form is offered. 0: no end.")
    ] = 0
    rating_levels: Annotated[
        int, Meta(ge=2, le=5, description="How many levels a rating has: 2, 3, 4 or 5.")
    ] = 5
    link_previews: Annotated[
        bool,
        Meta(
            description="Whether agents may have the server fetch the page of a link, to read what it is before they open it."
        ),
    ] = True


class SettingsChanged(Struct, frozen=True):
    """An organization's settings (`topic` is `settings`) or wrap-up categories (`wrap-up`) changed."""

    organization_id: int
    topic: str = "settings"


class SettingsView(Struct, frozen=True):
    """What holds, and what would hold if nothing had been changed."""

    settings: Settings
    defaults: Settings = field(default_factory=Settings)
