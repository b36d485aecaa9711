"""Who reads which reviews: reviewers those of the agents whom they watch over, everybody their own."""

from collections.abc import Collection, Sequence
from typing import Final

from msgspec import Struct, structs

from frontdesk.auth import Permission, require, require_in_person
from frontdesk.conversations import agents_of_in, get_readable
from frontdesk.core.errors import forbidden
from frontdesk.core.paging import Page, page_of, parse_cursor
from frontdesk.core.subject import Subject, SubjectKind
from frontdesk.platform import Platform, Reader
from frontdesk.quality import store
from frontdesk.quality.results import average_of
from frontdesk.quality.types import Average, Review, ReviewView, Wanted
from frontdesk.quality.views import views_in
from frontdesk.staff import watched_by

MOST: Final = 100
_LAST: Final = (1 << 63) - 1
_LATEST: Final = 1 << 62


class Reviewed(Struct, frozen=True):
    """`agents`: those who have or had the conversation and whom the asking reviewer may score, the first one first."""

    agents: Sequence[int]
    reviews: Sequence[ReviewView]


async def list_reviews(
    platform: Platform, subject: Subject, wanted: Wanted, *, cursor: str | None = None, limit: int = 50
) -> Page[ReviewView]:
    """Reviews of the agents whom the subject watches over, the newest first."""
    require(subject, Permission.QUALITY_SCORE)

    async def read(reader: Reader) -> Page[ReviewView]:
        agents = await watched_by(reader, subject)
        return await _page(reader, subject.organization_id, agents, wanted, cursor=cursor, limit=limit)

    return await platform.database.read(subject.organization_id, read)


async def averages(platform: Platform, subject: Subject, wanted: Wanted) -> Sequence[Average]:
    """The same reviews together, agent by agent. Who has none is left out."""
    require(subject, Permission.QUALITY_SCORE)

    async def read(reader: Reader) -> Sequence[Average]:
        agents = await watched_by(reader, subject)
        found = await store.sums(reader, subject.organization_id, agents, _bounded(wanted))
        return [Average(str(agent), average_of(total, count), count) for agent, total, count in found]

    return await platform.database.read(subject.organization_id, read)


async def own_reviews(
    platform: Platform, subject: Subject, wanted: Wanted, *, cursor: str | None = None, limit: int = 50
) -> tuple[Page[ReviewView], Average]:
    """What was remarked about oneself, the newest first, and what it comes to."""
    if subject.kind is not SubjectKind.AGENT:
        raise forbidden("quality.agents-only", "Only agents are reviewed.")
    require_in_person(subject)
    organization_id = subject.organization_id

    async def read(reader: Reader) -> tuple[Page[ReviewView], Average]:
        own = [subject.id]
        page = await _page(reader, organization_id, own, wanted, cursor=cursor, limit=limit)
        found = await store.sums(reader, organization_id, own, _bounded(wanted))
        _, total, count = found[0] if found else (subject.id, 0, 0)
        return page, Average(str(subject.id), average_of(total, count), count)

    return await platform.database.read(organization_id, read)


async def reviews_of(platform: Platform, subject: Subject, conversation_id: int) -> Reviewed:
    """Whom the subject may score in a conversation, and the reviews of it that it may read."""
    require(subject, Permission.QUALITY_SCORE)
    organization_id = subject.organization_id

    async def read(reader: Reader) -> Reviewed:
        await get_readable(reader, subject, conversation_id)
        watched = await watched_by(reader, subject)
        had_it = await agents_of_in(reader, organization_id, conversation_id)
        found = await store.of_conversation(reader, organization_id, conversation_id)
        return Reviewed(
            [one for one in had_it if one != subject.id and (watched is None or one in watched)],
            await views_in(
                reader, organization_id, [one for one in found if watched is None or one.agent_id in watched]
            ),
        )

    return await platform.database.read(organization_id, read)


async def _page(
    reader: Reader,
    organization_id: int,
    agents: Collection[int] | None,
    wanted: Wanted,
    *,
    cursor: str | None,
    limit: int,
) -> Page[ReviewView]:
    before, size = parse_cursor(cursor), min(max(limit, 1), MOST)
    found: Sequence[Review] = await store.page(
        reader, organization_id, agents, _bounded(wanted), before=_LAST if before is None else before,
        limit=size + 1,
    )  # fmt: skip
    page = page_of(found, limit=size, key=lambda one: one.id)
    return Page(await views_in(reader, organization_id, page.items), page.cursor)


def _bounded(wanted: Wanted) -> Wanted:
    since, until = (min(max(moment, 0), _LATEST) for moment in (wanted.since, wanted.until))
    return structs.replace(wanted, since=since, until=until)
