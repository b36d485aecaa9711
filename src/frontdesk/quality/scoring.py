"""Giving a review, changing it, taking it back."""

from msgspec import structs

from frontdesk.audit import Action, Target, record_in
from frontdesk.auth import Permission, require
from frontdesk.conversations import Conversation, agents_of_in, get_readable, words_erased
from frontdesk.core.errors import conflict, forbidden, invalid, not_found
from frontdesk.core.subject import Subject
from frontdesk.core.text import clean
from frontdesk.platform import Platform, Reader, Transaction
from frontdesk.quality import store, store_scorecards
from frontdesk.quality.results import percent_of
from frontdesk.quality.telling import announce
from frontdesk.quality.types import MAX_REMARK, Given, Review, ReviewView
from frontdesk.quality.views import views_in
from frontdesk.staff import load, watches_over


async def review(
    platform: Platform, subject: Subject, conversation_id: int, agent_id: int, given: Given
) -> ReviewView:
    """Score how an agent handled a conversation, or change the score that one has given. A repeat changes nothing.

    Raises `not_found` for a conversation that one may not read, and for an agent who never had it or is out of reach;
    a `conflict` when the scorecard or one's own review is another by now, and where the words were erased.
    """
    require(subject, Permission.QUALITY_SCORE)
    if agent_id == subject.id:
        raise forbidden("quality.oneself", "Nobody scores themselves.", hint="Ask a colleague who reviews.")
    given = structs.replace(given, remark=clean(given.remark, field="remark", limit=MAX_REMARK))

    async def work(tx: Transaction) -> ReviewView:
        conversation = await get_readable(tx, subject, conversation_id)
        await _check_scorable(tx, subject, conversation_id, agent_id)
        if conversation.is_erased:
            raise words_erased()
        kept = await _review_in(platform, tx, subject, conversation, agent_id=agent_id, given=given)
        (view,) = await views_in(tx, subject.organization_id, [kept])
        return view

    return await platform.database.write(subject.organization_id, work)


async def remove_review(platform: Platform, subject: Subject, conversation_id: int, agent_id: int) -> None:
    """Take back the review that one has given. Raises `not_found` where one has given none."""
    require(subject, Permission.QUALITY_SCORE)
    organization_id = subject.organization_id

    async def work(tx: Transaction) -> None:
        known = await store.find(tx, organization_id, conversation_id, agent_id, subject.id)
        if known is None:
            raise not_found("review")
        await store.delete(tx, organization_id, known.id)
        await _record(platform, tx, subject, Action.REVIEW_REMOVED, known)

    await platform.database.write(organization_id, work)


async def _review_in(
    platform: Platform,
    tx: Transaction,
    subject: Subject,
    conversation: Conversation,
    *,
    agent_id: int,
    given: Given,
) -> Review:
    organization_id, now = subject.organization_id, platform.clock.now()
    known = await store.find(tx, organization_id, conversation.id, agent_id, subject.id)
    if known is not None and _says(known, given):
        return known
    if given.version != (0 if known is None else known.version):
        raise conflict(
            "quality.changed-meanwhile",
            "Your review is another by now: you have changed or removed it elsewhere.",
            hint="Look at it as it is now.",
        )
    percent = await _percent_in(tx, organization_id, known, given)
    if known is not None:
        changed = structs.replace(
            known, points=given.points, percent=percent, remark=given.remark, version=known.version + 1,
            changed_at=now,
        )  # fmt: skip
        await store.update(tx, organization_id, changed)
        await _record(platform, tx, subject, Action.REVIEW_CHANGED, changed)
        return changed
    made = Review(
        platform.ids.new(), conversation.id, agent_id, subject.id, conversation.team_id, given.scorecard,
        given.points, percent, given.remark, 1, now, now,
    )  # fmt: skip
    await store.insert(tx, organization_id, made)
    await _record(platform, tx, subject, Action.REVIEW_GIVEN, made)
    return made


def _says(known: Review, given: Given) -> bool:
    return (known.scorecard, list(known.points), known.remark) == (
        given.scorecard,
        list(given.points),
        given.remark,
    )


async def _check_scorable(reader: Reader, subject: Subject, conversation_id: int, agent_id: int) -> None:
    had_it = await agents_of_in(reader, subject.organization_id, conversation_id)
    if agent_id not in had_it or not await watches_over(reader, subject, agent_id):
        raise not_found("agent")


async def _percent_in(reader: Reader, organization_id: int, known: Review | None, given: Given) -> int:
    """What is given comes to, by the version of the scorecard that it must be given by."""
    newest = await store_scorecards.newest(reader, organization_id)
    if newest.version == 0:
        raise conflict(
            "quality.no-scorecard",
            "There is nothing to score by yet.",
            hint="An administrator makes the scorecard in the settings.",
        )
    wanted = newest.version if known is None else known.scorecard
    if given.scorecard != wanted:
        raise conflict(
            "quality.scorecard-changed",
            "The scorecard is another by now.",
            hint="Open the review again, and score by what counts now.",
            details={"scorecard": wanted},
        )
    criteria = (await store_scorecards.of_versions(reader, organization_id, [wanted]))[wanted]
    if len(given.points) != len(criteria):
        raise invalid(
            "quality.points",
            f"There are {len(criteria)} criteria; points were given for {len(given.points)}.",
            hint="Give points for each of them.",
            details={"field": "points"},
        )
    return percent_of(criteria, given.points)


async def _record(
    platform: Platform, tx: Transaction, subject: Subject, action: Action, concerned: Review
) -> None:
    agent = await load(tx, subject.organization_id, concerned.agent_id)
    target = Target("agent", agent.id, agent.name)
    conversation = str(concerned.conversation_id)
    await record_in(
        platform, tx, subject, action, target, conversation=conversation, percent=concerned.percent
    )
    announce(platform, tx, subject.organization_id)
