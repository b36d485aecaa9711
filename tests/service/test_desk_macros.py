"""Macros: whose they are, and that one does what its agent could do by hand, step by step, and says where it stopped."""

import json
from collections.abc import AsyncIterator, Sequence

import pytest

from frontdesk.contacts import ContactChanges, NewTag, change_tag, create_tag, update_contact
from frontdesk.contacts import TagChanges as ChangedTag
from frontdesk.conversations import (
    ConversationState,
    Log,
    conversation_tags_in,
    decode_message,
    entries_page,
    staff_subject,
)
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.core.subject import Role, Subject
from frontdesk.desk import (
    AddTag,
    Close,
    InviteRating,
    LeaveNote,
    Macro,
    MacroChanges,
    NewCard,
    NewMacro,
    NewQuickReply,
    Ran,
    Run,
    SendReply,
    SetVip,
    Step,
    Transfer,
    WrapUp,
    change_macro,
    create_macro,
    create_quick_reply,
    delete_macro,
    delete_quick_reply,
    list_macros,
    run_macro,
)
from frontdesk.desk.macro_types import MAX_MACROS
from frontdesk.desk.steps import MAX_STEPS
from frontdesk.dispatch import Care, get_care, set_care
from frontdesk.media import upload
from frontdesk.platform import Platform
from frontdesk.staff import AgentChanges, Status, update_agent
from tests.service.dispatch_world import World
from tests.service.staff_people import visitor


@pytest.fixture
async def world(platform: Platform, organization: int) -> AsyncIterator[World]:
    made = World(platform, organization)
    await made.start()
    yield made
    await made.settle()
    await made.halt()


@pytest.fixture
async def log(platform: Platform) -> AsyncIterator[Log]:
    async def never(_organization: int, _conversation: int) -> bool:
        return False

    made = Log(platform, reopen=never)
    yield made
    await made.drain()


async def reply(world: World, text: str, *, of: Subject | None = None) -> SendReply:
    """A saved reply: an agent's own, or the organization's."""
    who = of or await world.add_agent(role=Role.ADMINISTRATOR, status=Status.BUSY)
    made = await create_quick_reply(
        world.platform, who, NewQuickReply(title=text[:20], text=text, personal=of is not None)
    )
    return SendReply(str(made.id))


async def tag(world: World, name: str = "refund") -> int:
    admin = await world.add_agent(role=Role.ADMINISTRATOR, status=Status.BUSY)
    return (await create_tag(world.platform, admin, NewTag(name=name))).id


async def made(world: World, who: Subject, *steps: Step, team: int | None = None, name: str = "M") -> Macro:
    new = NewMacro(name=name, steps=steps, team_id=None if team is None else str(team))
    return await create_macro(world.platform, who, new)


async def ran(
    world: World, log: Log, who: Subject, macro: Macro, *conversations: int, run: str = "r-1"
) -> Sequence[Ran]:
    wanted = Run(run=run, conversations=[str(each) for each in conversations])
    return await run_macro(world.platform, log, who, macro.id, wanted)


def outcomes(one: Ran) -> list[str]:
    """What became of each step, and the code of what was refused."""
    tried = ["done" if each.refusal is None else each.refusal.code for each in one.taken]
    return [*tried, *("-" for _ in one.rest)]


async def names(world: World, who: Subject) -> list[str]:
    return [macro.name for macro in await list_macros(world.platform, who)]


# ---- running -------------------------------------------------------------------------------------------------------


async def test_its_steps_are_done_in_order_as_its_agent_would_do_them(world: World, log: Log) -> None:
    mei = await world.add_agent()
    team = await world.add_team(mei)
    contact = await world.meet()
    one = (await world.ask(team, contact=contact)).id
    await update_contact(world.platform, mei, contact, ContactChanges(email="wu@example.org"))
    await set_care(world.platform, mei, contact, Care(mei.id, 1))
    words = "Dear {contact.name}, {agent.name} of {organization.name} wrote to {contact.email}. {unknown}"
    refund = await tag(world)
    macro = await made(
        world,
        mei,
        await reply(world, words),
        LeaveNote("refunded"),
        AddTag(str(refund)),
        SetVip(3),
        InviteRating(),
        WrapUp("Orders/Refund", "done"),
        Close(),
    )
    [report] = await ran(world, log, mei, macro, one)
    assert outcomes(report) == ["done"] * 7
    assert (await world.kinds(one))[-5:] == ["message", "note", "rating_invited", "wrapped_up", "closed"]
    said = await world.last_body(one, "message")
    assert isinstance(said, dict)
    assert said["text"] == ("Dear Visitor, Agent 1 of Lantern Shop wrote to wu@example.org. {unknown}")
    assert await world.platform.database.read(
        world.organization, lambda reader: conversation_tags_in(reader, world.organization, one)
    ) == [refund]
    assert await get_care(world.platform, mei, contact) == Care(mei.id, 3), "whose it is stays"
    after = await world.get(one)
    assert (after.state, after.close_reason) == (ConversationState.CLOSED, "agent")
    assert after.wrap_up is not None
    assert after.wrap_up.category == "Orders/Refund"


async def test_it_stops_at_what_is_refused_and_says_so_and_the_others_go_on(world: World, log: Log) -> None:
    mei, tom = await world.add_agent(), await world.add_agent()
    team, other = await world.add_team(mei), await world.add_team(tom)
    mine, toms = (await world.ask(team)).id, (await world.ask(other)).id
    nobody = await world.add_team()
    macro = await made(world, mei, LeaveNote("to whom it may concern"), Transfer(str(nobody)))
    reports = await ran(world, log, mei, macro, mine, toms, mine)
    assert [outcomes(each) for each in reports] == [["done", "dispatch.nobody-on-duty"], ["not-found", "-"]]
    assert (await world.get(mine)).agent_id == mei.id
    assert (await world.kinds(mine))[-1] == "note", "what was done before it stands, once"
    assert "note" not in await world.kinds(toms)
    for wrong in (Run(run="r-2", conversations=["no id"]), Run(run="r 2", conversations=[str(mine)])):
        with pytest.raises(FrontdeskError) as caught:
            await run_macro(world.platform, log, mei, macro.id, wrong)
        assert caught.value.kind is ErrorKind.INVALID


async def test_a_conversation_goes_to_the_team_that_is_the_last_step(world: World, log: Log) -> None:
    mei, tom = await world.add_agent(), await world.add_agent()
    team, other = await world.add_team(mei), await world.add_team(tom)
    one = (await world.ask(team)).id
    macro = await made(world, mei, LeaveNote("yours"), Transfer(str(other)))
    [report] = await ran(world, log, mei, macro, one)
    await world.settle()
    assert outcomes(report) == ["done", "done"]
    assert (await world.get(one)).agent_id == tom.id


async def test_a_repeat_of_a_run_sends_no_reply_twice_and_another_run_does(world: World, log: Log) -> None:
    mei = await world.add_agent()
    one = (await world.ask(await world.add_team(mei))).id
    hello = await reply(world, "Hello!")
    macro = await made(world, mei, hello, hello)
    for _ in range(3):
        await ran(world, log, mei, macro, one)
    assert (await world.kinds(one)).count("message") == 2
    await ran(world, log, mei, macro, one, run="r-2")
    assert (await world.kinds(one)).count("message") == 4


async def test_a_reply_is_sent_with_its_files_its_text_and_its_card(world: World, log: Log) -> None:
    mei = await world.add_agent()
    admin = await world.add_agent(role=Role.ADMINISTRATOR, status=Status.BUSY)
    one = (await world.ask(await world.add_team(mei))).id
    prices = await upload(world.platform, admin, "prices.txt", b"Lantern: 12\n")
    reply = await create_quick_reply(
        world.platform,
        admin,
        NewQuickReply(
            title="Prices",
            text="Hello, {contact.name}",
            personal=False,
            attachments=[str(prices.id)],
            card=NewCard(title="The red lantern"),
        ),
    )
    macro = await made(world, mei, SendReply(str(reply.id)))
    for _ in range(2):
        [report] = await ran(world, log, mei, macro, one)
        assert outcomes(report) == ["done"]
    page = await entries_page(world.platform, mei, one, limit=50)
    said = [body for entry in page.entries if (body := decode_message(entry)) is not None]
    assert [type(body).__name__ for body in said] == ["File", "Text", "Card"]


async def test_a_reply_whose_place_nothing_fills_is_not_sent(world: World, log: Log) -> None:
    mei = await world.add_agent()
    contact = await world.meet()
    one = (await world.ask(await world.add_team(mei), contact=contact)).id
    macro = await made(world, mei, await reply(world, "We call {contact.phone}."), Close())
    [report] = await ran(world, log, mei, macro, one)
    assert outcomes(report) == ["desk.place-unknown", "-"]
    refusal = report.taken[0].refusal
    assert refusal is not None
    assert refusal.details == {"place": "contact.phone"}
    assert "message" not in await world.kinds(one)
    assert (await world.get(one)).is_open
    await update_contact(world.platform, mei, contact, ContactChanges(phone="13800138000"))
    [report] = await ran(world, log, mei, macro, one)
    assert outcomes(report) == ["done", "done"]


async def test_what_it_puts_into_a_reply_is_never_read_for_places(world: World, log: Log) -> None:
    mei = await world.add_agent()
    await update_agent(world.platform, world.system, mei.id, AgentChanges(nickname="{organization.name}"))
    one = (await world.ask(await world.add_team(mei))).id
    [report] = await ran(world, log, mei, await made(world, mei, await reply(world, "<{agent.name}>")), one)
    assert outcomes(report) == ["done"]
    said = await world.last_body(one, "message")
    assert isinstance(said, dict)
    assert said["text"] == "<{organization.name}>"


async def test_what_its_steps_named_may_be_gone_when_it_is_run(world: World, log: Log) -> None:
    mei = await world.add_agent()
    admin = await world.add_agent(role=Role.ADMINISTRATOR, status=Status.BUSY)
    one = (await world.ask(await world.add_team(mei))).id
    hello, refund = await reply(world, "Hello!", of=mei), await tag(world)
    by_reply, by_tag = await made(world, mei, hello), await made(world, mei, AddTag(str(refund)), name="N")
    await delete_quick_reply(world.platform, mei, int(hello.reply_id))
    await change_tag(world.platform, admin, refund, ChangedTag(archived=True))
    for macro in (by_reply, by_tag):
        [report] = await ran(world, log, mei, macro, one)
        assert outcomes(report) == ["not-found"]


async def test_it_lends_nobody_a_right(world: World, log: Log) -> None:
    lea = await world.add_agent(role=Role.LEADER, status=Status.BUSY)
    mei, tom = await world.add_agent(), await world.add_agent(status=Status.BUSY)
    team = await world.add_team(mei, tom, lea)
    one = (await world.ask(team)).id
    macro = await made(world, lea, await reply(world, "Bye!"), team=team)
    ending = await made(world, lea, Close(), team=team, name="End")
    assert [outcomes(each) for each in await ran(world, log, tom, macro, one)] == [
        ["conversations.not-yours"]
    ]
    assert [outcomes(each) for each in await ran(world, log, tom, ending, one)] == [["auth.permission"]]
    assert [outcomes(each) for each in await ran(world, log, lea, ending, one)] == [["done"]]
    for who in (visitor(world.organization, 9), await world.add_agent(role=Role.INSPECTOR)):
        with pytest.raises(FrontdeskError) as caught:
            await ran(world, log, who, macro, one)
        assert caught.value.kind is ErrorKind.FORBIDDEN


# ---- keeping -------------------------------------------------------------------------------------------------------


async def test_ones_own_is_nobody_elses_and_a_shared_one_is_the_teams(world: World, log: Log) -> None:
    mei, tom, eve = [await world.add_agent(status=Status.BUSY) for _ in range(3)]
    team = await world.add_team(mei, tom)
    own = await made(world, mei, Close(), name=" Bye ")
    shared = await made(world, mei, Close(), name="Also", team=team)
    assert await names(world, mei) == ["Also", "Bye"]
    assert await names(world, tom) == ["Also"]
    assert await names(world, eve) == []
    for who, macro in ((tom, own), (eve, own), (eve, shared)):
        with pytest.raises(FrontdeskError) as caught:
            await ran(world, log, who, macro, 1)
        assert caught.value.kind is ErrorKind.NOT_FOUND
    await change_macro(world.platform, mei, own.id, MacroChanges(name="Bye", team_id=str(team)))
    await change_macro(world.platform, mei, shared.id, MacroChanges(team_id=None))
    assert await names(world, tom) == ["Bye"]
    await delete_macro(world.platform, mei, own.id)
    assert await names(world, tom) == []


async def test_who_did_not_make_it_can_neither_change_nor_delete_it(
    world: World, other_organization: int
) -> None:
    mei, tom = await world.add_agent(), await world.add_agent()
    admin = await world.add_agent(role=Role.ADMINISTRATOR)
    foreign = await World(world.platform, other_organization).add_agent(role=Role.ADMINISTRATOR)
    shared = await made(world, mei, Close(), team=await world.add_team(mei, tom, admin))
    for who in (tom, admin, foreign):
        for attempt in (
            change_macro(world.platform, who, shared.id, MacroChanges(name="Mine")),
            delete_macro(world.platform, who, shared.id),
        ):
            with pytest.raises(FrontdeskError) as caught:
                await attempt
            assert caught.value.kind is ErrorKind.NOT_FOUND
    assert await names(world, tom) == ["M"]


async def test_steps_that_could_never_be_done_are_refused(world: World, other_organization: int) -> None:
    mei, tom = await world.add_agent(), await world.add_agent()
    elsewhere = World(world.platform, other_organization)
    team, strange = await world.add_team(mei, tom), await elsewhere.add_team()
    finance = await elsewhere.add_department()
    personal = await reply(world, "Hi, it is me", of=mei)
    await made(world, mei, personal)
    for steps, shared, kind in (
        ([], None, ErrorKind.INVALID),
        ([LeaveNote("x")] * (MAX_STEPS + 1), None, ErrorKind.INVALID),
        ([Close(), LeaveNote("x")], None, ErrorKind.INVALID),
        ([Transfer(str(team)), Close()], None, ErrorKind.INVALID),
        ([LeaveNote(" ")], None, ErrorKind.INVALID),
        ([LeaveNote("x" * 4_001)], None, ErrorKind.INVALID),
        ([WrapUp("x" * 201)], None, ErrorKind.INVALID),
        ([AddTag("-1")], None, ErrorKind.INVALID),
        ([AddTag("1")], None, ErrorKind.NOT_FOUND),
        ([SendReply("1")], None, ErrorKind.NOT_FOUND),
        ([await reply(world, "Hi, it is Tom", of=tom)], None, ErrorKind.NOT_FOUND),
        ([Transfer(str(strange))], None, ErrorKind.NOT_FOUND),
        ([Transfer(department_id=str(finance))], None, ErrorKind.NOT_FOUND),
        ([personal], team, ErrorKind.INVALID),
        ([Close()], strange, ErrorKind.NOT_FOUND),
    ):
        with pytest.raises(FrontdeskError) as caught:
            await made(world, mei, *steps, team=shared)
        assert caught.value.kind is kind, steps
    assert await names(world, mei) == ["M"]


async def test_there_is_a_limit_and_a_deleted_one_makes_room(world: World) -> None:
    mei = await world.add_agent()
    kept = [await made(world, mei, Close(), name=str(number)) for number in range(MAX_MACROS)]
    with pytest.raises(FrontdeskError, match=r"desk\.too-many-macros"):
        await made(world, mei, Close())
    await delete_macro(world.platform, mei, kept[0].id)
    await made(world, mei, Close())


async def test_everybody_is_told_of_a_shared_one(world: World) -> None:
    mei = await world.add_agent()
    told: list[str] = []
    world.platform.bus.subscribe(
        staff_subject(world.organization), lambda payload, _: told.append(json.loads(payload).get("topic"))
    )
    team = await world.add_team(mei)
    told.clear()
    macro = await made(world, mei, Close())
    assert told == []
    await change_macro(world.platform, mei, macro.id, MacroChanges(team_id=str(team)))
    await change_macro(world.platform, mei, macro.id, MacroChanges(team_id=str(team)))
    assert told == ["macros"]
