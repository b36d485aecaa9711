"""Panels: who sets them up, whom a context is signed for and what it says, and what the page around one may load."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

import pytest
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from frontdesk.audit import Action, Filter, find_in
from frontdesk.contacts import Identity, identify_in
from frontdesk.core.clock import ManualClock
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.core.subject import Role, Subject
from frontdesk.panels import (
    NewPanel,
    Panel,
    PanelChanges,
    create_panel,
    find_framed,
    list_panels,
    remove_panel,
    renew_secret,
    sign_context,
    update_panel,
)
from frontdesk.panels.frames import page_of, policy_of
from frontdesk.platform import Platform
from frontdesk.staff import Status
from tests.service.dispatch_world import World
from tests.service.staff_people import administrator

URL = "https://ERP.example.com:443/customer?view=short#/orders"
ORIGIN = "https://erp.example.com"
DOCS = Path(__file__).parents[2] / "docs/panels.md"


@dataclass
class Shop:
    """Mei has a conversation; tom is of another team; iva reads everything."""

    platform: Platform
    admin: Subject
    mei: Subject
    tom: Subject
    iva: Subject
    conversation: int
    contact: int

    async def panel(self) -> Panel:
        return await create_panel(self.platform, self.admin, NewPanel("Orders", URL))


@pytest.fixture
async def shop(platform: Platform, organization: int) -> AsyncIterator[Shop]:
    world = World(platform, organization)
    await world.start()
    admin = await administrator(platform, organization)
    mei, tom = await world.add_agent(), await world.add_agent()
    iva = await world.add_agent(role=Role.INSPECTOR, status=Status.AWAY)
    team = await world.add_team(mei)
    await world.add_team(tom)
    one = await world.ask(team)
    await world.meet(contact=one.contact_id)
    yield Shop(platform, admin, mei, tom, iva, one.id, one.contact_id)
    await world.settle()
    await world.halt()


async def refusal(attempt: Awaitable[object]) -> FrontdeskError:
    with pytest.raises(FrontdeskError) as caught:
        await attempt
    return caught.value


def claims_of(token: str, secret: str) -> dict[str, object]:
    return jwt.decode(token, OctKey.import_key(secret), algorithms=["HS256"]).claims


async def test_a_context_says_who_looks_at_whom_to_one_origin_for_five_minutes(
    shop: Shop, clock: ManualClock
) -> None:
    panel = await shop.panel()
    context = await sign_context(shop.platform, shop.mei, panel.id, shop.conversation)
    now = clock.now() // 1000
    claims = claims_of(context.token, panel.secret)
    assert len(str(claims.pop("jti"))) >= 20
    assert claims == {
        "iss": "frontdesk",
        "aud": ORIGIN,
        "sub": str(shop.mei.id),
        "organization": str(shop.mei.organization_id),
        "conversation": str(shop.conversation),
        "contact": str(shop.contact),
        "external_id": None,
        "iat": now,
        "exp": now + 300,
    }
    assert context.expires_at == (now + 300) * 1000
    again = await sign_context(shop.platform, shop.mei, panel.id, shop.conversation)
    assert again.token != context.token


async def test_who_the_company_has_signed_in_is_named_by_its_own_id(shop: Shop) -> None:
    panel = await shop.panel()
    platform, organization = shop.platform, shop.mei.organization_id
    known = Identity("customer-77", "", "", "", "", {})
    await platform.database.write(
        organization, lambda tx: identify_in(platform, tx, organization, shop.contact, known)
    )
    context = await sign_context(platform, shop.mei, panel.id, shop.conversation)
    assert claims_of(context.token, panel.secret)["external_id"] == "customer-77"


async def test_who_may_not_read_the_conversation_is_told_what_is_told_of_none(shop: Shop) -> None:
    panel = await shop.panel()
    hidden = await refusal(sign_context(shop.platform, shop.tom, panel.id, shop.conversation))
    absent = await refusal(sign_context(shop.platform, shop.tom, panel.id, 1))
    assert (hidden.kind, hidden.code) == (absent.kind, absent.code)
    assert hidden.kind is ErrorKind.NOT_FOUND
    await sign_context(shop.platform, shop.iva, panel.id, shop.conversation)


async def test_an_application_acts_for_nobody_before_a_panel(shop: Shop) -> None:
    panel = await shop.panel()
    application = replace(shop.mei, scope="conversation.read_own")
    for attempt in (
        sign_context(shop.platform, application, panel.id, shop.conversation),
        list_panels(shop.platform, application),
    ):
        assert (await refusal(attempt)).code == "auth.scope"


async def test_another_organization_has_no_such_panel(shop: Shop, other_organization: int) -> None:
    panel = await shop.panel()
    foreign = await administrator(shop.platform, other_organization, "oda")
    assert await list_panels(shop.platform, foreign) == []
    for attempt in (
        update_panel(shop.platform, foreign, panel.id, PanelChanges(name="Mine")),
        renew_secret(shop.platform, foreign, panel.id),
        remove_panel(shop.platform, foreign, panel.id),
        sign_context(shop.platform, foreign, panel.id, shop.conversation),
    ):
        assert (await refusal(attempt)).kind is ErrorKind.NOT_FOUND
    assert await list_panels(shop.platform, shop.mei) == [panel]


async def test_only_who_changes_settings_changes_panels(shop: Shop) -> None:
    panel = await shop.panel()
    for attempt in (
        create_panel(shop.platform, shop.mei, NewPanel("Mine", URL)),
        update_panel(shop.platform, shop.mei, panel.id, PanelChanges(name="Mine")),
        renew_secret(shop.platform, shop.mei, panel.id),
        remove_panel(shop.platform, shop.mei, panel.id),
    ):
        assert (await refusal(attempt)).kind is ErrorKind.FORBIDDEN


async def test_a_new_secret_and_another_address_count_at_once(shop: Shop) -> None:
    panel = await shop.panel()
    renewed = await renew_secret(shop.platform, shop.admin, panel.id)
    changes = PanelChanges(url="https://crm.example.com/")
    assert (await update_panel(shop.platform, shop.admin, panel.id, changes)).name == "Orders"
    context = await sign_context(shop.platform, shop.mei, panel.id, shop.conversation)
    with pytest.raises(JoseError):
        claims_of(context.token, panel.secret)
    assert claims_of(context.token, renewed.secret)["aud"] == "https://crm.example.com"
    assert "frame-src https://crm.example.com;" in policy_of(await find_framed(shop.platform, panel.code))
    await remove_panel(shop.platform, shop.admin, panel.id)
    gone = sign_context(shop.platform, shop.mei, panel.id, shop.conversation)
    assert (await refusal(gone)).kind is ErrorKind.NOT_FOUND
    assert (await refusal(find_framed(shop.platform, panel.code))).kind is ErrorKind.NOT_FOUND


async def test_every_change_is_in_the_audit_log(shop: Shop) -> None:
    panel = await shop.panel()
    await update_panel(shop.platform, shop.admin, panel.id, PanelChanges(name="Stock"))
    await renew_secret(shop.platform, shop.admin, panel.id)
    await remove_panel(shop.platform, shop.admin, panel.id)
    organization = shop.admin.organization_id
    entries = await shop.platform.database.read(
        organization,
        lambda reader: find_in(reader, organization, Filter(actor_id=shop.admin.id), before=1 << 62, limit=9),
    )
    told = [(one.action, one.facts) for one in reversed(entries) if one.target_id == panel.id]
    assert told == [
        (Action.PANEL_CREATED, {}),
        (Action.PANEL_CHANGED, {"fields": ["name"]}),
        (Action.PANEL_SECRET_RENEWED, {}),
        (Action.PANEL_REMOVED, {}),
    ]


async def test_five_are_enough(shop: Shop) -> None:
    for _ in range(5):
        await shop.panel()
    assert (await refusal(shop.panel())).code == "panels.too-many"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "erp.example.com",
        "http://erp.example.com/",
        "javascript:alert(1)",
        "data:text/html,x",
        "https://",
        "https://user:pass@erp.example.com/",
        "https://erp.example.com:99999/",
        "https://erp.example.com/a b",
        'https://erp.example.com/"><script>',
        "https://erp.example.com;script-src/",
        "https://*.example.com/",
        "https://例え.example/",
        "https://erp.example.com/\x00",
        "https://erp.example.com/\ud800",
        "https://[::1",
        "https://erp.example.com/" + "x" * 500,
    ],
)
async def test_what_no_browser_could_frame_safely_is_refused(shop: Shop, url: str) -> None:
    refused = await refusal(create_panel(shop.platform, shop.admin, NewPanel("Orders", url)))
    assert refused.kind is ErrorKind.INVALID
    assert await list_panels(shop.platform, shop.admin) == []


@pytest.mark.parametrize("name", ["", " ", "x" * 41, "\ud800"])
async def test_a_panel_has_a_name_that_fits(shop: Shop, name: str) -> None:
    refused = await refusal(create_panel(shop.platform, shop.admin, NewPanel(name, URL)))
    assert refused.kind is ErrorKind.INVALID


async def test_the_page_around_a_panel_loads_that_origin_and_nothing_else(shop: Shop) -> None:
    panel = await shop.panel()
    policy = policy_of(panel)
    assert re.findall(r"frame-src ([^;]*);", policy) == [ORIGIN]
    assert policy.startswith("default-src 'none';")
    assert "frame-ancestors 'self'" in policy
    page = page_of(panel)
    assert "view=short#/orders" in page
    assert "allow-top-navigation" not in page
    assert panel.name not in page
    assert panel.secret not in page


async def test_a_frame_is_found_by_its_code_alone(shop: Shop) -> None:
    panel = await shop.panel()
    assert (await find_framed(shop.platform, panel.code)).id == panel.id
    for code in ("", str(panel.id), "x" * 43, "é" * 43, "\x00" * 43, panel.code.swapcase()):
        assert (await refusal(find_framed(shop.platform, code))).kind is ErrorKind.NOT_FOUND


async def test_the_example_in_the_documentation_checks_a_context(shop: Shop) -> None:
    found = re.search(r"```python\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    names: dict[str, object] = {}
    exec(found[1], names)  # noqa: S102 - the page's own example
    customer_of = cast("Callable[[str, str, str], str | None]", names["customer_of"])
    panel = await shop.panel()
    context = await sign_context(shop.platform, shop.mei, panel.id, shop.conversation)
    for secret, origin in ((panel.code, ORIGIN), (panel.secret, "https://evil.example.com")):
        with pytest.raises(JoseError):
            customer_of(context.token, secret, origin)
