"""What is left to ask a visitor before the chat, and what the answers mean. Pure."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Final

from msgspec import Meta, Struct, structs

from frontdesk.channels.form import MAX_LINES, Form, FormKind, FormLine
from frontdesk.contacts import Contact, Field, FieldKind, Value, clean_email, clean_phone, clean_value
from frontdesk.conversations import FormAnswer
from frontdesk.core.errors import FrontdeskError, invalid
from frontdesk.core.ids import parse_id
from frontdesk.core.text import clean, clean_line

MAX_NAME: Final = 80
MAX_WORDS: Final = 1_000

FormText = Annotated[str, Meta(max_length=2_000)]
FormValues = Annotated[
    dict[Annotated[str, Meta(max_length=60)], FormText | int | float | bool], Meta(max_length=MAX_LINES * 2)
]


class FormOption(Struct, frozen=True):
    value: str
    label: str


class AskedLine(Struct, frozen=True):
    """A line of the form as a visitor meets it. `kind`: name, email, phone, team, text, choice, or what a contact field
    holds: number, date, boolean, link.

    An empty label leaves the words to the widget. `lasting`: it is kept with the visitor's record and asked for once.
    """

    id: str
    kind: str
    label: str
    required: bool
    lasting: bool
    options: tuple[FormOption, ...] = ()


class Known(Struct, frozen=True):
    """What a form is read against: who is asked, the organization's fields, the names of the teams that there are."""

    contact: Contact
    fields: Sequence[Field]
    teams: Mapping[int, str]


class Filled(Struct, frozen=True):
    """What a visitor's answers mean: for the record, for the queue, for the conversation."""

    name: str = ""
    email: str = ""
    phone: str = ""
    fields: Mapping[str, Value] = {}
    team_id: int | None = None
    answers: tuple[FormAnswer, ...] = ()


def left_to_ask(form: Form, known: Known, language: str) -> tuple[AskedLine, ...]:
    """What is not known yet. A contact field that was archived and a team that is gone are not asked for."""
    asked = (_asked(line, known, language) for line in form)
    return tuple(line for line in asked if line is not None)


def read_answers(form: Form, known: Known, given: FormValues, language: str) -> Filled:
    """What the answers mean. Those to what is not asked are passed over: the form may have changed meanwhile.

    Raises `invalid`, with the line's id as `details.field`, for what is missing and for what cannot be.
    """
    filled = Filled()
    for line in form:
        asked = _asked(line, known, language)
        if asked is None:
            continue
        try:
            value = _read(line, asked, given.get(line.id, ""), known)
        except FrontdeskError as error:
            raise invalid(error.code, error.message, hint=error.hint, details={"field": line.id}) from error
        if value is not None:
            filled = _with(filled, line, asked, value)
        elif line.required:
            raise invalid(
                "channels.form-missing",
                "Something that this chat asks for first is missing.",
                hint="Fill in the form.",
                details={"field": line.id},
            )
    return filled


def chosen_team(form: Form, given: FormValues) -> int | None:
    """The team that was chosen, if it may be chosen."""
    value = given.get(FormKind.TEAM.value)
    for line in form:
        if line.kind is FormKind.TEAM and isinstance(value, str) and value in line.teams:
            return parse_id(value)
    return None


def _asked(line: FormLine, known: Known, language: str) -> AskedLine | None:
    kind, label, options, lasting = line.kind.value, line.label_in(language), list[FormOption](), True
    contact = known.contact
    match line.kind:
        case FormKind.NAME if not contact.name_given:
            pass
        case FormKind.EMAIL if not contact.email:
            pass
        case FormKind.PHONE if not contact.phone:
            pass
        case FormKind.FIELD if line.key not in contact.fields:
            field = _field(line, known)
            if field is None:
                return None
            kind = "line" if field.kind is FieldKind.TEXT else field.kind.value
            label = label or field.label
            options = [FormOption(choice, choice) for choice in field.choices]
        case FormKind.TEAM:
            lasting = False
            options = [
                FormOption(team, known.teams[int(team)]) for team in line.teams if int(team) in known.teams
            ]
            if not options:
                return None
        case FormKind.TEXT | FormKind.CHOICE:
            lasting = False
            options = [FormOption(choice, choice) for choice in line.choices.of(language)]
        case _:
            return None
    return AskedLine(line.id, kind, label, line.required, lasting, tuple(options))


def _field(line: FormLine, known: Known) -> Field | None:
    return next((field for field in known.fields if field.key == line.key and not field.archived), None)


def _read(line: FormLine, asked: AskedLine, given: Value, known: Known) -> Value | None:
    """The value as it is kept; None for nothing."""
    if line.kind is FormKind.FIELD:
        field = _field(line, known)
        return None if field is None else clean_value(field, _plain(given), None)
    if not isinstance(given, str):
        raise _impossible()
    match line.kind:
        case FormKind.NAME:
            return clean_line(given, field="name", limit=MAX_NAME) or None
        case FormKind.EMAIL:
            return clean_email(given) or None
        case FormKind.PHONE:
            return clean_phone(given) or None
        case FormKind.TEXT:
            return clean(given, field="answer", limit=MAX_WORDS) or None
        case _:
            return _choice(line, asked, given)


def _plain(given: Value) -> Value:
    return given.strip() if isinstance(given, str) else given


def _choice(line: FormLine, asked: AskedLine, given: str) -> str | None:
    """In whichever language it was chosen: the page may have been in another one."""
    allowed = {option.value for option in asked.options}
    if line.kind is FormKind.CHOICE:
        allowed.update(line.choices.zh_cn, line.choices.en)
    if given and given not in allowed:
        raise _impossible()
    return given or None


def _with(filled: Filled, line: FormLine, asked: AskedLine, value: Value) -> Filled:
    match line.kind:
        case FormKind.NAME | FormKind.EMAIL | FormKind.PHONE:
            return structs.replace(filled, **{line.kind.value: value})
        case FormKind.FIELD:
            return structs.replace(filled, fields={**filled.fields, line.key: value})
        case FormKind.TEAM:
            return structs.replace(filled, team_id=parse_id(str(value)))
        case _:
            return structs.replace(filled, answers=(*filled.answers, FormAnswer(asked.label, str(value))))


def _impossible() -> FrontdeskError:
    return invalid(
        "channels.form-value", "This answer cannot be.", hint="Choose one of those that are offered."
    )
