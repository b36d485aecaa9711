"""What the routes of rules, codes and care take and answer. Ids are strings here."""

from collections.abc import Sequence
from typing import Annotated

from msgspec import Meta, Struct

from frontdesk.core.clock import Millis
from frontdesk.dispatch.learning import FEWEST
from frontdesk.dispatch.store.codes import DirectCode
from frontdesk.dispatch.store.learned import Learned
from frontdesk.dispatch.types import Care, Decision, Facts, Outcome, Routing, StoredRouting
from frontdesk.dispatch.views import CandidateView, candidate_views
from frontdesk.dispatch.what_if import WhatIf
from frontdesk.staff import Policy


class RoutingView(Struct, frozen=True):
    """How a team routes. Version 0, changed by nobody: the defaults."""

    team_id: str
    version: int
    routing: Routing
    changed_at: Millis | None
    changed_by: str | None


class RoutingsView(Struct, frozen=True):
    items: Sequence[RoutingView]


class RoutingBody(Struct, frozen=True):
    """With `based_on`, nothing is changed when that is not the version that holds."""

    routing: Routing
    based_on: int | None = None


class TryBody(Struct, frozen=True, kw_only=True):
    """A visitor to try. `routing` null: what holds."""

    routing: Routing | None = None
    language: Annotated[str, Meta(max_length=35)] = ""
    channel_id: Annotated[str, Meta(max_length=20)] = ""
    page: Annotated[str, Meta(max_length=2000)] = ""
    referrer: Annotated[str, Meta(max_length=2000)] = ""
    vip: Annotated[int, Meta(ge=0, le=5)] = 0
    waited_s: Annotated[int, Meta(ge=0, le=86_400)] = 0
    owner_id: str | None = None

    def facts(self) -> Facts:
        return Facts(self.language, self.channel_id, self.page, self.referrer, self.vip)


class TriedView(Struct, frozen=True):
    """What would be decided now. `again_in_s`: when time alone may change it."""

    policy: str
    outcome: Outcome
    chosen: str | None
    candidates: Sequence[CandidateView]
    needs: dict[str, int]
    asked: Sequence[str]
    head_start_s: int
    again_in_s: int | None


class CareView(Struct, frozen=True):
    """`owner_id`: the agent whose customer this is. `vip`: from 0, like everybody, to 5."""

    owner_id: str | None = None
    vip: Annotated[int, Meta(ge=0, le=5)] = 0


class CodeView(Struct, frozen=True):
    """Exactly one of `agent_id` and `team_id`."""

    code: Annotated[str, Meta(max_length=40)] = ""
    agent_id: str | None = None
    team_id: str | None = None


class CodesView(Struct, frozen=True):
    items: Sequence[CodeView]


def routing_view(stored: StoredRouting) -> RoutingView:
    known = stored.version > 0
    return RoutingView(
        str(stored.team_id),
        stored.version,
        stored.routing,
        stored.changed_at if known else None,
        str(stored.changed_by) if known else None,
    )


def tried_view(decision: Decision, head_start_s: int, names: dict[int, str], now: Millis) -> TriedView:
    if decision.chosen is not None:
        outcome = Outcome.ASSIGNED
    elif decision.asked:
        outcome = Outcome.ASKED
    else:
        outcome = Outcome.PICK if decision.policy == "manual" else Outcome.NOBODY
    return TriedView(
        decision.policy,
        outcome,
        None if decision.chosen is None else str(decision.chosen),
        candidate_views(decision.candidates, names),
        dict(decision.needs),
        [str(one) for one in decision.asked],
        head_start_s,
        None if decision.again_at is None else max(0, decision.again_at - now) // 1000,
    )


class WhatIfBody(Struct, frozen=True, kw_only=True):
    """Rules to propose for so many of the team's last days. Null: what holds."""

    routing: Routing | None = None
    policy: Policy | None = None
    days: Annotated[int, Meta(ge=2, le=28)] = 7


class FigureView(Struct, frozen=True):
    """A figure as it really was (null where the log does not tell), by the rules that hold, and by the proposed ones.

    Each with how far to both sides the true one may be, with 95 % confidence. `verdict`: better or worse, or empty when
    chance may be all of the difference.
    """

    name: str
    unit: str
    recorded: float | None
    now: float
    now_within: float
    then: float
    then_within: float
    difference: float
    difference_within: float
    verdict: str


class WhatIfView(Struct, frozen=True):
    """`days`: how many whole days with visitors and agents there were. Without two there are no figures."""

    days: int
    visitors: int
    figures: Sequence[FigureView]


def what_if_view(played: WhatIf) -> WhatIfView:
    figures: list[FigureView] = []
    if played.compared is None:
        return WhatIfView(played.days, played.visitors, figures)
    holds, proposed = played.compared
    for now, then in zip(holds.figures, proposed.figures, strict=True):
        change = then.difference or then.value
        figures.append(
            FigureView(
                now.name,
                now.unit,
                played.recorded.get(now.name),
                now.value.mean,
                now.value.half,
                then.value.mean,
                then.value.half,
                change.mean,
                change.half,
                then.verdict,
            )
        )
    return WhatIfView(played.days, played.visitors, figures)


class LearnedView(Struct, frozen=True):
    """What was learned for a team, and what it is worth: how much more a conversation brings than with the least busy agent.

    `trials`: choices in which chance had a share, whose outcomes are known; with fewer than `fewest` nothing is said. `gain`
    is doubly robust, `gain_by_chance` by inverse propensity alone; each with how far to both sides the true one may be,
    with 95 % confidence. `earned`: the whole interval is above zero, so that it may be switched on.
    """

    at: Millis | None
    trials: int
    fewest: int
    earned: bool
    gain: float | None = None
    gain_within: float | None = None
    gain_by_chance: float | None = None
    gain_by_chance_within: float | None = None


def learned_view(learned: Learned | None) -> LearnedView:
    if learned is None:
        return LearnedView(None, 0, FEWEST, earned=False)
    judgement = learned.judgement
    if judgement.gain is None:
        return LearnedView(learned.at, judgement.trials, FEWEST, earned=False)
    robust, inverse = judgement.gain.doubly_robust, judgement.gain.inverse_propensity
    return LearnedView(
        learned.at,
        judgement.trials,
        FEWEST,
        judgement.earned,
        robust.mean,
        robust.half,
        inverse.mean,
        inverse.half,
    )


def care_view(care: Care) -> CareView:
    return CareView(None if care.owner_id is None else str(care.owner_id), care.vip)


def code_view(code: DirectCode) -> CodeView:
    return CodeView(
        code.code,
        None if code.agent_id is None else str(code.agent_id),
        None if code.team_id is None else str(code.team_id),
    )
