"""HTTP for queues. Thin: every rule is in the use cases."""

from collections.abc import Sequence
from typing import Annotated, Final

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler
from msgspec import Meta, Struct

from frontdesk.conversations import snapshot_of
from frontdesk.core.clock import Millis
from frontdesk.core.subject import Subject
from frontdesk.dispatch import announcing, calling_back, queues
from frontdesk.dispatch.reach import Absence
from frontdesk.dispatch.types import QueuePosition
from frontdesk.dispatch.views import HumanAnswer
from frontdesk.platform import Platform
from frontdesk.platform.web import path_id


class CallbackRequest(Struct, frozen=True):
    """Neither: the visitor will read the answer here."""

    phone: Annotated[str, Meta(max_length=40)] = ""
    email: Annotated[str, Meta(max_length=200)] = ""


class AnnouncementRequest(Struct, frozen=True):
    text: Annotated[str, Meta(min_length=1, max_length=announcing.MAX_ANNOUNCEMENT)]


class AnnouncementAnswer(Struct, frozen=True):
    told: int


class QueueView(Struct, frozen=True):
    """A team's queue. `callbacks`: those of `waiting` who have gone. Limits of 0 are none.

    `next` is what somebody would be told who came now; `absence` why nobody could.
    """

    team_id: str
    waiting: int
    callbacks: int
    oldest: Millis | None
    max_waiting: int
    max_wait_s: int
    next: QueuePosition
    absence: Absence | None


class QueuesAnswer(Struct, frozen=True):
    items: Sequence[QueueView]


@get("/v1/queues", summary="The queues that one follows")
async def list_queues(platform: NamedDependency[Platform], subject: NamedDependency[Subject]) -> QueuesAnswer:
    found = await queues.list_queues(platform, subject)
    return QueuesAnswer(
        [
            QueueView(
                str(one.team.id),
                one.waiting,
                one.callbacks,
                one.oldest,
                one.max_waiting,
                one.max_wait_s,
                one.next,
                one.absence,
            )
            for one in found
        ]
    )


@post("/v1/teams/{team_id:str}/announcements", status_code=200, summary="One line to all who wait for a team")
async def announce(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    team_id: FromPath[str],
    data: JSONBody[AnnouncementRequest],
) -> AnnouncementAnswer:
    team = path_id(team_id, what="team")
    return AnnouncementAnswer(await announcing.announce(platform, subject, team, data.text))


@post(
    "/v1/conversations/{conversation_id:str}/callback",
    status_code=200,
    summary="Keep one's place in the queue while one goes",
)
async def ask_callback(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    conversation_id: FromPath[str],
    data: JSONBody[CallbackRequest],
) -> HumanAnswer:
    one = path_id(conversation_id, what="conversation")
    kept = await calling_back.ask_callback(platform, subject, one, phone=data.phone, email=data.email)
    return HumanAnswer(snapshot_of(kept.conversation, for_visitor=True), kept.queue, offline=False)


QUEUE_ROUTES: Final[Sequence[ControllerRouterHandler]] = (list_queues, announce, ask_callback)
