"""The organization's own fields, what contacts have in them, and who changed what."""

import asyncio

import pytest

from frontdesk.contacts import (
    FIELDS_CHANGED,
    Author,
    Contact,
    ContactChanges,
    Field,
    FieldChanges,
    FieldKind,
    Identity,
    Merge,
    NewField,
    Source,
    Value,
    change_field,
    changes_of,
    create_field,
    find_contact_in,
    get_contact,
    identify_in,
    introduce_in,
    list_fields,
    merge_in,
    update_contact,
)
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.core.subject import Subject
from frontdesk.platform import Platform
from tests.service.contact_lists import list_contacts
from tests.service.staff_people import add_agent, administrator, subject_of, visitor
from tests.service.test_contacts_records import add_contact


@pytest.fixture
async def admin(platform: Platform, organization: int) -> Subject:
    return await administrator(platform, organization)


async def make(platform: Platform, admin: Subject, key: str, kind: FieldKind, *choices: str) -> Field:
    new = NewField(key=key, label=key.title(), kind=kind, choices=choices)
    return await create_field(platform, admin, new)


async def put(platform: Platform, who: Subject, **values: Value | None) -> Contact:
    return await update_contact(platform, who, 100, ContactChanges(fields=values))


async def test_fields_stand_in_an_order_that_can_be_changed_and_the_change_is_told(
    platform: Platform, organization: int, admin: Subject
) -> None:
    told: list[int] = []
    FIELDS_CHANGED.subscribe(platform.bus, lambda event: told.append(event.organization_id))
    for key in ("plan", "size", "since"):
        await make(platform, admin, key, FieldKind.TEXT)
    since = (await list_fields(platform, admin))[2]
    moved = await change_field(platform, admin, since.id, FieldChanges(position=0, label="Member since"))
    again = await change_field(platform, admin, since.id, FieldChanges(position=0, label="Member since"))
    assert moved == again
    found = await list_fields(platform, subject_of(await add_agent(platform, organization, "lin")))
    assert [(each.key, each.position) for each in found] == [("since", 0), ("plan", 1), ("size", 2)]
    assert found[0].label == "Member since"
    assert told == [organization] * 4


@pytest.mark.parametrize(
    ("new", "code"),
    [
        (NewField(key="Plan", label="Plan", kind=FieldKind.TEXT), "contacts.field-key"),
        (NewField(key="1st", label="Plan", kind=FieldKind.TEXT), "contacts.field-key"),
        (NewField(key="x" * 41, label="Plan", kind=FieldKind.TEXT), "contacts.field-key"),
        (NewField(key="plan\n", label="Plan", kind=FieldKind.TEXT), "contacts.field-key"),
        (NewField(key="plan", label=" \u202e ", kind=FieldKind.TEXT), "text.missing"),
        (NewField(key="plan", label="x" * 51, kind=FieldKind.TEXT), "text.too-long"),
        (NewField(key="plan", label="Plan", kind=FieldKind.CHOICE), "contacts.choices"),
        (NewField(key="plan", label="Plan", kind=FieldKind.TEXT, choices=("a",)), "contacts.choices"),
        (NewField(key="plan", label="Plan", kind=FieldKind.CHOICE, choices=("a", "a ")), "contacts.choices"),
        (
            NewField(
                key="plan", label="Plan", kind=FieldKind.CHOICE, choices=tuple(str(n) for n in range(101))
            ),
            "contacts.choices",
        ),
    ],
)
async def test_a_field_that_makes_no_sense_is_refused(
    platform: Platform, admin: Subject, new: NewField, code: str
) -> None:
    with pytest.raises(FrontdeskError) as caught:
        await create_field(platform, admin, new)
    assert (caught.value.kind, caught.value.code) == (ErrorKind.INVALID, code)
    assert list(await list_fields(platform, admin)) == []


async def test_a_key_stays_taken_also_when_two_ask_at_once(platform: Platform, admin: Subject) -> None:
    outcomes = await asyncio.gather(
        *(make(platform, admin, "plan", FieldKind.TEXT) for _ in range(4)), return_exceptions=True
    )
    made = [each for each in outcomes if isinstance(each, Field)]
    assert len(made) == 1
    await change_field(platform, admin, made[0].id, FieldChanges(archived=True))
    with pytest.raises(FrontdeskError, match=r"contacts\.field-exists"):
        await make(platform, admin, "plan", FieldKind.NUMBER)


async def test_values_are_of_their_kind_are_found_and_can_be_emptied(
    platform: Platform, organization: int, admin: Subject
) -> None:
    await add_contact(platform, organization, 100)
    for kind in FieldKind:
        await make(
            platform, admin, f"a_{kind}", kind, *(["gold", "blue"] if kind is FieldKind.CHOICE else [])
        )
    values: dict[str, Value] = {
        "a_text": "Älter  als \u202edie Stadt",
        "a_number": 12.5,
        "a_date": "2024-02-29",
        "a_choice": "gold",
        "a_boolean": False,
        "a_link": "https://example.com/ü?q=1",
    }
    changed = await put(platform, admin, **values)
    assert changed.fields == {**values, "a_text": "Älter als die Stadt"}
    assert await get_contact(platform, admin, 100) == changed
    for text in ("ÄLTER ALS", "12.5", "2024-02", "GOLD"):
        assert [each.id for each in (await list_contacts(platform, admin, text=text)).items] == [100], text
    assert list((await list_contacts(platform, admin, text="false")).items) == []
    emptied = await put(platform, admin, a_text="", a_number=None, a_boolean=None)
    assert set(emptied.fields) == {"a_date", "a_choice", "a_link"}


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (FieldKind.TEXT, 5),
        (FieldKind.TEXT, True),
        (FieldKind.TEXT, "x" * 501),
        (FieldKind.NUMBER, "5"),
        (FieldKind.NUMBER, True),
        (FieldKind.NUMBER, 1 << 53),
        (FieldKind.NUMBER, -1e300),
        (FieldKind.DATE, "2023-02-29"),
        (FieldKind.DATE, "29.11.2026"),
        (FieldKind.DATE, "2026-11-29T00:00"),
        (FieldKind.DATE, "２０２６-11-29"),
        (FieldKind.CHOICE, "green"),
        (FieldKind.BOOLEAN, "true"),
        (FieldKind.BOOLEAN, 1),
        (FieldKind.LINK, "javascript:alert(1)"),
        (FieldKind.LINK, "https://"),
        (FieldKind.LINK, "http://[::1"),
        (FieldKind.LINK, "https://example.com/" + "x" * 2_000),
    ],
)
async def test_a_value_of_another_kind_changes_nothing_and_names_the_field(
    platform: Platform, organization: int, admin: Subject, kind: FieldKind, value: Value
) -> None:
    before = await add_contact(platform, organization, 100)
    await make(platform, admin, "own", kind, *(["gold"] if kind is FieldKind.CHOICE else []))
    with pytest.raises(FrontdeskError) as caught:
        await update_contact(platform, admin, 100, ContactChanges(name="Zhou", fields={"own": value}))
    assert caught.value.kind is ErrorKind.INVALID
    assert "own" in str(caught.value.details["field"]).lower()
    assert await get_contact(platform, admin, 100) == before


async def test_what_is_no_longer_a_choice_or_stands_in_an_archived_field_stays(
    platform: Platform, organization: int, admin: Subject
) -> None:
    await add_contact(platform, organization, 100)
    plan = await make(platform, admin, "plan", FieldKind.CHOICE, "gold", "blue")
    size = await make(platform, admin, "size", FieldKind.NUMBER)
    await put(platform, admin, plan="gold", size=5)
    await change_field(platform, admin, plan.id, FieldChanges(choices=("blue",)))
    await change_field(platform, admin, size.id, FieldChanges(archived=True))
    kept = await put(platform, admin, plan="gold")
    assert kept.fields == {"plan": "gold", "size": 5}
    for values in ({"size": 6}, {"nothing": 6}):
        with pytest.raises(FrontdeskError, match=r"contacts\.field-unknown"):
            await update_contact(platform, admin, 100, ContactChanges(fields=values))
    await put(platform, admin, plan="blue")
    with pytest.raises(FrontdeskError, match=r"contacts\.value"):
        await put(platform, admin, plan="gold")


async def test_the_history_tells_who_changed_what_from_what_to_what(
    platform: Platform, organization: int, admin: Subject
) -> None:
    lin = subject_of(await add_agent(platform, organization, "lin"))
    first = (await add_contact(platform, organization, 100)).name
    await make(platform, admin, "size", FieldKind.NUMBER)
    await platform.database.write(
        organization,
        lambda tx: introduce_in(platform, tx, organization, 100, name="Zhou", email="", phone="1234567"),
    )
    await platform.database.write(
        organization, lambda tx: identify_in(platform, tx, organization, 100, Identity("u-7", "Zhou Li"))
    )
    await update_contact(platform, lin, 100, ContactChanges(company="Lantern", fields={"size": 5}))
    await update_contact(platform, admin, 100, ContactChanges(company="Lantern", fields={"size": 6}))
    await update_contact(platform, admin, 100, ContactChanges(company="Lantern"))
    page = await changes_of(platform, lin, 100, limit=3)
    rest = await changes_of(platform, lin, 100, cursor=page.cursor)
    told = [
        (each.by.source.value, each.by.id, each.field, each.before, each.after)
        for each in [*page.items, *rest.items]
    ]
    assert told == [
        ("agent", admin.id, "fields.size", 5, 6),
        ("agent", lin.id, "fields.size", None, 5),
        ("agent", lin.id, "company", "", "Lantern"),
        ("company", 0, "external_id", None, "u-7"),
        ("company", 0, "name", "Zhou", "Zhou Li"),
        ("visitor", 0, "phone", "", "1234567"),
        ("visitor", 0, "name", first, "Zhou"),
    ]


async def test_nobody_writes_over_what_somebody_else_changed_unseen(
    platform: Platform, organization: int, admin: Subject
) -> None:
    lin = subject_of(await add_agent(platform, organization, "lin"))
    seen = (await add_contact(platform, organization, 100)).version
    await update_contact(platform, lin, 100, ContactChanges(remark="Calls at night", version=seen))
    with pytest.raises(FrontdeskError) as caught:
        await update_contact(platform, admin, 100, ContactChanges(remark="Calls at noon", version=seen))
    assert (caught.value.kind, caught.value.code) == (ErrorKind.CONFLICT, "contacts.changed-meanwhile")
    assert caught.value.details == {"field": "remark", "version": seen + 1}
    other = await update_contact(platform, admin, 100, ContactChanges(phone="1234567", version=seen))
    assert (other.remark, other.phone) == ("Calls at night", "1234567")
    same = await update_contact(platform, admin, 100, ContactChanges(remark="Calls at night", version=seen))
    own = await update_contact(platform, lin, 100, ContactChanges(remark="Calls at dawn", version=seen))
    assert (same.version, own.remark) == (other.version, "Calls at dawn")
    await update_contact(platform, admin, 100, ContactChanges(remark="Calls", version=own.version))


async def test_of_many_who_write_at_once_one_wins_and_the_others_are_told(
    platform: Platform, organization: int, admin: Subject
) -> None:
    people = [subject_of(await add_agent(platform, organization, f"lin{n}")) for n in range(5)]
    seen = (await add_contact(platform, organization, 100)).version
    outcomes = await asyncio.gather(
        *(
            update_contact(platform, who, 100, ContactChanges(remark=str(who.id), version=seen))
            for who in people
        ),
        return_exceptions=True,
    )
    won = [each for each in outcomes if isinstance(each, Contact)]
    assert len(won) == 1
    assert (await get_contact(platform, admin, 100)) == won[0]
    assert len((await changes_of(platform, admin, 100)).items) == 1


async def test_two_records_made_one_keep_the_values_and_the_history_of_both(
    platform: Platform, organization: int, admin: Subject
) -> None:
    for key in ("plan", "size"):
        await make(platform, admin, key, FieldKind.TEXT)
    for contact_id, plan in ((100, "gold"), (101, "blue")):
        await add_contact(platform, organization, contact_id)
        await update_contact(platform, admin, contact_id, ContactChanges(fields={"plan": plan}))
    await update_contact(platform, admin, 100, ContactChanges(company="Lantern", fields={"size": "9"}))
    merged = await platform.database.write(
        organization,
        lambda tx: merge_in(platform, tx, organization, 101, Merge(100), author=Author(Source.COMPANY)),
    )
    assert (merged.company, merged.fields) == ("Lantern", {"plan": "blue", "size": "9"})
    found = await platform.database.read(
        organization, lambda reader: find_contact_in(reader, organization, 100)
    )
    assert found == merged
    told = [(each.field, each.after) for each in (await changes_of(platform, admin, 100)).items]
    assert [each for each in told if each[0] == "fields.plan"] == [
        ("fields.plan", "blue"),
        ("fields.plan", "gold"),
    ]


async def test_who_may_not_is_refused_before_anything_is_looked_up(
    platform: Platform, organization: int, other_organization: int, admin: Subject
) -> None:
    lin = subject_of(await add_agent(platform, organization, "lin"))
    foreign = await administrator(platform, other_organization, "oda")
    field = await make(platform, admin, "plan", FieldKind.TEXT)
    await add_contact(platform, organization, 100)
    me = visitor(organization, 100)
    changes, new = FieldChanges(label="Changed"), NewField(key="new", label="New", kind=FieldKind.TEXT)
    for attempt, kind in (
        (change_field(platform, lin, field.id, changes), ErrorKind.FORBIDDEN),
        (change_field(platform, lin, 1, changes), ErrorKind.FORBIDDEN),
        (create_field(platform, lin, new), ErrorKind.FORBIDDEN),
        (list_fields(platform, me), ErrorKind.FORBIDDEN),
        (changes_of(platform, me, 100), ErrorKind.FORBIDDEN),
        (change_field(platform, foreign, field.id, changes), ErrorKind.NOT_FOUND),
        (change_field(platform, admin, 1, changes), ErrorKind.NOT_FOUND),
        (changes_of(platform, foreign, 100), ErrorKind.NOT_FOUND),
    ):
        with pytest.raises(FrontdeskError) as caught:
            await attempt
        assert caught.value.kind is kind
    assert list(await list_fields(platform, foreign)) == []
    await make(platform, foreign, "plan", FieldKind.NUMBER)
    assert list(await list_fields(platform, admin)) == [field]
