"""Direct codes: an address with `?frontdesk=<code>` brings its visitors to one agent, or to one team.

They are no secret: a code chooses who answers, and gives nobody a right.
"""

from collections.abc import Sequence
from typing import Final

from frontdesk.audit import Action, Target, record_in
from frontdesk.auth import Permission, require
from frontdesk.core.errors import conflict, invalid, not_found
from frontdesk.core.ids import new_code
from frontdesk.core.subject import Subject
from frontdesk.dispatch.store import codes
from frontdesk.dispatch.store.codes import CODE, DirectCode
from frontdesk.platform import Platform, Transaction
from frontdesk.staff import AgentKind, card, find_team, require_reach

_LENGTH: Final = 8


async def list_codes(platform: Platform, subject: Subject) -> Sequence[DirectCode]:
    """All of the organization's, the oldest first."""
    require(subject, Permission.STAFF_READ)
    return await platform.database.read(
        subject.organization_id, lambda reader: codes.find_all(reader, subject.organization_id)
    )


async def create_code(platform: Platform, subject: Subject, wanted: DirectCode) -> DirectCode:
    """Add a code; an empty one is made. Upper and lower case are the same.

    Raises `conflict` for a code that is taken and `not_found` for an agent or a team that is not there.
    """
    require(subject, Permission.TEAM_MANAGE)
    text = wanted.code.strip().lower() or new_code(length=_LENGTH)
    if not CODE.fullmatch(text):
        raise invalid(
            "dispatch.code",
            "A code is 2 to 40 letters, digits, hyphens and underscores.",
            hint="It begins with a letter or a digit.",
        )
    if (wanted.agent_id is None) == (wanted.team_id is None):
        raise invalid(
            "dispatch.target", "Name an agent or a team.", hint="Exactly one of agent_id and team_id."
        )
    made = DirectCode(text, wanted.agent_id, wanted.team_id)
    organization_id, now = subject.organization_id, platform.clock.now()

    async def work(tx: Transaction) -> DirectCode:
        if made.team_id is not None:
            await find_team(tx, organization_id, made.team_id)
        if made.agent_id is not None:
            target = await card(tx, organization_id, made.agent_id)
            if target.kind is not AgentKind.HUMAN:
                raise not_found("agent")
        await require_reach(tx, subject, made.team_id)
        if await codes.find(tx, organization_id, text) is not None:
            raise conflict("dispatch.code-exists", "This code is taken.", hint="Choose another.")
        await codes.insert(tx, organization_id, made, now)
        await record_in(platform, tx, subject, Action.CODE_CREATED, _target(made))
        return made

    return await platform.database.write(organization_id, work)


async def delete_code(platform: Platform, subject: Subject, code: str) -> None:
    """Remove a code: addresses that hold it are like any other from now on."""
    require(subject, Permission.TEAM_MANAGE)
    if not CODE.fullmatch(code.lower()):
        raise not_found("code")

    async def work(tx: Transaction) -> None:
        known = await codes.find(tx, subject.organization_id, code.lower())
        if known is None:
            raise not_found("code")
        await require_reach(tx, subject, known.team_id)
        await codes.delete(tx, subject.organization_id, known.code)
        await record_in(platform, tx, subject, Action.CODE_REMOVED, _target(known))

    await platform.database.write(subject.organization_id, work)


def _target(code: DirectCode) -> Target:
    """The agent or the team that it brings people to, by the code's name: a code has no number."""
    return Target("direct_code", code.agent_id or code.team_id or 0, code.code)
