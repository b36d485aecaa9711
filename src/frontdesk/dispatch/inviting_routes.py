"""HTTP for inviting colleagues. Thin: every rule is in the use cases."""

from collections.abc import Sequence
from typing import Final

from litestar import delete, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from frontdesk.core.subject import Subject
from frontdesk.dispatch import inviting
from frontdesk.dispatch.views import ConversationAnswer, InviteRequest, answer
from frontdesk.platform import Platform
from frontdesk.platform.web import path_id

_GUESTS: Final = "/v1/conversations/{conversation_id:str}/guests"


@post(_GUESTS, status_code=200, summary="Invite a colleague to join a conversation")
async def invite(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    conversation_id: FromPath[str],
    data: JSONBody[InviteRequest],
) -> ConversationAnswer:
    one, agent_id = path_id(conversation_id, what="conversation"), path_id(data.agent_id, what="agent")
    return answer(subject, await inviting.invite(platform, subject, one, agent_id, data.note))


@delete(f"{_GUESTS}/{{agent_id:str}}", status_code=200, summary="Take an invitation back, or end its part")
async def dismiss(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    conversation_id: FromPath[str],
    agent_id: FromPath[str],
) -> ConversationAnswer:
    one, guest = path_id(conversation_id, what="conversation"), path_id(agent_id, what="agent")
    return answer(subject, await inviting.dismiss(platform, subject, one, guest))


INVITING_ROUTES: Final[Sequence[ControllerRouterHandler]] = (invite, dismiss)
