"""A walk along a queue of several kinds, among agents who have limits for some of them."""

from hypothesis import given
from hypothesis import strategies as st

from frontdesk.core.channels import ChannelKind
from frontdesk.dispatch.policies import decide
from frontdesk.dispatch.policies.filters import exclusion
from frontdesk.dispatch.types import Agent, Excluded, Rules, Waiting
from frontdesk.dispatch.walk import Table, Walk

NOW = 1_000_000
RULES = Rules("least_busy")
KINDS = st.sampled_from(ChannelKind)
LIMITS = st.dictionaries(KINDS.map(str), st.integers(0, 4), max_size=3)


@st.composite
def agents(draw: st.DrawFn) -> list[Agent]:
    """They have nothing yet."""
    capacities = draw(st.lists(st.integers(0, 6), min_size=1, max_size=5))
    return [
        Agent(number, "online", 0, capacity, limits=draw(LIMITS))
        for number, capacity in enumerate(capacities, 1)
    ]


@st.composite
def queues(draw: st.DrawFn) -> list[Waiting]:
    kinds = draw(st.lists(st.tuples(KINDS, st.sampled_from([1, 1, 2, 3])), max_size=25))
    return [Waiting(number, kind=kind, weight=weight) for number, (kind, weight) in enumerate(kinds, 1)]


def walked(people: list[Agent], queue: list[Waiting]) -> tuple[Table, dict[int, int]]:
    """The table behind the walk, and who has what."""
    table, owners = Table(people), dict[int, int]()
    walk = Walk(table, RULES, NOW)
    for waiting in queue:
        if walk.has_ended():
            break
        if walk.passes_over(waiting) is not None:
            continue
        decision = walk.look(waiting)
        if decision.chosen is not None:
            table.take(decision, NOW, waiting.weight, waiting.kind)
            owners[waiting.conversation_id] = decision.chosen
    return table, owners


@given(agents(), queues())
def test_nobody_gets_more_than_their_places_nor_of_a_kind_more_than_its_limit(
    people: list[Agent], queue: list[Waiting]
) -> None:
    _, owners = walked(people, queue)
    for agent in people:
        had = [one for one in queue if owners.get(one.conversation_id) == agent.id]
        assert sum(one.weight for one in had) <= agent.capacity
        for kind, most in agent.limits.items():
            assert sum(one.weight for one in had if one.kind == kind) <= most


@given(agents(), queues())
def test_who_waits_beside_a_free_place_waits_behind_somebody_who_needs_more(
    people: list[Agent], queue: list[Waiting]
) -> None:
    table, owners = walked(people, queue)
    heavier = 0
    for one in queue:
        if one.conversation_id in owners:
            continue
        alone = [agent for agent in table.agents() if exclusion(one, agent) is None]
        assert alone == []
        beside = [agent for agent in table.agents() if exclusion(one, agent) is Excluded.SAVED]
        assert len(beside) <= heavier
        heavier += one.weight > 1


@given(agents(), queues(), KINDS)
def test_only_a_kind_for_which_somebody_has_a_place_is_worth_reading(
    people: list[Agent], queue: list[Waiting], kind: ChannelKind
) -> None:
    table, _ = walked(people, queue)
    if kind not in table.kinds_with_room():
        assert decide(Waiting(99, kind=kind), table.agents(), RULES, NOW).chosen is None


def test_the_reason_tells_whether_all_places_lack_or_those_of_the_kind() -> None:
    waiting = Waiting(1, kind=ChannelKind.APP, weight=2)
    mei = Agent(1, "online", 3, 6, limits={"app": 3}, taken={"app": 2, "site": 1})
    assert exclusion(waiting, mei) is Excluded.KIND_FULL
    assert exclusion(Waiting(1, weight=2), mei) is None
    assert exclusion(Waiting(1, weight=4), mei) is Excluded.FULL


def test_of_those_at_the_limit_one_keeps_places_of_that_kind_alone_for_what_needs_more() -> None:
    mei = Agent(1, "online", 1, 6, limits={"app": 2}, taken={"app": 1})
    heavy, light = (Waiting(number, kind=ChannelKind.APP, weight=3 - number) for number in (1, 2))
    table, owners = walked([mei], [heavy, light, Waiting(3)])
    assert owners == {3: 1}
    assert exclusion(light, table.agents()[0]) is Excluded.SAVED
