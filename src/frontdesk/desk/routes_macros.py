"""HTTP for macros. Thin: every rule is in the use cases."""

from collections.abc import Sequence
from enum import StrEnum

from litestar import Router, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Struct

from frontdesk.conversations import Log
from frontdesk.core.subject import Subject
from frontdesk.desk import macros, running
from frontdesk.desk.macro_types import Bulk, Macro, MacroChanges, MacroView, NewMacro, Ran, Run
from frontdesk.desk.steps import Step
from frontdesk.platform import Platform
from frontdesk.platform.web import ErrorDetail, error_body, path_id


class MacroAnswer(Struct, frozen=True):
    macro: MacroView


class MacrosAnswer(Struct, frozen=True):
    items: list[MacroView]


class Outcome(StrEnum):
    DONE = "done"
    REFUSED = "refused"
    NOT_TRIED = "not_tried"


class TakenView(Struct, frozen=True):
    """One step and what became of it; `error` says why it was refused, `changed` is false where it was so already."""

    step: Step
    outcome: Outcome
    changed: bool
    error: ErrorDetail | None


class RanView(Struct, frozen=True):
    conversation_id: str
    steps: Sequence[TakenView]


class RunAnswer(Struct, frozen=True):
    items: list[RanView]


@get("/desk/macros", summary="Macros: one's own, and those of one's teams")
async def list_macros(platform: NamedDependency[Platform], subject: NamedDependency[Subject]) -> MacrosAnswer:
    return MacrosAnswer([_view(subject, macro) for macro in await macros.list_macros(platform, subject)])


@post("/desk/macros", summary="Make a macro, for oneself or for a team that one is in")
async def create_macro(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], data: JSONBody[NewMacro]
) -> MacroAnswer:
    return MacroAnswer(_view(subject, await macros.create_macro(platform, subject, data)))


@patch("/desk/macros/{macro_id:str}", summary="Change a macro that one has made")
async def change_macro(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    macro_id: FromPath[str],
    data: JSONBody[MacroChanges],
) -> MacroAnswer:
    one = path_id(macro_id, what="macro")
    return MacroAnswer(_view(subject, await macros.change_macro(platform, subject, one, data)))


@delete("/desk/macros/{macro_id:str}", summary="Delete a macro that one has made")
async def delete_macro(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], macro_id: FromPath[str]
) -> None:
    await macros.delete_macro(platform, subject, path_id(macro_id, what="macro"))


@post("/desk/macros/{macro_id:str}/run", status_code=200, summary="Do a macro's steps to conversations")
async def run_macro(
    platform: NamedDependency[Platform],
    log: NamedDependency[Log],
    subject: NamedDependency[Subject],
    macro_id: FromPath[str],
    data: JSONBody[Run],
) -> RunAnswer:
    one = path_id(macro_id, what="macro")
    return RunAnswer([_ran(each) for each in await running.run_macro(platform, log, subject, one, data)])


@post("/desk/bulk", status_code=200, summary="Do steps to conversations, a few at once")
async def take_steps(
    platform: NamedDependency[Platform],
    log: NamedDependency[Log],
    subject: NamedDependency[Subject],
    data: JSONBody[Bulk],
) -> RunAnswer:
    return RunAnswer([_ran(each) for each in await running.take_steps(platform, log, subject, data)])


def _view(subject: Subject, macro: Macro) -> MacroView:
    return MacroView(
        id=str(macro.id),
        name=macro.name,
        team_id=None if macro.team_id is None else str(macro.team_id),
        own=macro.agent_id == subject.id,
        steps=macro.steps,
    )


def _ran(ran: Ran) -> RanView:
    tried = [
        TakenView(
            taken.step,
            Outcome.DONE if taken.refusal is None else Outcome.REFUSED,
            taken.changed,
            None if taken.refusal is None else error_body(taken.refusal).error,
        )
        for taken in ran.taken
    ]
    return RanView(
        str(ran.conversation_id),
        [*tried, *(TakenView(step, Outcome.NOT_TRIED, changed=False, error=None) for step in ran.rest)],
    )


MACRO_ROUTES = Router(
    "/v1", route_handlers=[list_macros, create_macro, change_macro, delete_macro, run_macro, take_steps]
)
