"""HTTP for moving conversations. Thin: every rule is in the use cases."""

from collections.abc import Sequence
from typing import Final

from litestar import delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from frontdesk.conversations import Rated, WrappedUp, snapshot_of
from frontdesk.core.subject import Subject, SubjectKind
from frontdesk.dispatch import (
    assign,
    ending,
    handover,
    lookup,
    offers,
    remarks,
    requests,
    waiting,
    wrapping_up,
)
from frontdesk.dispatch.blocking_routes import BLOCKING_ROUTES
from frontdesk.dispatch.customer_routes import CUSTOMER_ROUTES
from frontdesk.dispatch.inviting_routes import INVITING_ROUTES
from frontdesk.dispatch.queue_routes import QUEUE_ROUTES
from frontdesk.dispatch.rule_routes import RULE_ROUTES
from frontdesk.dispatch.service_level_routes import SERVICE_LEVEL_ROUTES
from frontdesk.dispatch.snoozing_routes import SNOOZING_ROUTES
from frontdesk.dispatch.supervision_routes import SUPERVISION_ROUTES
from frontdesk.dispatch.views import (
    Agents,
    CloseRequest,
    ConversationAnswer,
    Decisions,
    DeclineRequest,
    HumanAnswer,
    Me,
    NoteRequest,
    TransferRequest,
    answer,
)
from frontdesk.platform import Platform
from frontdesk.platform.web import path_id

_ONE: Final = "/v1/conversations/{conversation_id:str}"


@post(f"{_ONE}/human", status_code=200, summary="Ask for a human")
async def request_human(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], conversation_id: FromPath[str]
) -> HumanAnswer:
    requested = await waiting.request_human(platform, subject, path_id(conversation_id, what="conversation"))
    header = snapshot_of(requested.conversation, for_visitor=subject.kind is SubjectKind.VISITOR)
    absence = requested.absence
    return HumanAnswer(header, requested.queue, absence is not None, absence)


@delete(f"{_ONE}/human", status_code=200, summary="Leave the queue")
async def leave_queue(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], conversation_id: FromPath[str]
) -> ConversationAnswer:
    return answer(
        subject, await waiting.leave_queue(platform, subject, path_id(conversation_id, what="conversation"))
    )


@post(f"{_ONE}/take", status_code=200, summary="Take a waiting conversation")
async def take(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], conversation_id: FromPath[str]
) -> ConversationAnswer:
    return answer(
        subject, await assign.take(platform, subject, path_id(conversation_id, what="conversation"))
    )


@post(f"{_ONE}/accept", status_code=200, summary="Accept an offered conversation")
async def accept(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], conversation_id: FromPath[str]
) -> ConversationAnswer:
    return answer(
        subject, await offers.accept(platform, subject, path_id(conversation_id, what="conversation"))
    )


@post(f"{_ONE}/decline", status_code=200, summary="Decline an offered conversation")
async def decline(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    conversation_id: FromPath[str],
    data: JSONBody[DeclineRequest | None] = None,
) -> ConversationAnswer:
    one, reason = path_id(conversation_id, what="conversation"), "" if data is None else data.reason
    return answer(subject, await offers.decline(platform, subject, one, reason))


@post(f"{_ONE}/transfer", status_code=200, summary="Hand a conversation to an agent, a team or a department")
async def transfer(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    conversation_id: FromPath[str],
    data: JSONBody[TransferRequest],
) -> ConversationAnswer:
    moved = await handover.transfer(
        platform,
        subject,
        path_id(conversation_id, what="conversation"),
        agent_id=None if data.agent_id is None else path_id(data.agent_id, what="agent"),
        team_id=None if data.team_id is None else path_id(data.team_id, what="team"),
        department_id=None if data.department_id is None else path_id(data.department_id, what="department"),
        note=data.note,
    )
    return answer(subject, moved)


@delete(f"{_ONE}/transfer", status_code=200, summary="Take back the question whether a colleague goes on")
async def withdraw_transfer(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], conversation_id: FromPath[str]
) -> ConversationAnswer:
    one = path_id(conversation_id, what="conversation")
    return answer(subject, await requests.withdraw(platform, subject, one))


@post(f"{_ONE}/close", status_code=200, summary="End a conversation")
async def close_conversation(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    conversation_id: FromPath[str],
    data: JSONBody[CloseRequest | None] = None,
) -> ConversationAnswer:
    ended = await ending.close(
        platform,
        subject,
        path_id(conversation_id, what="conversation"),
        wrap_up=data.wrap_up if data is not None else None,
    )
    return answer(subject, ended)


@post(f"{_ONE}/wrap-up", status_code=200, summary="File what a conversation was about")
async def wrap_up(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    conversation_id: FromPath[str],
    data: JSONBody[WrappedUp],
) -> ConversationAnswer:
    return answer(
        subject, await ending.wrap_up(platform, subject, path_id(conversation_id, what="conversation"), data)
    )


@post(f"{_ONE}/rating", status_code=200, summary="Rate a conversation")
async def rate(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    conversation_id: FromPath[str],
    data: JSONBody[Rated],
) -> ConversationAnswer:
    return answer(
        subject, await remarks.rate(platform, subject, path_id(conversation_id, what="conversation"), data)
    )


@post(f"{_ONE}/invite-rating", status_code=200, summary="Ask the visitor for a rating")
async def invite_rating(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], conversation_id: FromPath[str]
) -> ConversationAnswer:
    return answer(
        subject, await remarks.invite_rating(platform, subject, path_id(conversation_id, what="conversation"))
    )


@post(f"{_ONE}/notes", status_code=200, summary="Leave a note for staff")
async def add_note(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    conversation_id: FromPath[str],
    data: JSONBody[NoteRequest],
) -> ConversationAnswer:
    one = path_id(conversation_id, what="conversation")
    mentions = [path_id(agent_id, what="agent") for agent_id in data.mentions]
    return answer(subject, await remarks.add_note(platform, subject, one, data.text, mentions))


@get(f"{_ONE}/decisions", summary="Why a conversation went where it went")
async def decisions(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], conversation_id: FromPath[str]
) -> Decisions:
    return await lookup.decisions_of(platform, subject, path_id(conversation_id, what="conversation"))


@get("/v1/agents", summary="Everybody who answers, with their load")
async def agents(platform: NamedDependency[Platform], subject: NamedDependency[Subject]) -> Agents:
    return await lookup.agents_with_load(platform, subject)


@get("/v1/me", summary="Who I am and what I may")
async def me(platform: NamedDependency[Platform], subject: NamedDependency[Subject]) -> Me:
    return await lookup.me(platform, subject)


@delete("/v1/me/wrap-up", summary="Be ready for the next conversation now")
async def end_wrap_up(platform: NamedDependency[Platform], subject: NamedDependency[Subject]) -> None:
    await wrapping_up.end_wrap_up(platform, subject)


ROUTES: Final[Sequence[ControllerRouterHandler]] = (
    request_human, leave_queue, take, accept, decline, transfer, withdraw_transfer, close_conversation, wrap_up, rate, invite_rating,
    add_note, decisions, agents, me, end_wrap_up, *RULE_ROUTES, *SUPERVISION_ROUTES, *QUEUE_ROUTES, *BLOCKING_ROUTES,
    *SERVICE_LEVEL_ROUTES, *INVITING_ROUTES, *SNOOZING_ROUTES,
    CUSTOMER_ROUTES,
)  # fmt: skip
