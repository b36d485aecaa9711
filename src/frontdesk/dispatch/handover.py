"""Handing a conversation on: to an agent, a team or a department, or back to the queue because its agent is gone."""

from typing import Final

from msgspec import UNSET

from frontdesk.audit import Action, Target, record_in
from frontdesk.auth import Permission, require
from frontdesk.conversations import (
    MAX_TEXT,
    Conversation,
    ConversationState,
    Draft,
    EntryKind,
    Note,
    Queued,
    Sender,
    Transferred,
    active_of_agent_in,
    get_in,
)
from frontdesk.core.errors import conflict, invalid
from frontdesk.core.subject import Subject
from frontdesk.core.text import clean
from frontdesk.dispatch.matching import match_arrival_in, match_in
from frontdesk.dispatch.offers import ROUND_MS
from frontdesk.dispatch.ownership import BROUGHT_BACK, SYSTEM, change_in, moved_on, sender_of
from frontdesk.dispatch.passing import HELD, pass_on
from frontdesk.dispatch.reach import department_on_duty, on_duty
from frontdesk.dispatch.requests import ask_in
from frontdesk.dispatch.rights import get_movable, require_agent
from frontdesk.dispatch.routing import routing_in
from frontdesk.dispatch.store import queue, seats
from frontdesk.dispatch.table import people_of
from frontdesk.dispatch.types import Place
from frontdesk.platform import Platform, Transaction
from frontdesk.settings import Settings
from frontdesk.settings import get as get_settings
from frontdesk.staff import Status, find_team, load

AGAIN_MS: Final = 120_000
"""When it is tried again to find somebody for the conversations of an agent who is gone."""
_ACTIVE: Final = frozenset({ConversationState.ACTIVE})


async def transfer(
    platform: Platform,
    subject: Subject,
    conversation_id: int,
    *,
    agent_id: int | None = None,
    team_id: int | None = None,
    department_id: int | None = None,
    note: str = "",
) -> Conversation:
    """Hand a conversation to an agent, or to a team's queue, ahead of those who wait there for the first time.

    To a department: its people alone get it, of the team or not, by the team's policy; it waits in the queue of the team
    that is named, else of its own. Whoever takes by hand what waits for the team may take it still.

    For its agent and, while it waits, for whoever sees it; taking it from a colleague needs the right to close any.
    The note is for staff only. Raises, and changes nothing: `dispatch.full` or `dispatch.offline` for an agent who
    cannot take it, `dispatch.nobody-on-duty` for a team or department where nobody is, `dispatch.no-team` for what
    belongs to none. Who hands it to many does not get it back.

    Where the organization lets colleagues answer (`transfer_answer_s`), one's own conversation stays one's own until the
    agent has accepted (`requests.py`); leaders, and whoever hands on what waits, do not ask.
    """
    require_agent(subject)
    if (agent_id is None) == (team_id is None and department_id is None):
        raise invalid(
            "dispatch.target",
            "Name an agent, a team or a department.",
            hint="agent_id alone, or one of team_id and department_id, or both of these.",
        )
    settings = await get_settings(platform, subject.organization_id)
    note = clean(note, field="note", limit=MAX_TEXT)

    async def work(tx: Transaction) -> Conversation:
        conversation = await get_movable(
            tx,
            subject,
            conversation_id,
            Permission.CONVERSATION_TRANSFER,
            own=Permission.CONVERSATION_TRANSFER,
        )
        if conversation.state not in HELD:
            raise moved_on()
        if conversation.state is ConversationState.ACTIVE and conversation.agent_id != subject.id:
            require(subject, Permission.CONVERSATION_CLOSE_ANY)
            target = Target("conversation", conversation_id)
            former = str(conversation.agent_id)
            await record_in(platform, tx, subject, Action.CONVERSATION_TAKEN_OVER, target, former=former)
        sender = await sender_of(tx, subject)
        drafts = [Draft(EntryKind.NOTE, sender, Note(note))] if note else []
        if agent_id is not None:
            if settings.transfer_answer_s and conversation.agent_id == subject.id:
                seconds = settings.transfer_answer_s
                return await ask_in(platform, tx, subject, conversation, agent_id, note=note, seconds=seconds)
            return await pass_on(platform, tx, conversation, agent_id, drafts=drafts, sender=sender)
        team = await _team_with_somebody(tx, conversation, team_id, department_id)
        drafts.append(_handed_on(conversation, sender, team, department_id))
        drafts.append(Draft(EntryKind.QUEUED, sender, Queued(str(team), "transfer")))
        place = Place(BROUGHT_BACK, conversation.opened_at, department_id=department_id)
        return await _enqueue(platform, tx, conversation, team, drafts, place=place, settings=settings)

    return await platform.database.write(subject.organization_id, work)


async def requeue_gone(platform: Platform, organization_id: int, agent_id: int) -> int:
    """Bring the conversations of an agent who stays away back to the queue; returns how many.

    A conversation whose team has nobody on duty stays where it is, as does one that the agent has put aside and that nobody
    waits in; they are looked at again later.
    """
    settings = await get_settings(platform, organization_id)

    async def work(tx: Transaction) -> int:
        moved = 0
        teams: set[int] = set()
        agent = await load(tx, organization_id, agent_id)
        if agent.status is not Status.OFFLINE:
            await seats.set_reassign_at(tx, organization_id, agent_id, None)
            return 0
        left = 0
        for conversation in await active_of_agent_in(tx, organization_id, agent_id):
            team_id = conversation.team_id or next(iter(agent.team_ids), None)
            asleep = conversation.snoozed_until is not None
            if asleep or team_id is None or not await on_duty(tx, organization_id, team_id):
                left += 1
                continue
            draft = Draft(EntryKind.QUEUED, SYSTEM, Queued(str(team_id), "agent_gone"))
            place = Place(BROUGHT_BACK, conversation.opened_at)
            await change_in(
                platform, tx, organization_id, conversation.id, [draft], expect=_ACTIVE, place=place
            )
            teams.add(team_id)
            moved += 1
        again = platform.clock.now() + AGAIN_MS if left else None
        await seats.set_reassign_at(tx, organization_id, agent_id, again)
        for team_id in sorted(teams):
            await match_in(platform, tx, organization_id, team_id, settings)
        return moved

    return await platform.database.write(organization_id, work)


async def requeue_silent_in(
    platform: Platform, tx: Transaction, conversation: Conversation, settings: Settings
) -> bool:
    """Bring a conversation whose agent does not answer back to the queue, to its old place and to somebody else.

    False, and nothing is changed, when nobody else of its team could answer.
    """
    organization_id, agent_id, team_id = (
        conversation.organization_id,
        conversation.human_agent_id,
        conversation.team_id,
    )
    if agent_id is None or team_id is None:
        return False
    others = [one for one in await people_of(tx, organization_id, team_id) if one.agent_id != agent_id]
    if not any(one.status is Status.ONLINE for one in others):
        return False
    draft = Draft(EntryKind.QUEUED, SYSTEM, Queued(str(team_id), "agent_silent"))
    place = Place(BROUGHT_BACK, conversation.opened_at)
    await change_in(platform, tx, organization_id, conversation.id, [draft], expect=_ACTIVE, place=place)
    until = platform.clock.now() + ROUND_MS
    await queue.refuse(tx, organization_id, conversation.id, agent_id, until)
    await match_in(platform, tx, organization_id, team_id, settings)
    return True


async def _team_with_somebody(
    tx: Transaction, conversation: Conversation, team_id: int | None, department_id: int | None
) -> int:
    """Whose queue it joins, where somebody is there who may have it."""
    organization_id, team = conversation.organization_id, team_id or conversation.team_id
    if team is None:
        raise conflict(
            "dispatch.no-team", "This conversation belongs to no team.", hint="Name a team as well."
        )
    await find_team(tx, organization_id, team)
    if department_id is not None and not await department_on_duty(tx, organization_id, department_id):
        raise conflict(
            "dispatch.nobody-on-duty",
            "Nobody of this department is on duty.",
            hint="Choose another department, or an agent who is there.",
        )
    if department_id is None and not await on_duty(tx, organization_id, team):
        raise conflict(
            "dispatch.nobody-on-duty",
            "Nobody of this team is on duty.",
            hint="Choose another team, or an agent who is there.",
        )
    return team


def _handed_on(conversation: Conversation, sender: Sender, team_id: int, department_id: int | None) -> Draft:
    to_department = UNSET if department_id is None else str(department_id)
    return Draft(
        EntryKind.TRANSFERRED, sender, Transferred(conversation.agent, None, str(team_id), to_department)
    )


async def _enqueue(
    platform: Platform,
    tx: Transaction,
    conversation: Conversation,
    team_id: int,
    drafts: list[Draft],
    *,
    place: Place,
    settings: Settings,
) -> Conversation:
    """Into the team's queue. Why nobody has it yet is kept, and who had it is passed over for a while."""
    organization_id, former = conversation.organization_id, conversation.human_agent_id
    await change_in(platform, tx, organization_id, conversation.id, drafts, expect=HELD, place=place)
    if former is not None:
        until = platform.clock.now() + ROUND_MS
        await queue.refuse(tx, organization_id, conversation.id, former, until)
    holds = await routing_in(tx, organization_id, team_id)
    await match_arrival_in(platform, tx, conversation, holds, settings)
    return await get_in(tx, organization_id, conversation.id)
