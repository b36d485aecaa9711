"""Agents: who may make and change them, and what that tells."""

import asyncio

import pytest

from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.core.subject import Role, system_subject
from frontdesk.platform import Platform
from frontdesk.staff import (
    AGENT_CHANGED,
    STAFF_CHANGED,
    UNLIMITED,
    AgentChanged,
    AgentChanges,
    AgentKind,
    NewAgent,
    StaffChanged,
    Status,
    agent_view,
    avatar_of,
    card,
    cards,
    create_agent,
    create_department,
    delete_department,
    get_agent,
    list_agents,
    list_departments,
    rename_department,
    reset_password,
    update_agent,
    update_me,
)
from tests.service.staff_people import PASSWORD, add_agent, add_bot, administrator, subject_of


async def test_a_new_agent_is_offline_with_the_name_as_nickname(
    platform: Platform, organization: int
) -> None:
    admin = await administrator(platform, organization)
    agent = await create_agent(
        platform, admin, NewAgent(username="lin", name=" Lin  Wei ", password=PASSWORD)
    )
    assert (agent.name, agent.nickname, agent.status, agent.enabled) == (
        "Lin Wei",
        "Lin Wei",
        Status.OFFLINE,
        True,
    )
    assert await get_agent(platform, admin, agent.id) == agent


async def test_a_bot_is_online_without_limit_when_created(platform: Platform, organization: int) -> None:
    bot = await add_bot(platform, organization)
    assert (bot.kind, bot.status, bot.capacity) == (AgentKind.BOT, Status.ONLINE, UNLIMITED)


@pytest.mark.parametrize(
    "new",
    [
        NewAgent(username="x1", name="", password=PASSWORD),
        NewAgent(username="x1", name="x" * 51, password=PASSWORD),
        NewAgent(username="x1", name="X", nickname="y" * 51, password=PASSWORD),
        NewAgent(username="x1", name="X"),
        NewAgent(username="x1", name="X", password=PASSWORD, capacity=-1),
        NewAgent(username="x1", name="X", password=PASSWORD, capacity=201),
        NewAgent(username="x1", name="X", kind=AgentKind.BOT, password=PASSWORD),
        NewAgent(username="x1", name="X", kind=AgentKind.BOT, role=Role.LEADER),
    ],
)
async def test_an_agent_is_refused_when_a_field_is_wrong(
    platform: Platform, organization: int, new: NewAgent
) -> None:
    with pytest.raises(FrontdeskError) as caught:
        await create_agent(platform, system_subject(organization), new)
    assert caught.value.kind is ErrorKind.INVALID


async def test_one_agent_is_left_when_the_same_username_is_created_twice_at_once(
    platform: Platform, organization: int
) -> None:
    results = await asyncio.gather(
        *(add_agent(platform, organization, "twin") for _ in range(5)), return_exceptions=True
    )
    errors = [result for result in results if isinstance(result, FrontdeskError)]
    assert len(errors) == 4
    assert {error.kind for error in errors} == {ErrorKind.CONFLICT}
    agents = await list_agents(platform, system_subject(organization))
    assert [agent.username for agent in agents] == ["twin"]


async def test_ordinary_agents_may_not_manage_staff(platform: Platform, organization: int) -> None:
    lin = subject_of(await add_agent(platform, organization, "lin"))
    for attempt in (
        create_agent(platform, lin, NewAgent(username="x1", name="X", password=PASSWORD)),
        update_agent(platform, lin, lin.id, AgentChanges(capacity=100)),
        update_agent(platform, lin, lin.id, AgentChanges(role=Role.ADMINISTRATOR)),
        reset_password(platform, lin, lin.id, PASSWORD),
        create_department(platform, lin, "Sales"),
        update_me(platform, lin, AgentChanges(nickname="L", capacity=100)),
    ):
        with pytest.raises(FrontdeskError) as caught:
            await attempt
        assert caught.value.kind is ErrorKind.FORBIDDEN


async def test_the_last_administrator_stays_when_demoted_or_disabled(
    platform: Platform, organization: int
) -> None:
    admin = await administrator(platform, organization)
    for changes in (AgentChanges(role=Role.AGENT), AgentChanges(enabled=False)):
        with pytest.raises(FrontdeskError) as caught:
            await update_agent(platform, admin, admin.id, changes)
        assert caught.value.code == "staff.last-administrator"
    second = await administrator(platform, organization, "bea")
    demoted = await update_agent(platform, second, admin.id, AgentChanges(role=Role.AGENT))
    assert demoted.role == Role.AGENT


async def test_two_administrators_cannot_demote_each_other_at_once(
    platform: Platform, organization: int
) -> None:
    ada, bea = await administrator(platform, organization), await administrator(platform, organization, "bea")
    results = await asyncio.gather(
        update_agent(platform, ada, bea.id, AgentChanges(role=Role.AGENT)),
        update_agent(platform, bea, ada.id, AgentChanges(role=Role.AGENT)),
        return_exceptions=True,
    )
    assert len([result for result in results if isinstance(result, FrontdeskError)]) == 1


async def test_a_change_is_told_with_what_holds_now(platform: Platform, organization: int) -> None:
    admin = await administrator(platform, organization)
    lin = await add_agent(platform, organization, "lin")
    told: list[AgentChanged] = []
    AGENT_CHANGED.subscribe(platform.bus, told.append)
    await update_agent(platform, admin, lin.id, AgentChanges(capacity=3))
    await update_agent(platform, admin, lin.id, AgentChanges(enabled=False))
    assert told == [
        AgentChanged(organization, lin.id, Status.OFFLINE, 3, enabled=True),
        AgentChanged(organization, lin.id, Status.OFFLINE, 3, enabled=False),
    ]


async def test_a_bot_goes_offline_when_disabled_and_online_when_enabled(
    platform: Platform, organization: int
) -> None:
    admin = await administrator(platform, organization)
    bot = await add_bot(platform, organization)
    off = await update_agent(platform, admin, bot.id, AgentChanges(enabled=False))
    on = await update_agent(platform, admin, bot.id, AgentChanges(enabled=True))
    assert (off.status, on.status) == (Status.OFFLINE, Status.ONLINE)


async def test_a_bot_has_no_password_and_no_limit_to_change(platform: Platform, organization: int) -> None:
    admin = await administrator(platform, organization)
    bot = await add_bot(platform, organization)
    for attempt in (
        reset_password(platform, admin, bot.id, PASSWORD),
        update_agent(platform, admin, bot.id, AgentChanges(capacity=1)),
        update_agent(platform, admin, bot.id, AgentChanges(role=Role.ADMINISTRATOR)),
    ):
        with pytest.raises(FrontdeskError) as caught:
            await attempt
        assert caught.value.code == "staff.bot"


async def test_the_card_shows_the_nickname_and_a_lasting_picture(
    platform: Platform, organization: int
) -> None:
    lin = subject_of(await add_agent(platform, organization, "lin"))
    await update_me(platform, lin, AgentChanges(nickname="Linny", avatar_media_id=77))
    shown = await platform.database.read(organization, lambda reader: card(reader, organization, lin.id))
    assert (shown.id, shown.name, shown.avatar_url) == (str(lin.id), "Linny", f"/v1/avatars/{lin.id}?v=77")
    assert await platform.database.read(organization, lambda reader: avatar_of(reader, lin.id)) == (
        organization,
        77,
    )
    me = await update_me(platform, lin, AgentChanges(nickname="", avatar_media_id=None))
    assert (me.nickname, agent_view(me).avatar_url) == ("Lin", None)
    assert await platform.database.read(organization, lambda reader: avatar_of(reader, lin.id)) is None


async def test_nothing_of_another_organization_is_seen_or_changed(
    platform: Platform, organization: int, other_organization: int
) -> None:
    admin = await administrator(platform, organization)
    stranger = await add_agent(platform, other_organization, "ada")
    sales = await create_department(platform, system_subject(other_organization), "Sales")
    for attempt in (
        get_agent(platform, admin, stranger.id),
        update_agent(platform, admin, stranger.id, AgentChanges(name="Mine")),
        reset_password(platform, admin, stranger.id, PASSWORD),
        update_agent(platform, admin, admin.id, AgentChanges(department_id=sales.id)),
        create_agent(
            platform, admin, NewAgent(username="x1", name="X", password=PASSWORD, department_id=sales.id)
        ),
        rename_department(platform, admin, sales.id, "Mine"),
        delete_department(platform, admin, sales.id),
        platform.database.read(organization, lambda reader: card(reader, organization, stranger.id)),
    ):
        with pytest.raises(FrontdeskError) as caught:
            await attempt
        assert caught.value.kind is ErrorKind.NOT_FOUND
    assert [agent.id for agent in await list_agents(platform, admin)] == [admin.id]
    shown = await platform.database.read(
        organization, lambda reader: cards(reader, organization, [admin.id, stranger.id])
    )
    assert list(shown) == [admin.id]
    assert await list_departments(platform, admin) == []


async def test_agents_stay_without_department_when_it_is_removed(
    platform: Platform, organization: int
) -> None:
    admin = await administrator(platform, organization)
    sales = await create_department(platform, admin, "Sales")
    lin = await add_agent(platform, organization, "lin")
    await update_agent(platform, admin, lin.id, AgentChanges(department_id=sales.id))
    told: list[StaffChanged] = []
    STAFF_CHANGED.subscribe(platform.bus, told.append)
    await delete_department(platform, admin, sales.id)
    assert told == [StaffChanged(organization, "departments"), StaffChanged(organization, "agents")]
    assert (await get_agent(platform, admin, lin.id)).department_id is None


async def test_a_department_is_refused_when_its_name_is_taken(platform: Platform, organization: int) -> None:
    admin = await administrator(platform, organization)
    await create_department(platform, admin, "Sales")
    care = await create_department(platform, admin, "Care")
    for attempt in (
        create_department(platform, admin, " Sales "),
        rename_department(platform, admin, care.id, "Sales"),
    ):
        with pytest.raises(FrontdeskError) as caught:
            await attempt
        assert caught.value.code == "staff.department-exists"
    assert (await rename_department(platform, admin, care.id, "Care")).name == "Care"
