"""Choosing a password: within the organization's policy, wherever it is chosen, and without anything lost by a refusal."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from frontdesk.app.first_steps import set_up_organization
from frontdesk.audit import AuditEntry, Filter, find_in
from frontdesk.auth import find_organization
from frontdesk.auth.policy import PolicyChanges, change_policy
from frontdesk.auth.routes import ROUTES
from frontdesk.core.errors import FrontdeskError
from frontdesk.core.subject import Subject
from frontdesk.platform import EVERY_ORGANIZATION, Platform
from frontdesk.staff import NewAgent, create_agent, reset_password
from frontdesk.staff.routes import ROUTES as STAFF_ROUTES
from tests.service import auth_world
from tests.service.auth_world import PASSWORD, World

WEAK = "Password2024!"
GOOD = "tangerine-otter-91"


@pytest.fixture
async def world(platform: Platform, organization: int) -> World:
    return await auth_world.build(platform, organization)


@pytest.fixture
async def http(world: World) -> AsyncIterator[httpx.AsyncClient]:
    async with world.client([*ROUTES, *STAFF_ROUTES]) as client:
        yield client


async def signed_in(world: World, username: str = "ada") -> tuple[Subject, dict[str, str]]:
    token = (await world.sign_in(username)).token.text
    return world.authenticator.verify(token), {"authorization": f"Bearer {token}"}


async def told(world: World, action: str) -> list[AuditEntry]:
    return list(
        await world.platform.database.read(
            world.organization,
            lambda reader: find_in(
                reader, world.organization, Filter(action=action), before=1 << 62, limit=9
            ),
        )
    )


def error_of(answer: httpx.Response) -> dict[str, Any]:
    return answer.json()["error"]


async def test_a_weak_password_is_refused_wherever_it_is_chosen(
    world: World, http: httpx.AsyncClient
) -> None:
    subject, headers = await signed_in(world)
    agent = await create_agent(world.platform, subject, NewAgent(username="mei", name="Mei", password=GOOD))
    answers = [
        await http.post("/v1/auth/password", json={"old": PASSWORD, "new": WEAK}, headers=headers),
        await http.post(f"/v1/agents/{agent.id}/password", json={"password": WEAK}, headers=headers),
        await http.post(
            "/v1/agents", json={"username": "eve", "name": "Eve", "password": WEAK}, headers=headers
        ),
    ]
    assert [answer.status_code for answer in answers] == [400] * 3
    assert {error_of(answer)["code"] for answer in answers} == {"auth.password-common"}
    assert await world.sign_in("ada", PASSWORD)
    assert await world.sign_in("mei", GOOD)
    await create_agent(world.platform, subject, NewAgent(username="eve", name="Eve", password=GOOD))


async def test_a_first_start_with_a_weak_password_leaves_nothing_behind(platform: Platform) -> None:
    for password, code in ((WEAK, "common"), ("papercrane26", "names"), ("short", "length")):
        with pytest.raises(FrontdeskError, match=rf"auth\.password-{code}"):
            await set_up_organization(platform, "papercrane", "Paper Crane", "ada", password)
    gone = await platform.database.read(
        EVERY_ORGANIZATION, lambda reader: find_organization(reader, "papercrane")
    )
    assert gone is None
    assert await set_up_organization(platform, "papercrane", "Paper Crane", "ada", GOOD)


async def test_changing_ones_own_asks_for_the_present_one_and_ends_the_other_sessions(
    world: World, http: httpx.AsyncClient
) -> None:
    (here, headers), (_, elsewhere) = await signed_in(world), await signed_in(world)
    wrong = await http.post("/v1/auth/password", json={"old": "not this one", "new": GOOD}, headers=headers)
    assert (wrong.status_code, error_of(wrong)["code"]) == (400, "auth.password-wrong")
    done = await http.post("/v1/auth/password", json={"old": PASSWORD, "new": GOOD}, headers=headers)
    assert done.status_code == 204
    assert (await http.get("/v1/me/sessions", headers=elsewhere)).status_code == 401
    assert (await http.get("/v1/me/sessions", headers=headers)).status_code == 200
    with pytest.raises(FrontdeskError, match=r"auth\.credentials"):
        await world.sign_in("ada", PASSWORD)
    assert await world.sign_in("ada", GOOD)
    entry = (await told(world, "account.password_changed"))[0]
    assert (entry.actor_id, entry.target_id) == (here.id, here.id)


async def test_guessing_the_present_password_is_slowed_down_like_signing_in(
    world: World, http: httpx.AsyncClient
) -> None:
    _, headers = await signed_in(world)
    body = {"old": "not this one", "new": GOOD}
    answers = [await http.post("/v1/auth/password", json=body, headers=headers) for _turn in range(11)]
    assert [answer.status_code for answer in answers] == [400] * 10 + [429]
    assert error_of(answers[-1])["code"] == "auth.throttled"
    body["old"] = PASSWORD
    assert (await http.post("/v1/auth/password", json=body, headers=headers)).status_code == 429


async def test_the_length_that_an_organization_asks_for_counts_for_the_next_password_and_only_there(
    world: World, http: httpx.AsyncClient, other_organization: int
) -> None:
    subject, headers = await signed_in(world)
    mei = await world.account("mei")
    await create_agent(world.platform, subject, NewAgent(username="omar", name="Omar", password=GOOD))
    _, as_mei = await signed_in(world, "mei")
    assert (await http.get("/v1/sign-in-policy", headers=as_mei)).json()["password_length"] == 12
    changed = await http.patch("/v1/sign-in-policy", json={"password_length": 20}, headers=headers)
    assert (changed.status_code, changed.json()["password_length"]) == (200, 20)
    assert (await http.get("/v1/sign-in-policy", headers=as_mei)).json()["password_length"] == 20
    short = await http.post("/v1/auth/password", json={"old": PASSWORD, "new": GOOD}, headers=as_mei)
    assert error_of(short)["message"] == "A password has between 20 and 256 characters."
    assert await world.sign_in("omar", GOOD)  # whoever has a shorter one keeps it
    other = await world.account("ada", organization=other_organization)
    theirs = await world.sign_in("ada", PASSWORD, "paper-crane")
    answer = await http.get("/v1/sign-in-policy", headers={"authorization": f"Bearer {theirs.token.text}"})
    assert (theirs.account.id, answer.json()["password_length"]) == (other, 12)
    entry = (await told(world, "sign_in_policy.changed"))[0]
    assert (entry.actor_id, entry.facts) == (subject.id, {"fields": ["password_length"]})
    assert mei


@pytest.mark.parametrize("length", [7, 65, -1, 1 << 40, "long", None, 12.5, []])
async def test_no_other_length_can_be_asked_for(
    world: World, http: httpx.AsyncClient, length: object
) -> None:
    _, headers = await signed_in(world)
    answer = await http.patch("/v1/sign-in-policy", json={"password_length": length}, headers=headers)
    assert answer.status_code == 400
    assert (await http.get("/v1/sign-in-policy", headers=headers)).json()["password_length"] == 12


async def test_a_change_that_changes_nothing_is_not_told(world: World) -> None:
    subject, _ = await signed_in(world)
    await change_policy(world.platform, subject, PolicyChanges(password_length=12))
    await change_policy(world.platform, subject, PolicyChanges())
    assert await told(world, "sign_in_policy.changed") == []


async def test_a_new_password_from_an_administrator_keeps_to_the_policy_of_the_one_it_is_for(
    world: World,
) -> None:
    subject, _ = await signed_in(world)
    agent = await create_agent(
        world.platform, subject, NewAgent(username="tangerine", name="T", password="mostly harmless")
    )
    with pytest.raises(FrontdeskError, match=r"auth\.password-names"):
        await reset_password(world.platform, subject, agent.id, "tangerine-2026!!")
    await reset_password(world.platform, subject, agent.id, "a new one, please")
    assert await world.sign_in("tangerine", "a new one, please")
