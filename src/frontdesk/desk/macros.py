"""Macros: one's own, and those of one's teams."""

from collections.abc import Sequence

from msgspec import UNSET, structs

from frontdesk.auth import Permission, require
from frontdesk.contacts import usable_tag_in
from frontdesk.core.errors import conflict, invalid, not_found
from frontdesk.core.subject import Subject
from frontdesk.core.text import clean_line
from frontdesk.desk import store_macros as store
from frontdesk.desk.macro_types import MAX_MACRO_NAME, MAX_MACROS, Macro, MacroChanges, NewMacro
from frontdesk.desk.replies import quick_reply_in
from frontdesk.desk.sharing import announce, own_teams_in, shared_with_in
from frontdesk.desk.steps import AddTag, SendReply, Transfer, checked
from frontdesk.platform import Platform, Reader, Transaction
from frontdesk.staff import card, find_team, members_of_departments


async def list_macros(platform: Platform, subject: Subject) -> Sequence[Macro]:
    """One's own and those that are shared with one's teams, by name."""
    require(subject, Permission.CONVERSATION_WRITE_OWN)
    organization_id = subject.organization_id

    async def read(reader: Reader) -> Sequence[Macro]:
        return await store.find_for(reader, organization_id, subject.id, await own_teams_in(reader, subject))

    return await platform.database.read(organization_id, read)


async def create_macro(platform: Platform, subject: Subject, new: NewMacro) -> Macro:
    """Keep a macro. Raises `not_found` for a team that one is not in, and for a reply, a tag or a team in its steps that
    there is not, and a `conflict` beyond 50 of one's own.
    """
    require(subject, Permission.CONVERSATION_WRITE_OWN)
    identity, name, steps = platform.ids.new(), _name(new.name), checked(new.steps)

    async def work(tx: Transaction) -> Macro:
        team_id = await shared_with_in(tx, subject, new.team_id)
        if await store.count_of(tx, subject.organization_id, subject.id) >= MAX_MACROS:
            raise conflict(
                "desk.too-many-macros",
                f"You have made {MAX_MACROS} macros already.",
                hint="Delete one that you no longer need.",
            )
        macro = Macro(identity, subject.id, team_id, name, steps)
        await _require_known(tx, subject, macro)
        await store.insert(tx, subject.organization_id, macro)
        _announce(platform, tx, subject, macro)
        return macro

    return await platform.database.write(subject.organization_id, work)


async def change_macro(platform: Platform, subject: Subject, macro_id: int, changes: MacroChanges) -> Macro:
    """Change what is set of a macro that one has made; anybody else's is as good as none."""
    require(subject, Permission.CONVERSATION_WRITE_OWN)

    async def work(tx: Transaction) -> Macro:
        known = await _own_in(tx, subject, macro_id)
        macro = known
        if changes.name is not UNSET:
            macro = structs.replace(macro, name=_name(changes.name))
        if changes.steps is not UNSET:
            macro = structs.replace(macro, steps=checked(changes.steps))
        if changes.team_id is not UNSET and changes.team_id != _text(known.team_id):
            macro = structs.replace(macro, team_id=await shared_with_in(tx, subject, changes.team_id))
        if macro != known:
            await _require_known(tx, subject, macro)
            await store.update(tx, subject.organization_id, macro)
            _announce(platform, tx, subject, known, macro)
        return macro

    return await platform.database.write(subject.organization_id, work)


async def delete_macro(platform: Platform, subject: Subject, macro_id: int) -> None:
    """Remove a macro that one has made, for oneself and for the team that it was shared with."""
    require(subject, Permission.CONVERSATION_WRITE_OWN)

    async def work(tx: Transaction) -> None:
        known = await _own_in(tx, subject, macro_id)
        await store.delete(tx, subject.organization_id, macro_id)
        _announce(platform, tx, subject, known)

    await platform.database.write(subject.organization_id, work)


async def usable_macro_in(reader: Reader, subject: Subject, macro_id: int) -> Macro:
    """One's own, or one of one's teams. Raises `not_found`."""
    known = await store.find(reader, subject.organization_id, macro_id)
    if known is None:
        raise not_found("macro")
    if known.agent_id != subject.id and known.team_id not in await own_teams_in(reader, subject):
        raise not_found("macro")
    return known


async def _own_in(reader: Reader, subject: Subject, macro_id: int) -> Macro:
    known = await store.find(reader, subject.organization_id, macro_id)
    if known is None or known.agent_id != subject.id:
        raise not_found("macro")
    return known


async def _require_known(reader: Reader, subject: Subject, macro: Macro) -> None:
    """What the steps name is there, for everybody who is to run them."""
    for step in macro.steps:
        match step:
            case SendReply():
                reply = await quick_reply_in(reader, subject, int(step.reply_id))
                if reply.agent_id is not None and macro.team_id is not None:
                    raise invalid(
                        "desk.personal-reply",
                        f"“{reply.title}” is your own reply: your colleagues cannot send it.",
                        hint="Choose a reply of the organization, or keep the macro to yourself.",
                        details={"field": "steps"},
                    )
            case AddTag():
                await usable_tag_in(reader, subject.organization_id, int(step.tag_id))
            case Transfer(team_id=str(team_id)):
                await find_team(reader, subject.organization_id, int(team_id))
            case Transfer(agent_id=str(agent_id)):
                await card(reader, subject.organization_id, int(agent_id))
            case Transfer(department_id=str(department_id)):
                known = await members_of_departments(reader, subject.organization_id, [int(department_id)])
                if not known:
                    raise not_found("department")
            case _:
                pass


def _name(text: str) -> str:
    return clean_line(text, field="name", limit=MAX_MACRO_NAME, required=True)


def _text(team_id: int | None) -> str | None:
    return None if team_id is None else str(team_id)


def _announce(platform: Platform, tx: Transaction, subject: Subject, *concerned: Macro) -> None:
    announce(platform, tx, subject, "macros", shared=any(each.team_id is not None for each in concerned))
