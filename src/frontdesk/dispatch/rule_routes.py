"""HTTP for what decides who gets a conversation: a team's rules, direct codes, whose customer a contact is."""

from collections.abc import Sequence
from typing import Final

from litestar import delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from frontdesk.core.subject import Subject
from frontdesk.dispatch import care, codes, earning, routing, trying
from frontdesk.dispatch import what_if as playing
from frontdesk.dispatch.rule_views import (
    CareView,
    CodesView,
    CodeView,
    LearnedView,
    RoutingBody,
    RoutingsView,
    RoutingView,
    TriedView,
    TryBody,
    WhatIfBody,
    WhatIfView,
    care_view,
    code_view,
    learned_view,
    routing_view,
    tried_view,
    what_if_view,
)
from frontdesk.dispatch.store.codes import DirectCode
from frontdesk.dispatch.types import Care
from frontdesk.platform import Platform
from frontdesk.platform.web import optional_path_id, path_id

_TEAM: Final = "/v1/teams/{team_id:str}/routing"
_CARE: Final = "/v1/contacts/{contact_id:str}/care"


@get(_TEAM, summary="How a team routes")
async def get_routing(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], team_id: FromPath[str]
) -> RoutingView:
    return routing_view(await routing.get_routing(platform, subject, path_id(team_id, what="team")))


@put(_TEAM, summary="Change how a team routes")
async def set_routing(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    team_id: FromPath[str],
    data: JSONBody[RoutingBody],
) -> RoutingView:
    return routing_view(
        await routing.set_routing(
            platform, subject, path_id(team_id, what="team"), data.routing, based_on=data.based_on
        )
    )


@get(f"{_TEAM}/history", summary="How a team routed before")
async def routing_history(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], team_id: FromPath[str]
) -> RoutingsView:
    found = await routing.routing_history(platform, subject, path_id(team_id, what="team"))
    return RoutingsView([routing_view(one) for one in found])


@post(f"{_TEAM}/try", status_code=200, summary="Try who would get such a visitor now")
async def try_routing(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    team_id: FromPath[str],
    data: JSONBody[TryBody],
) -> TriedView:
    tried = await trying.try_routing(
        platform,
        subject,
        path_id(team_id, what="team"),
        data.routing,
        data.facts(),
        waited_s=data.waited_s,
        owner=optional_path_id(data.owner_id, what="agent"),
    )
    return tried_view(tried.decision, tried.head_start_s, dict(tried.names), platform.clock.now())


@post(f"{_TEAM}/what-if", status_code=200, summary="Play the team's last days again, by other rules")
async def what_if(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    team_id: FromPath[str],
    data: JSONBody[WhatIfBody],
) -> WhatIfView:
    played = await playing.what_if(
        platform, subject, path_id(team_id, what="team"), data.routing, data.policy, days=data.days
    )
    return what_if_view(played)


@get(f"{_TEAM}/learned", summary="What was learned for a team")
async def get_learned(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], team_id: FromPath[str]
) -> LearnedView:
    return learned_view(await earning.get_learned(platform, subject, path_id(team_id, what="team")))


@post(f"{_TEAM}/learned", status_code=200, summary="Learn from a team's outcomes, and judge what was learned")
async def learn(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], team_id: FromPath[str]
) -> LearnedView:
    return learned_view(await earning.learn(platform, subject, path_id(team_id, what="team")))


@get(_CARE, summary="Whose customer a contact is, and how important")
async def get_care(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], contact_id: FromPath[str]
) -> CareView:
    return care_view(await care.get_care(platform, subject, path_id(contact_id, what="contact")))


@put(_CARE, summary="Say whose customer a contact is, and how important")
async def set_care(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    contact_id: FromPath[str],
    data: JSONBody[CareView],
) -> CareView:
    wanted = Care(optional_path_id(data.owner_id, what="agent"), data.vip)
    return care_view(await care.set_care(platform, subject, path_id(contact_id, what="contact"), wanted))


@get("/v1/direct-codes", summary="The codes that ask for an agent or a team")
async def list_codes(platform: NamedDependency[Platform], subject: NamedDependency[Subject]) -> CodesView:
    return CodesView([code_view(one) for one in await codes.list_codes(platform, subject)])


@post("/v1/direct-codes", summary="Add a code that asks for an agent or a team")
async def create_code(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], data: JSONBody[CodeView]
) -> CodeView:
    wanted = DirectCode(
        data.code,
        optional_path_id(data.agent_id, what="agent"),
        optional_path_id(data.team_id, what="team"),
    )
    return code_view(await codes.create_code(platform, subject, wanted))


@delete("/v1/direct-codes/{code:str}", summary="Remove a code")
async def delete_code(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], code: FromPath[str]
) -> None:
    await codes.delete_code(platform, subject, code)


RULE_ROUTES: Final[Sequence[ControllerRouterHandler]] = (
    get_routing, set_routing, routing_history, try_routing, what_if, get_learned, learn, get_care, set_care, list_codes, create_code, delete_code,
)  # fmt: skip
