"""The form before the chat: what is asked of whom, what becomes of the answers, what is refused."""

from collections.abc import AsyncIterator, Mapping

import pytest

from frontdesk.channels import (
    Channel,
    ChannelChanges,
    ConversationBody,
    ConversationOpened,
    FormKind,
    FormLine,
    LocalizedOptions,
    add_key,
    open_conversation,
    update_channel,
)
from frontdesk.contacts import (
    ContactChanges,
    FieldChanges,
    FieldKind,
    NewField,
    change_field,
    changes_of,
    create_field,
    get_contact,
    update_contact,
)
from frontdesk.conversations import FormAnswer, Opened, decode_body
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.core.subject import Subject
from frontdesk.dispatch import close
from frontdesk.platform import Platform
from frontdesk.settings import LocalizedText
from frontdesk.staff import Policy, create_team
from tests.service.bot_shop import Shop, open_shop
from tests.service.test_channels_identity import Company

ORDER = FormLine(kind=FormKind.TEXT, key="order", label=LocalizedText("订单号", "Order number"))
REASON = FormLine(
    kind=FormKind.CHOICE,
    key="why",
    label=LocalizedText("哪类问题？", "What is it about?"),
    choices=LocalizedOptions(("退货", "其他"), ("Returns", "Else")),
)
NAME, EMAIL, PHONE = (FormLine(kind=kind) for kind in (FormKind.NAME, FormKind.EMAIL, FormKind.PHONE))


def needed(line: FormLine) -> FormLine:
    return FormLine(
        kind=line.kind, key=line.key, label=line.label, choices=line.choices, teams=line.teams, required=True
    )


@pytest.fixture
async def shop(platform: Platform, organization: int) -> AsyncIterator[Shop]:
    opened = await open_shop(platform, organization)
    for key, kind, choices in (
        ("plan", FieldKind.CHOICE, ("free", "gold")),
        ("orders", FieldKind.NUMBER, ()),
    ):
        await create_field(
            platform, opened.admin, NewField(key=key, label=key.title(), kind=kind, choices=choices)
        )
    yield opened
    await opened.tasks.stop()


async def ask(shop: Shop, *lines: FormLine) -> Channel:
    return await update_channel(shop.platform, shop.admin, shop.channel.id, ChannelChanges(form=lines))


def plan(*, required: bool = False) -> FormLine:
    return FormLine(kind=FormKind.FIELD, key="plan", required=required)


async def opened_by(
    shop: Shop, visitor: Subject, form: Mapping[str, str | int | float | bool], language: str = "en"
) -> ConversationOpened:
    return await open_conversation(shop.platform, visitor, ConversationBody(language, form=dict(form)))


async def refusal(
    shop: Shop, visitor: Subject, form: Mapping[str, str | int | float | bool]
) -> FrontdeskError:
    with pytest.raises(FrontdeskError) as caught:
        await opened_by(shop, visitor, form)
    assert caught.value.kind is ErrorKind.INVALID
    return caught.value


async def test_a_channel_without_a_form_asks_nothing(shop: Shop) -> None:
    visitor, session = await shop.come()
    assert session.form == ()
    opened = await opened_by(shop, visitor, {"name": "Ada", "own.order": "7"})
    assert decode_body(opened.entries[0], Opened).answers == ()
    assert not (await get_contact(shop.platform, shop.admin, visitor.id)).name_given


async def test_the_form_is_asked_in_the_visitors_language_with_what_may_be_chosen(shop: Shop) -> None:
    await ask(
        shop, needed(NAME), plan(), REASON, ORDER, FormLine(kind=FormKind.TEAM, teams=(str(shop.team.id),))
    )
    _visitor, session = await shop.come("zh-CN")
    name, field, why, order, team = session.form
    assert (name.id, name.kind, name.required, name.lasting) == ("name", "name", True, True)
    assert (field.id, field.kind, field.label) == ("fields.plan", "choice", "Plan")
    assert [option.value for option in field.options] == ["free", "gold"]
    assert (why.label, [option.label for option in why.options]) == ("哪类问题？", ["退货", "其他"])
    assert (order.id, order.lasting) == ("own.order", False)
    assert [(option.value, option.label) for option in team.options] == [(str(shop.team.id), "Care")]


async def test_answers_about_the_visitor_go_to_the_record_and_the_others_to_the_log(shop: Shop) -> None:
    await ask(shop, NAME, EMAIL, PHONE, plan(), FormLine(kind=FormKind.FIELD, key="orders"), ORDER, REASON)
    visitor, _session = await shop.come()
    given = {
        "name": " Ada  Lantern ",
        "email": "ada@example.org",
        "phone": "+44 20 7946 0018",
        "fields.plan": "gold",
        "fields.orders": 3,
        "own.order": "4711\nand 4712",
        "own.why": "Returns",
    }
    opened = await opened_by(shop, visitor, given)
    contact = await get_contact(shop.platform, shop.admin, visitor.id)
    assert (contact.name, contact.email, contact.phone) == (
        "Ada Lantern",
        "ada@example.org",
        "+44 20 7946 0018",
    )
    assert contact.fields == {"plan": "gold", "orders": 3}
    assert opened.conversation.contact.name == "Ada Lantern"
    assert decode_body(opened.entries[0], Opened).answers == (
        FormAnswer("Order number", "4711\nand 4712"),
        FormAnswer("What is it about?", "Returns"),
    )
    changes = await changes_of(shop.platform, shop.admin, visitor.id)
    assert {change.by.source.value for change in changes.items} == {"visitor"}


async def test_what_staff_wrote_is_neither_asked_for_nor_replaced(shop: Shop) -> None:
    await ask(shop, NAME, plan(required=True))
    visitor, session = await shop.come()
    wrote = ContactChanges(name="Miss Ada", fields={"plan": "gold"})
    await update_contact(shop.platform, shop.admin, visitor.id, wrote)
    _visitor, session = await shop.come("en", session.visitor_key)
    assert session.form == ()
    await opened_by(shop, visitor, {"name": "Mallory", "fields.plan": "free"})
    contact = await get_contact(shop.platform, shop.admin, visitor.id)
    assert (contact.name, contact.fields) == ("Miss Ada", {"plan": "gold"})


async def test_a_signed_identity_that_carries_everything_is_asked_nothing(shop: Shop) -> None:
    await ask(shop, needed(NAME), needed(EMAIL), plan(required=True))
    company = Company(shop, await add_key(shop.platform, shop.admin, shop.channel.id))
    full = company.sign("u-1", name="Ada", email="ada@example.org", fields={"plan": "gold"})
    visitor, session = await company.come_with(full)
    assert session.form == ()
    assert (await opened_by(shop, visitor, {})).conversation.state == "bot"
    _visitor, session = await company.come_with(company.sign("u-2", name="Bo"))
    assert [line.id for line in session.form] == ["email", "fields.plan"]


async def test_who_comes_again_is_asked_only_about_the_new_conversation(shop: Shop) -> None:
    await ask(shop, needed(NAME), needed(ORDER))
    visitor, session = await shop.come()
    opened = await opened_by(shop, visitor, {"name": "Ada", "own.order": "1"})
    await close(shop.platform, visitor, int(opened.conversation.id))
    _visitor, session = await shop.come("en", session.visitor_key)
    assert [line.id for line in session.form] == ["own.order"]
    error = await refusal(shop, visitor, {})
    assert (error.code, error.details) == ("channels.form-missing", {"field": "own.order"})


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({}, "name"),
        ({"name": " \x00 "}, "name"),
        ({"name": 7}, "name"),
        ({"name": "A" * 81}, "name"),
        ({"name": "Ada", "email": "nowhere"}, "email"),
        ({"name": "Ada", "phone": "call me"}, "phone"),
        ({"name": "Ada", "fields.plan": "platinum"}, "fields.plan"),
        ({"name": "Ada", "fields.plan": True}, "fields.plan"),
        ({"name": "Ada", "fields.orders": "three"}, "fields.orders"),
        ({"name": "Ada", "own.why": "退款"}, "own.why"),
        ({"name": "Ada", "own.order": "x" * 1_001}, "own.order"),
        ({"name": "Ada", "team": "1"}, "team"),
    ],
)
async def test_an_answer_that_cannot_be_is_refused_by_its_name_and_nothing_is_opened(
    shop: Shop, form: dict[str, str | int | float | bool], field: str
) -> None:
    orders = FormLine(kind=FormKind.FIELD, key="orders")
    team = FormLine(kind=FormKind.TEAM, teams=(str(shop.team.id),))
    await ask(shop, needed(NAME), EMAIL, PHONE, plan(), orders, REASON, ORDER, team)
    visitor, session = await shop.come()
    error = await refusal(shop, visitor, form)
    assert error.details == {"field": field}
    _visitor, session = await shop.come("en", session.visitor_key)
    assert session.conversation is None
    assert not (await get_contact(shop.platform, shop.admin, visitor.id)).name_given


async def test_a_choice_that_was_made_in_the_other_language_counts(shop: Shop) -> None:
    await ask(shop, REASON)
    visitor, _session = await shop.come("zh-CN")
    opened = await opened_by(shop, visitor, {"own.why": "退货"}, "en")
    assert decode_body(opened.entries[0], Opened).answers == (FormAnswer("What is it about?", "退货"),)


async def test_answers_to_what_is_no_longer_asked_are_passed_over(shop: Shop) -> None:
    await ask(shop, NAME)
    visitor, _session = await shop.come()
    await opened_by(shop, visitor, {"name": "Ada", "own.gone": "x", "fields.plan": "gold"})
    contact = await get_contact(shop.platform, shop.admin, visitor.id)
    assert (contact.name, contact.fields) == ("Ada", {})


async def test_repeating_the_opening_changes_nothing(shop: Shop) -> None:
    await ask(shop, needed(NAME), needed(ORDER))
    visitor, _session = await shop.come()
    first = await opened_by(shop, visitor, {"name": "Ada", "own.order": "1"})
    again = await opened_by(shop, visitor, {"name": "Ada", "own.order": "1"})
    empty = await opened_by(shop, visitor, {})
    assert {each.conversation.id for each in (first, again, empty)} == {first.conversation.id}
    assert len(empty.entries) == len(first.entries)


async def test_the_chosen_team_is_where_the_bot_hands_over_to(shop: Shop) -> None:
    sales = await create_team(shop.platform, shop.admin, "Sales", Policy.LEAST_BUSY, None)
    await ask(shop, needed(FormLine(kind=FormKind.TEAM, teams=(str(shop.team.id), str(sales.id)))))
    visitor, _session = await shop.come()
    opened = await opened_by(shop, visitor, {"team": str(sales.id)})
    assert opened.conversation.team_id == str(sales.id)


async def test_without_a_bot_the_chosen_teams_queue_is_joined(shop: Shop) -> None:
    await update_channel(
        shop.platform, shop.admin, shop.channel.id, ChannelChanges(bot_id=None, team_id=None)
    )
    await ask(shop, needed(FormLine(kind=FormKind.TEAM, teams=(str(shop.team.id),))))
    await shop.put_on_duty()
    visitor, _session = await shop.come()
    opened = await opened_by(shop, visitor, {"team": str(shop.team.id)})
    assert (opened.conversation.state, opened.conversation.team_id) == ("active", str(shop.team.id))


async def test_an_archived_field_is_not_asked_for_any_more(shop: Shop) -> None:
    field = await create_field(
        shop.platform, shop.admin, NewField(key="size", label="Size", kind=FieldKind.TEXT)
    )
    await ask(shop, FormLine(kind=FormKind.FIELD, key="size", required=True))
    visitor, session = await shop.come()
    assert [(line.id, line.kind) for line in session.form] == [("fields.size", "line")]
    await change_field(shop.platform, shop.admin, field.id, FieldChanges(archived=True))
    _visitor, session = await shop.come("en", session.visitor_key)
    assert session.form == ()
    await opened_by(shop, visitor, {})


@pytest.mark.parametrize(
    "lines",
    [
        (FormLine(kind=FormKind.TEXT),),
        (FormLine(kind=FormKind.CHOICE, label=LocalizedText(en="Which?")),),
        (FormLine(kind=FormKind.NAME, choices=LocalizedOptions(en=("a",))),),
        (FormLine(kind=FormKind.TEAM),),
        (FormLine(kind=FormKind.EMAIL, teams=("1",)),),
        (FormLine(kind=FormKind.FIELD, key="no_such"),),
        (FormLine(kind=FormKind.FIELD),),
        (NAME, NAME),
        (ORDER, ORDER),
        (FormLine(kind=FormKind.TEXT, label=LocalizedText(en="x" * 121)),),
    ],
)
async def test_a_form_that_nobody_could_answer_is_refused(shop: Shop, lines: tuple[FormLine, ...]) -> None:
    with pytest.raises(FrontdeskError) as caught:
        await ask(shop, *lines)
    assert caught.value.kind is ErrorKind.INVALID


async def test_a_team_of_nobody_is_not_found(shop: Shop) -> None:
    with pytest.raises(FrontdeskError) as caught:
        await ask(shop, FormLine(kind=FormKind.TEAM, teams=("12345",)))
    assert caught.value.kind is ErrorKind.NOT_FOUND


async def test_a_question_of_the_channels_own_gets_a_key_that_stays(shop: Shop) -> None:
    channel = await ask(shop, FormLine(kind=FormKind.TEXT, label=LocalizedText(en="Why?")))
    (line,) = channel.form
    assert line.key
    assert (await ask(shop, line)).form == (line,)
