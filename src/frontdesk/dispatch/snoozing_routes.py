"""HTTP for putting conversations aside. Thin: every rule is in the use cases."""

from collections.abc import Sequence
from typing import Final

from litestar import delete, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from frontdesk.core.subject import Subject
from frontdesk.dispatch import snoozing
from frontdesk.dispatch.views import ConversationAnswer, SnoozeRequest, answer
from frontdesk.platform import Platform
from frontdesk.platform.web import path_id

_SNOOZE: Final = "/v1/conversations/{conversation_id:str}/snooze"


@post(_SNOOZE, status_code=200, summary="Put a conversation aside until a time")
async def snooze(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    conversation_id: FromPath[str],
    data: JSONBody[SnoozeRequest],
) -> ConversationAnswer:
    one = path_id(conversation_id, what="conversation")
    return answer(subject, await snoozing.snooze(platform, subject, one, data.until))


@delete(_SNOOZE, status_code=200, summary="Take a conversation up again that was put aside")
async def wake(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], conversation_id: FromPath[str]
) -> ConversationAnswer:
    one = path_id(conversation_id, what="conversation")
    return answer(subject, await snoozing.wake(platform, subject, one))


SNOOZING_ROUTES: Final[Sequence[ControllerRouterHandler]] = (snooze, wake)
