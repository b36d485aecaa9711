"""What conversations are judged by: known to everybody who works here, changed by who manages quality."""

from collections.abc import Sequence

from msgspec import structs

from frontdesk.audit import Action, Target, record_in
from frontdesk.auth import Permission, require, require_in_person
from frontdesk.core.errors import conflict, forbidden, invalid
from frontdesk.core.subject import Subject
from frontdesk.core.text import clean_line
from frontdesk.platform import Platform, Transaction
from frontdesk.quality import store_scorecards as store
from frontdesk.quality.telling import announce
from frontdesk.quality.types import MAX_NAME, Criterion, Scorecard


async def get_scorecard(platform: Platform, subject: Subject) -> Scorecard:
    """The one that counts. Whoever is scored by it may know it."""
    if not subject.is_staff:
        raise forbidden("quality.staff-only", "Only staff see the scorecard.")
    require_in_person(subject)
    return await platform.database.read(
        subject.organization_id, lambda reader: store.newest(reader, subject.organization_id)
    )


async def set_scorecard(
    platform: Platform, subject: Subject, version: int, criteria: Sequence[Criterion]
) -> Scorecard:
    """Put these criteria in the place of the version that was seen. Reviews keep the version they were given by.

    The same criteria again change nothing. Raises a `conflict` when somebody else was faster.
    """
    require(subject, Permission.QUALITY_MANAGE)
    wanted = _checked(criteria)

    async def work(tx: Transaction) -> Scorecard:
        known = await store.newest(tx, subject.organization_id)
        if list(known.criteria) == wanted:
            return known
        if known.version != version:
            raise conflict(
                "quality.scorecard-changed",
                "Somebody else has just changed the scorecard.",
                hint="Look at what it is now, and change that.",
            )
        made = Scorecard(known.version + 1, wanted)
        now = platform.clock.now()
        await store.insert(tx, subject.organization_id, made, made_by=subject.id, now=now)
        target = Target("scorecard", made.version)
        await record_in(platform, tx, subject, Action.SCORECARD_CHANGED, target, criteria=len(wanted))
        announce(platform, tx, subject.organization_id)
        return made

    return await platform.database.write(subject.organization_id, work)


def _checked(criteria: Sequence[Criterion]) -> list[Criterion]:
    checked = [
        structs.replace(each, name=clean_line(each.name, field="name", limit=MAX_NAME, required=True))
        for each in criteria
    ]
    if len({each.name.casefold() for each in checked}) < len(checked):
        raise invalid(
            "quality.criterion-twice", "Two criteria have the same name.", hint="Give each a name of its own."
        )
    return checked
