"""What a company's back end says about a visitor in the organization's own fields."""

from collections.abc import AsyncIterator

import pytest

from frontdesk.channels import add_key
from frontdesk.contacts import (
    ContactChanges,
    FieldChanges,
    FieldKind,
    NewField,
    change_field,
    changes_of,
    create_field,
    update_contact,
)
from frontdesk.platform import Platform
from tests.service.bot_shop import open_shop
from tests.service.test_channels_identity import Company


@pytest.fixture
async def company(platform: Platform, organization: int) -> AsyncIterator[Company]:
    shop = await open_shop(platform, organization)
    for key, kind, choices in (
        ("plan", FieldKind.CHOICE, ("free", "gold")),
        ("orders", FieldKind.NUMBER, ()),
        ("since", FieldKind.DATE, ()),
        ("trial", FieldKind.BOOLEAN, ()),
    ):
        await create_field(platform, shop.admin, NewField(key=key, label=key, kind=kind, choices=choices))
    yield Company(shop, await add_key(platform, shop.admin, shop.channel.id))
    await shop.tasks.stop()


async def test_what_the_company_says_is_in_the_fields_and_in_the_history(company: Company) -> None:
    said = {"plan": "gold", "orders": 7, "since": "2025-01-31", "trial": False}
    visitor, _ = await company.come_with(company.sign("u-1", company="Ada & Co", fields=said))
    contact = await company.contact(visitor)
    assert contact.fields == said
    assert contact.company == "Ada & Co"
    changes = await changes_of(company.shop.platform, company.shop.admin, contact.id)
    noted = {change.field: change.after for change in changes.items if change.by.source.value == "company"}
    assert {f"fields.{key}": value for key, value in said.items()}.items() <= noted.items()


async def test_what_is_said_replaces_null_empties_and_what_is_not_said_stays(company: Company) -> None:
    visitor, session = await company.come_with(company.sign("u-1", fields={"plan": "gold", "orders": 7}))
    await update_contact(
        company.shop.platform, company.shop.admin, visitor.id, ContactChanges(fields={"trial": True})
    )
    again = company.sign("u-1", fields={"plan": None, "orders": 8})
    await company.come_with(again, session.visitor_key)
    assert (await company.contact(visitor)).fields == {"orders": 8, "trial": True}


@pytest.mark.parametrize(
    "fields",
    [
        {"plan": "platinum", "orders": 3},
        {"plan": ["gold"], "orders": 3},
        {"plan": {"gold": True}, "orders": 3, "since": "31.1.2025", "trial": "yes", "unknown": "x"},
        {"plan": True, "orders": 3, "x" * 300: 1},
    ],
)
async def test_a_value_that_does_not_fit_is_left_out_and_nobody_is_kept_from_writing(
    company: Company, fields: dict[str, object]
) -> None:
    visitor, _ = await company.come_with(company.sign("u-1", fields=fields))
    assert (await company.contact(visitor)).fields == {"orders": 3}


@pytest.mark.parametrize("fields", ["gold", 7, ["plan"], None])
async def test_fields_that_are_not_an_object_say_nothing(company: Company, fields: object) -> None:
    visitor, _ = await company.come_with(company.sign("u-1", fields=fields))
    contact = await company.contact(visitor)
    assert (contact.external_id, contact.fields) == ("u-1", {})


async def test_an_archived_field_takes_nothing_more(company: Company) -> None:
    shop = company.shop
    size = await create_field(
        shop.platform, shop.admin, NewField(key="size", label="Size", kind=FieldKind.TEXT)
    )
    await change_field(shop.platform, shop.admin, size.id, FieldChanges(archived=True))
    visitor, _ = await company.come_with(company.sign("u-1", fields={"size": "L"}))
    assert (await company.contact(visitor)).fields == {}


async def test_an_unnamed_visitor_can_say_nothing_of_the_kind(company: Company) -> None:
    forged = company.sign("u-1", secret="x" * 43, fields={"plan": "gold"})
    with pytest.raises(Exception, match=r"channels\.identity"):
        await company.come_with(forged)
