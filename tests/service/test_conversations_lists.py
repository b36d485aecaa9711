"""Lists of conversations: two organizations, two teams, and everybody sees what is theirs."""

from contextlib import suppress

import pytest

from frontdesk.conversations import (
    Assigned,
    Closed,
    Draft,
    EntryKind,
    Narrowed,
    Queued,
    Sender,
    Text,
    View,
    append_in,
    entries_page,
    list_conversations,
    of_contact,
    snapshot,
)
from frontdesk.core.clock import ManualClock
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.core.subject import Role, Subject, SubjectKind, system_subject
from frontdesk.dispatch import add_note, close
from frontdesk.platform import Platform, Transaction
from frontdesk.staff import AgentCard, AgentKind, Weight, create_team, set_members
from tests.service.staff_people import add_agent, subject_of
from tests.service.test_conversations_log import CHANNEL, appended, assigned, opened, visitor

SYSTEM = Sender(SubjectKind.SYSTEM, "0")


class Desk:
    """Two teams with an agent each, and an inspector, in one organization."""

    def __init__(self, platform: Platform, organization: int, clock: ManualClock) -> None:
        self.platform = platform
        self.organization = organization
        self.clock = clock
        self.contact = 10_000
        self.agents: dict[str, Subject] = {}
        self.teams: dict[str, int] = {}

    async def open(self) -> "Desk":
        for name in ("sales", "service"):
            made = subject_of(await add_agent(self.platform, self.organization, f"{name}-agent"))
            team = await create_team(self.platform, system_subject(self.organization), name)
            await set_members(self.platform, system_subject(self.organization), team.id, [Weight(made.id)])
            self.agents[name], self.teams[name] = made, team.id
        self.agents["inspector"] = subject_of(
            await add_agent(self.platform, self.organization, "inspector", Role.INSPECTOR)
        )
        return self

    async def conversation(self, team: str, state: str, owner: str | None = None) -> str:
        """A conversation of a team: waiting, active with the team's agent (or `owner`), or closed after that."""
        self.clock.advance(seconds=1)
        self.contact += 1
        queued = Draft(EntryKind.QUEUED, SYSTEM, Queued(str(self.teams[team]), "visitor"))
        made = await opened(self.platform, self.organization, queued, contact=self.contact)
        if state != "waiting":
            card = AgentCard(str(self.agents[owner or team].id), "Mei", None, AgentKind.HUMAN)
            draft = Draft(EntryKind.ASSIGNED, SYSTEM, Assigned(card, str(self.teams[team]), "dispatch"))
            await appended(self.platform, self.organization, made, draft)
        if state == "closed":
            await appended(
                self.platform,
                self.organization,
                made,
                Draft(EntryKind.CLOSED, SYSTEM, Closed("system", "silence")),
            )
        return str(made.id)

    async def said(self, conversation: str, by: SubjectKind) -> None:
        self.clock.advance(seconds=1)
        draft = Draft(EntryKind.MESSAGE, Sender(by, "1", "Somebody"), Text("Hello?"))

        async def work(tx: Transaction) -> None:
            await append_in(self.platform, tx, self.organization, int(conversation), [draft])

        await self.platform.database.write(self.organization, work)

    async def listed(self, who: str, view: View, size: int = 50, team: str | None = None) -> list[str]:
        """Every page of a list, one after the other."""
        found: list[str] = []
        cursor: str | None = None
        narrowed = Narrowed(None if team is None else self.teams[team])
        while True:
            page = await list_conversations(
                self.platform, self.agents[who], view, narrowed=narrowed, cursor=cursor, limit=size
            )
            assert len(page.items) <= size or view is View.MINE
            found += [item.id for item in page.items]
            cursor = page.cursor
            if cursor is None:
                return found


@pytest.fixture
async def desk(platform: Platform, organization: int, clock: ManualClock) -> Desk:
    return await Desk(platform, organization, clock).open()


@pytest.fixture
async def elsewhere(platform: Platform, other_organization: int, clock: ManualClock) -> Desk:
    return await Desk(platform, other_organization, clock).open()


async def test_each_team_and_each_organization_sees_its_own_waiting_ones_the_oldest_first(
    desk: Desk, elsewhere: Desk
) -> None:
    sales, service, foreign = list[str](), list[str](), list[str]()
    for _ in range(7):
        sales.append(await desk.conversation("sales", "waiting"))
        foreign.append(await elsewhere.conversation("sales", "waiting"))
        service.append(await desk.conversation("service", "waiting"))
    for size in (1, 3, 50):
        assert await desk.listed("sales", View.WAITING, size) == sales
        assert await desk.listed("service", View.WAITING, size) == service
        assert sorted(await desk.listed("inspector", View.WAITING, size)) == sorted(sales + service)
        assert await desk.listed("inspector", View.WAITING, size, "sales") == sales
        assert await elsewhere.listed("inspector", View.WAITING, size) == foreign
    assert await desk.listed("sales", View.WAITING, team="service") == []


@pytest.mark.parametrize(("view", "state"), [(View.ALL, "active"), (View.CLOSED, "closed")])
async def test_an_agent_sees_its_own_and_its_teams_the_newest_first_and_the_filter_keeps_one_team(
    desk: Desk, elsewhere: Desk, view: View, state: str
) -> None:
    sales, service, foreign = list[str](), list[str](), list[str]()
    for _ in range(5):
        sales.append(await desk.conversation("sales", state))
        service.append(await desk.conversation("service", state))
        foreign.append(await elsewhere.conversation("service", state))
    helped = await desk.conversation("service", state, owner="sales")
    service.append(helped)
    for size in (1, 4, 50):
        assert await desk.listed("sales", view, size) == [helped, *sales[::-1]]
        assert await desk.listed("service", view, size) == service[::-1]
        assert await desk.listed("sales", view, size, "sales") == sales[::-1]
        assert await desk.listed("sales", view, size, "service") == [helped]
        assert await desk.listed("inspector", view, size, "service") == service[::-1]
        assert sorted(await desk.listed("inspector", view, size)) == sorted(sales + service)
        assert await elsewhere.listed("inspector", view, size) == foreign[::-1]
        assert await elsewhere.listed("sales", view, size) == []


async def test_the_view_of_ones_teams_holds_their_open_ones_and_nobody_elses(
    desk: Desk, elsewhere: Desk
) -> None:
    sales = [await desk.conversation("sales", state) for state in ("waiting", "active")]
    helped = await desk.conversation("service", "active", owner="sales")
    for other in ("closed", "active"):
        await desk.conversation("service", other)
        await elsewhere.conversation("sales", other)
    await desk.conversation("sales", "closed")
    for size in (1, 50):
        assert await desk.listed("sales", View.TEAM, size) == sales
    assert helped not in await desk.listed("sales", View.TEAM)
    assert await desk.listed("inspector", View.TEAM) == [], "of no team"


async def test_whoever_waits_longest_for_an_answer_is_on_the_first_page_however_quiet(desk: Desk) -> None:
    unheard = [await desk.conversation("sales", "active") for _ in range(3)]
    for each in (unheard[1], unheard[0], unheard[2]):
        await desk.said(each, SubjectKind.VISITOR)
    queued = await desk.conversation("sales", "waiting")
    answered = await desk.conversation("sales", "active")
    await desk.said(answered, SubjectKind.VISITOR)
    await desk.said(answered, SubjectKind.AGENT)
    rest = [await desk.conversation("sales", "active") for _ in range(6)]
    expected = [unheard[1], unheard[0], unheard[2], queued, *rest[::-1], answered]
    for size in (1, 4, 50):
        for view in (View.ALL, View.TEAM):
            assert await desk.listed("sales", view, size) == expected


async def test_a_list_is_narrowed_by_channel_and_agent_within_what_one_reaches(
    desk: Desk, elsewhere: Desk
) -> None:
    sales = await desk.conversation("sales", "active")
    helped = await desk.conversation("service", "active", owner="sales")
    service = await desk.conversation("service", "active")
    mine = Narrowed(agent_id=desk.agents["sales"].id)

    async def found(who: Subject, narrowed: Narrowed, view: View = View.ALL) -> list[str]:
        page = await list_conversations(desk.platform, who, view, narrowed=narrowed)
        return [item.id for item in page.items]

    inspector = desk.agents["inspector"]
    assert await found(inspector, mine) == [helped, sales]
    assert await found(inspector, Narrowed(desk.teams["service"], agent_id=desk.agents["sales"].id)) == [
        helped
    ]
    assert await found(inspector, Narrowed(channel_id=CHANNEL)) == [service, helped, sales]
    assert await found(inspector, Narrowed(channel_id=CHANNEL + 1)) == []
    assert await found(inspector, mine, View.CLOSED) == []
    assert await found(desk.agents["service"], mine) == [helped], (
        "what one does not reach is not found by asking"
    )
    assert await found(elsewhere.agents["inspector"], mine) == []
    with pytest.raises(FrontdeskError, match=r"conversations\.tag-view"):
        await found(inspector, mine, View.MINE)


async def test_where_one_was_named_is_listed_open_and_closed(desk: Desk) -> None:
    first, second = [await desk.conversation("service", "active") for _ in range(2)]
    await desk.conversation("service", "active")
    sales = desk.agents["sales"]
    for conversation in (first, second, first):
        await add_note(desk.platform, desk.agents["service"], int(conversation), "see this", [sales.id])
        desk.clock.advance(seconds=1)
    await close(desk.platform, desk.agents["service"], int(second))
    for size in (1, 50):
        assert await desk.listed("sales", View.MENTIONS, size) == [second, first]
    assert await desk.listed("service", View.MENTIONS) == []


async def test_what_is_listed_is_what_may_be_read(desk: Desk, elsewhere: Desk) -> None:
    made = [
        await desk.conversation(team, state)
        for team in ("sales", "service")
        for state in ("waiting", "active", "closed")
    ]
    for who, subject in [*desk.agents.items(), ("foreign", elsewhere.agents["inspector"])]:
        listed = set[str]()
        if who != "foreign":
            for view in View:
                listed |= set(await desk.listed(who, view))
        readable = set[str]()
        for conversation in made:
            with suppress(FrontdeskError):
                await snapshot(desk.platform, subject, int(conversation))
                readable.add(conversation)
        assert listed == readable


@pytest.mark.parametrize("cursor", ["", "1", "a-b", "1-", "-1-2", "1-2-3", "9" * 30 + "-1"])
async def test_a_cursor_that_no_page_gave_is_refused(desk: Desk, cursor: str) -> None:
    with pytest.raises(FrontdeskError) as refused:
        await list_conversations(desk.platform, desk.agents["inspector"], View.ALL, cursor=cursor)
    assert refused.value.kind is ErrorKind.INVALID


async def test_pages_of_entries_meet_without_gap_and_a_seq_that_cannot_be_is_refused(
    platform: Platform, organization: int
) -> None:
    conversation = await opened(platform, organization, *[assigned(number) for number in range(201, 221)])
    who = visitor(organization)
    for size in (1, 6, 100):
        down, up = list[int](), list[int]()
        before: int | None = None
        after = 0
        while True:
            page = await entries_page(platform, who, conversation.id, before=before, limit=size)
            down[:0] = [entry.seq for entry in page.entries]
            if not page.more:
                break
            before = page.entries[0].seq
        while True:
            page = await entries_page(platform, who, conversation.id, after=after, limit=size)
            up += [entry.seq for entry in page.entries]
            if not page.more:
                break
            after = page.entries[-1].seq
        assert down == up == list(range(1, 22))
    assert (await entries_page(platform, who, conversation.id, before=0)).entries == []
    for wrong in ({"before": 1 << 70}, {"after": 1 << 70}, {"before": -1}, {"before": 3, "after": 1}):
        with pytest.raises(FrontdeskError) as refused:
            await entries_page(platform, who, conversation.id, **wrong)
        assert refused.value.kind is ErrorKind.INVALID


async def test_a_visitors_own_conversations_are_paged_the_newest_first(
    platform: Platform, organization: int, other_organization: int
) -> None:
    mine = [str((await opened(platform, organization)).id) for _ in range(5)]
    await opened(platform, other_organization)
    await opened(platform, organization, contact=102)
    who = visitor(organization)
    found: list[str] = []
    before: int | None = None
    while True:
        page = await of_contact(platform, who, who.id, before=before, limit=2)
        found += [item.id for item in page.items]
        if page.cursor is None:
            break
        before = int(page.cursor)
    assert found == mine[::-1]
