"""The desk: what agents write and mark follows them, and nobody else."""

import json

import pytest

from frontdesk.conversations import deliver_subject
from frontdesk.core.clock import ManualClock
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.core.subject import Role
from frontdesk.desk import (
    Marks,
    PreferenceChanges,
    Preferences,
    WrittenDraft,
    change_preferences,
    forget_desk_in,
    keep_draft,
    mark_conversation,
    read_desk,
)
from frontdesk.platform import Platform, Transaction
from tests.service.test_conversations_log import AGENT, CONTACT, OTHER_AGENT, agent, assigned, opened, visitor

DAY = 86_400_000


async def texts(platform: Platform, organization: int, identity: int = AGENT) -> list[str]:
    return [draft.text for draft in (await read_desk(platform, agent(organization, identity))).drafts]


async def test_a_draft_follows_its_writer_to_other_devices_and_to_nobody_else(
    platform: Platform, organization: int
) -> None:
    told: list[tuple[int, bytes]] = []

    def listen(who: int) -> None:
        def remember(payload: bytes, _origin: str) -> None:
            told.append((who, payload))

        platform.bus.subscribe(deliver_subject(organization, who), remember)

    for each in (AGENT, OTHER_AGENT, CONTACT):
        listen(each)
    conversation = await opened(platform, organization, assigned())
    told.clear()
    written = WrittenDraft(text="稍等，我查一下 ", note=True, quotes=1, writer="laptop")
    kept = await keep_draft(platform, agent(organization), conversation.id, written)
    assert kept.kept
    assert await texts(platform, organization) == ["稍等，我查一下"]
    assert await texts(platform, organization, OTHER_AGENT) == []
    inspector = agent(organization, OTHER_AGENT, Role.ADMINISTRATOR)
    assert (await read_desk(platform, inspector)).drafts == []
    assert [who for who, _ in told] == [AGENT]
    frame = json.loads(told[0][1])
    assert (frame["t"], frame["writer"]) == ("draft", "laptop")
    assert frame["draft"]["quotes"] == 1
    with pytest.raises(FrontdeskError) as caught:
        await read_desk(platform, visitor(organization))
    assert caught.value.kind is ErrorKind.FORBIDDEN


async def test_the_draft_written_last_stands_also_when_it_arrives_first(
    platform: Platform, organization: int, clock: ManualClock
) -> None:
    conversation = await opened(platform, organization, assigned())
    me = agent(organization)
    await keep_draft(platform, me, conversation.id, WrittenDraft(text="newer"))
    clock.advance(seconds=10)
    late = await keep_draft(platform, me, conversation.id, WrittenDraft(text="older", age=60_000))
    assert not late.kept
    assert late.draft.text == "newer"
    assert await texts(platform, organization) == ["newer"]


async def test_what_was_sent_is_not_brought_back_by_a_device_that_was_away(
    platform: Platform, organization: int, clock: ManualClock
) -> None:
    conversation = await opened(platform, organization, assigned())
    me = agent(organization)
    await keep_draft(platform, me, conversation.id, WrittenDraft(text="words"))
    clock.advance(seconds=60)
    await keep_draft(platform, me, conversation.id, WrittenDraft(text=""))
    clock.advance(seconds=60)
    late = await keep_draft(platform, me, conversation.id, WrittenDraft(text="words", age=100_000))
    assert (late.kept, late.draft.text) == (False, "")
    clock.advance(seconds=DAY // 1000)
    other = await opened(platform, organization, assigned(), contact=CONTACT + 1)
    await keep_draft(platform, me, other.id, WrittenDraft(text="next"))
    assert await texts(platform, organization) == ["next"]


async def test_marks_are_ones_own_and_gone_when_taken_back(platform: Platform, organization: int) -> None:
    conversation = await opened(platform, organization, assigned())
    me = agent(organization)
    for _ in range(2):
        await mark_conversation(platform, me, conversation.id, Marks(pinned=True, important=False))
    marks = (await read_desk(platform, me)).marks
    assert [(mark.conversation, mark.pinned, mark.important) for mark in marks] == [
        (str(conversation.id), True, False)
    ]
    other = agent(organization, OTHER_AGENT)
    assert (await read_desk(platform, other)).marks == []
    await mark_conversation(platform, me, conversation.id, Marks(pinned=False, important=False))
    assert (await read_desk(platform, me)).marks == []


async def test_a_conversation_out_of_reach_can_be_neither_written_to_nor_marked(
    platform: Platform, organization: int
) -> None:
    conversation = await opened(platform, organization, assigned())
    stranger = agent(organization, OTHER_AGENT)
    for attempt in (
        keep_draft(platform, stranger, conversation.id, WrittenDraft(text="x")),
        mark_conversation(platform, stranger, conversation.id, Marks(pinned=True, important=True)),
    ):
        with pytest.raises(FrontdeskError) as caught:
            await attempt
        assert caught.value.kind is ErrorKind.NOT_FOUND


@pytest.mark.parametrize(
    "written",
    [WrittenDraft(text="x" * 20_001), WrittenDraft(text="x", age=-1), WrittenDraft(text="x", quotes=0)],
)
async def test_a_draft_that_makes_no_sense_is_refused(
    platform: Platform, organization: int, written: WrittenDraft
) -> None:
    conversation = await opened(platform, organization, assigned())
    with pytest.raises(FrontdeskError) as caught:
        await keep_draft(platform, agent(organization), conversation.id, written)
    assert caught.value.kind is ErrorKind.INVALID


async def test_nothing_is_left_of_a_conversation_that_is_forgotten_and_the_rest_stays(
    platform: Platform, organization: int
) -> None:
    me = agent(organization)
    gone, stays = [await opened(platform, organization, assigned(), contact=CONTACT + n) for n in range(2)]
    for each, text in ((gone, "gone"), (stays, "stays")):
        await keep_draft(platform, me, each.id, WrittenDraft(text=text))
        await mark_conversation(platform, me, each.id, Marks(pinned=True, important=True))

    async def work(tx: Transaction) -> None:
        await forget_desk_in(tx, organization, gone.id)

    for _ in range(2):
        await platform.database.write(organization, work)
    desk = await read_desk(platform, me)
    assert [draft.text for draft in desk.drafts] == ["stays"]
    assert [mark.conversation for mark in desk.marks] == [str(stays.id)]


async def test_what_one_likes_is_kept_for_oneself_and_changes_part_by_part(
    platform: Platform, organization: int
) -> None:
    told: list[bytes] = []
    me, other = agent(organization), agent(organization, OTHER_AGENT)
    platform.bus.subscribe(
        deliver_subject(organization, AGENT), lambda payload, _origin: told.append(payload)
    )
    assert (await read_desk(platform, me)).preferences == Preferences()
    await change_preferences(platform, me, PreferenceChanges(undo_s=5))
    await change_preferences(platform, me, PreferenceChanges(columns={"contacts": ["email", "fields.plan"]}))
    kept = await change_preferences(platform, me, PreferenceChanges(columns={"audit": []}))
    assert kept == Preferences(5, {"contacts": ["email", "fields.plan"], "audit": []})
    assert await change_preferences(platform, me, PreferenceChanges(undo_s=5)) == kept
    assert (await read_desk(platform, me)).preferences == kept
    assert (await read_desk(platform, other)).preferences == Preferences()
    assert [json.loads(frame) for frame in told] == [{"t": "changed", "topic": "desk"}] * 3
    many = PreferenceChanges(columns={str(number): [] for number in range(20)})
    with pytest.raises(FrontdeskError) as caught:
        await change_preferences(platform, me, many)
    assert caught.value.kind is ErrorKind.CONFLICT
    with pytest.raises(FrontdeskError) as caught:
        await change_preferences(platform, visitor(organization), PreferenceChanges(undo_s=5))
    assert caught.value.kind is ErrorKind.FORBIDDEN
