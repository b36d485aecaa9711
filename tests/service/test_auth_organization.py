"""The organization's name: who may change it, who is told, and what is refused."""

from collections.abc import AsyncIterator

import httpx
import pytest

from frontdesk.audit import Filter, find_in
from frontdesk.auth import ORGANIZATION_CHANGED
from frontdesk.auth.routes import ROUTES
from frontdesk.auth.types import OrganizationChanged
from frontdesk.core.subject import Role
from frontdesk.platform import Platform
from tests.service import auth_world
from tests.service.auth_world import World


@pytest.fixture
async def world(platform: Platform, organization: int) -> World:
    return await auth_world.build(platform, organization)


@pytest.fixture
async def http(world: World) -> AsyncIterator[httpx.AsyncClient]:
    async with world.client([*ROUTES]) as client:
        yield client


async def named(http: httpx.AsyncClient, headers: dict[str, str]) -> str:
    answer = await http.get("/v1/organization", headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.json()["organization"]["name"]


async def as_(world: World, username: str, organization: str | None = None) -> dict[str, str]:
    signed_in = await (
        world.sign_in(username)
        if organization is None
        else world.sign_in(username, auth_world.PASSWORD, organization)
    )
    return {"authorization": f"Bearer {signed_in.token.text}"}


async def test_an_administrator_renames_it_for_everybody_and_for_no_other_organization(
    world: World, http: httpx.AsyncClient, other_organization: int
) -> None:
    ada = await as_(world, "ada")
    await world.account("mei", role=Role.AGENT)
    await world.account("ada", organization=other_organization)
    mei, stranger = await as_(world, "mei"), await as_(world, "ada", "paper-crane")
    theirs = await named(http, stranger)
    heard: list[OrganizationChanged] = []
    ORGANIZATION_CHANGED.subscribe(world.platform.bus, heard.append)
    slug = (await http.get("/v1/organization", headers=ada)).json()["organization"]["slug"]
    for _ in range(2):  # the second time nothing changes, and nothing is told
        answer = await http.patch("/v1/organization", json={"name": "  Lantern   灯笼  "}, headers=ada)
        assert answer.json()["organization"]["name"] == "Lantern 灯笼"
        assert answer.json()["organization"]["slug"] == slug
    assert (await named(http, mei), await named(http, stranger)) == ("Lantern 灯笼", theirs)
    assert heard == [OrganizationChanged(world.organization)]
    told = await world.platform.database.read(
        world.organization,
        lambda reader: find_in(
            reader, world.organization, Filter(action="organization.changed"), before=1 << 62, limit=9
        ),
    )
    assert [(entry.target_name, entry.facts) for entry in told] == [("Lantern 灯笼", {"fields": ["name"]})]


async def test_who_may_not_manage_settings_reads_it_and_changes_nothing(
    world: World, http: httpx.AsyncClient
) -> None:
    await world.account("mei", role=Role.AGENT)
    mei = await as_(world, "mei")
    before = await named(http, mei)
    answer = await http.patch("/v1/organization", json={"name": "Mine"}, headers=mei)
    assert answer.status_code == 403
    assert await named(http, mei) == before
    assert (await http.get("/v1/organization")).status_code == 401


@pytest.mark.parametrize("name", ["", "  ", "x" * 81, 7, None, ["Lantern"]])
async def test_a_name_that_is_none_is_refused(world: World, http: httpx.AsyncClient, name: object) -> None:
    ada = await as_(world, "ada")
    before = await named(http, ada)
    answer = await http.patch("/v1/organization", json={"name": name}, headers=ada)
    assert answer.status_code == 400
    assert await named(http, ada) == before
