"""The form before the chat, as a channel has it: which lines there are, and what may be set."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated, Final

from msgspec import Meta, Struct, structs

from frontdesk.contacts import Field
from frontdesk.core.errors import FrontdeskError, invalid
from frontdesk.core.ids import new_code
from frontdesk.core.text import clean_line
from frontdesk.settings import LocalizedText

MAX_LINES: Final = 12
MAX_OPTIONS: Final = 20
MAX_OPTION: Final = 80
MAX_LABEL: Final = 120

Option = Annotated[str, Meta(min_length=1, max_length=MAX_OPTION)]
Options = Annotated[tuple[Option, ...], Meta(max_length=MAX_OPTIONS)]
TeamId = Annotated[str, Meta(pattern=r"^[0-9]{1,18}$")]


class FormKind(StrEnum):
    """`field`: one of the organization's own fields of contacts. `team`: a choice of who answers. `text`, `choice`:
    questions of the channel's own, whose answers stay with the conversation.
    """

    NAME = "name"
    EMAIL = "email"
    PHONE = "phone"
    FIELD = "field"
    TEAM = "team"
    TEXT = "text"
    CHOICE = "choice"


OWN: Final = frozenset({FormKind.TEXT, FormKind.CHOICE})


class LocalizedOptions(Struct, frozen=True, forbid_unknown_fields=True, rename={"zh_cn": "zh-CN"}):
    """What may be chosen, in each language; a language that has nothing shows the other's."""

    zh_cn: Options = ()
    en: Options = ()

    def of(self, language: str) -> tuple[str, ...]:
        return (self.en or self.zh_cn) if language == "en" else (self.zh_cn or self.en)


class FormLine(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One line of the form.

    `key` names the contact field; a question of the channel's own is given one. Without a label the widget says what is
    asked for, or the contact field's label does. `choices` and `teams` belong to those kinds alone.
    """

    kind: FormKind
    key: Annotated[str, Meta(max_length=40)] = ""
    label: LocalizedText = LocalizedText()
    required: bool = False
    choices: LocalizedOptions = LocalizedOptions()
    teams: Annotated[tuple[TeamId, ...], Meta(max_length=MAX_OPTIONS)] = ()

    @property
    def id(self) -> str:
        """How its answer is named."""
        if self.kind is FormKind.FIELD:
            return f"fields.{self.key}"
        return f"own.{self.key}" if self.kind in OWN else self.kind.value

    def label_in(self, language: str) -> str:
        """Its own label, the other language's where this one has none."""
        return self.label.of(language) or self.label.zh_cn or self.label.en


Form = Annotated[tuple[FormLine, ...], Meta(max_length=MAX_LINES)]


def checked_form(form: Form) -> Form:
    """The form as it is kept. Raises `invalid` for what nobody could answer."""
    lines = tuple(_checked_line(line) for line in form)
    if len({line.id for line in lines}) < len(lines):
        raise _wrong("The form asks for the same thing twice.")
    return lines


def check_form_fields(form: Form, fields: Sequence[Field]) -> None:
    """Raises `invalid` for a line whose contact field there is not, or no longer."""
    usable = {field.key for field in fields if not field.archived}
    for line in form:
        if line.kind is FormKind.FIELD and line.key not in usable:
            raise _wrong("The form asks for a contact field that there is not.", hint="Take the line out.")


def _checked_line(line: FormLine) -> FormLine:
    label = LocalizedText(
        *(clean_line(text, field="label", limit=MAX_LABEL) for text in structs.astuple(line.label))
    )
    choices = LocalizedOptions(*(tuple(_options(texts)) for texts in structs.astuple(line.choices)))
    if line.kind in OWN and not (label.zh_cn or label.en):
        raise _wrong("A question of your own needs words.")
    if (line.kind is FormKind.CHOICE) != bool(choices.zh_cn or choices.en):
        raise _wrong("A choice needs something to choose from, and nothing else does.")
    if (line.kind is FormKind.TEAM) != bool(line.teams):
        raise _wrong("A choice of teams needs teams, and nothing else does.")
    key = line.key.strip()
    if line.kind in OWN:
        key = clean_line(key, field="key", limit=40) or new_code()
    elif line.kind is not FormKind.FIELD:
        key = ""
    return structs.replace(
        line, key=key, label=label, choices=choices, teams=tuple(dict.fromkeys(line.teams))
    )


def _options(texts: Sequence[str]) -> Sequence[str]:
    cleaned = [clean_line(text, field="choice", limit=MAX_OPTION, required=True) for text in texts]
    return list(dict.fromkeys(cleaned))


def _wrong(message: str, *, hint: str = "") -> FrontdeskError:
    return invalid("channels.form", message, hint=hint, details={"field": "form"})
