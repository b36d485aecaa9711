"""Quick replies: whose they are, and in which order."""

import pytest

from frontdesk.conversations import deliver_subject, staff_subject
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.desk import (
    NewQuickReply,
    QuickReplyChanges,
    create_quick_reply,
    delete_quick_reply,
    list_quick_replies,
    update_quick_reply,
)
from frontdesk.platform import Platform
from tests.service.staff_people import add_agent, administrator, subject_of


async def test_one_sees_ones_own_and_the_organizations(platform: Platform, organization: int) -> None:
    admin = await administrator(platform, organization)
    lin = subject_of(await add_agent(platform, organization, "lin"))
    mei = subject_of(await add_agent(platform, organization, "mei"))
    shared = await create_quick_reply(
        platform, admin, NewQuickReply(title="Hello", text="Hello!", personal=False)
    )
    own = await create_quick_reply(platform, lin, NewQuickReply(title="Bye", text="Bye!"))
    assert [reply.id for reply in await list_quick_replies(platform, lin)] == [own.id, shared.id]
    assert [reply.id for reply in await list_quick_replies(platform, mei)] == [shared.id]


async def test_another_agents_reply_does_not_exist_for_anybody(platform: Platform, organization: int) -> None:
    admin = await administrator(platform, organization)
    lin = subject_of(await add_agent(platform, organization, "lin"))
    own = await create_quick_reply(platform, lin, NewQuickReply(title="Bye", text="Bye!"))
    for attempt in (
        update_quick_reply(platform, admin, own.id, QuickReplyChanges(text="x")),
        delete_quick_reply(platform, admin, own.id),
    ):
        with pytest.raises(FrontdeskError) as caught:
            await attempt
        assert caught.value.kind is ErrorKind.NOT_FOUND


async def test_agents_may_not_manage_the_organizations(platform: Platform, organization: int) -> None:
    admin = await administrator(platform, organization)
    lin = subject_of(await add_agent(platform, organization, "lin"))
    shared = await create_quick_reply(
        platform, admin, NewQuickReply(title="Hello", text="Hello!", personal=False)
    )
    for attempt in (
        create_quick_reply(platform, lin, NewQuickReply(title="Hello", text="Hello!", personal=False)),
        update_quick_reply(platform, lin, shared.id, QuickReplyChanges(text="x")),
        delete_quick_reply(platform, lin, shared.id),
    ):
        with pytest.raises(FrontdeskError) as caught:
            await attempt
        assert caught.value.kind is ErrorKind.FORBIDDEN


async def test_the_others_move_when_one_is_moved(platform: Platform, organization: int) -> None:
    lin = subject_of(await add_agent(platform, organization, "lin"))
    made = [
        await create_quick_reply(platform, lin, NewQuickReply(title=title, text=title, group="Greetings"))
        for title in ("a", "b", "c", "d")
    ]
    await create_quick_reply(platform, lin, NewQuickReply(title="z", text="z", group="Other"))
    await update_quick_reply(platform, lin, made[3].id, QuickReplyChanges(position=1))
    await update_quick_reply(platform, lin, made[0].id, QuickReplyChanges(position=99))
    titles = [reply.title for reply in await list_quick_replies(platform, lin)]
    assert titles == ["d", "b", "c", "a", "z"]


async def test_a_reply_goes_to_the_end_of_its_new_group(platform: Platform, organization: int) -> None:
    lin = subject_of(await add_agent(platform, organization, "lin"))
    first = await create_quick_reply(platform, lin, NewQuickReply(title="a", text="a", group="A"))
    await create_quick_reply(platform, lin, NewQuickReply(title="b", text="b", group="B"))
    moved = await update_quick_reply(platform, lin, first.id, QuickReplyChanges(group="B", title="c"))
    assert (moved.group, moved.position) == ("B", 1)
    assert [reply.title for reply in await list_quick_replies(platform, lin)] == ["b", "c"]


@pytest.mark.parametrize(
    ("title", "text", "group"),
    [("", "x", ""), ("x", " ", ""), ("x" * 81, "x", ""), ("x", "x" * 2001, ""), ("x", "x", "x" * 51)],
)
async def test_a_reply_is_refused_when_a_field_is_wrong(
    platform: Platform, organization: int, title: str, text: str, group: str
) -> None:
    lin = subject_of(await add_agent(platform, organization, "lin"))
    with pytest.raises(FrontdeskError) as caught:
        await create_quick_reply(platform, lin, NewQuickReply(title=title, text=text, group=group))
    assert caught.value.kind is ErrorKind.INVALID


async def test_no_reply_of_another_organization_is_seen_or_changed(
    platform: Platform, organization: int, other_organization: int
) -> None:
    admin = await administrator(platform, organization)
    stranger = await administrator(platform, other_organization)
    shared = await create_quick_reply(
        platform, stranger, NewQuickReply(title="Hello", text="Hello!", personal=False)
    )
    assert await list_quick_replies(platform, admin) == []
    for attempt in (
        update_quick_reply(platform, admin, shared.id, QuickReplyChanges(text="x")),
        delete_quick_reply(platform, admin, shared.id),
    ):
        with pytest.raises(FrontdeskError) as caught:
            await attempt
        assert caught.value.kind is ErrorKind.NOT_FOUND


async def test_a_change_of_a_personal_reply_is_told_to_its_owner_alone(
    platform: Platform, organization: int
) -> None:
    lin = subject_of(await add_agent(platform, organization, "lin"))
    to_all, to_lin = list[bytes](), list[bytes]()
    platform.bus.subscribe(staff_subject(organization), lambda payload, _: to_all.append(payload))
    platform.bus.subscribe(deliver_subject(organization, lin.id), lambda payload, _: to_lin.append(payload))
    await create_quick_reply(platform, lin, NewQuickReply(title="Bye", text="Bye!"))
    assert (len(to_all), len(to_lin)) == (0, 1)
    admin = await administrator(platform, organization)
    await create_quick_reply(platform, admin, NewQuickReply(title="Hi", text="Hi!", personal=False))
    assert (len(to_all), len(to_lin)) == (1, 1)
