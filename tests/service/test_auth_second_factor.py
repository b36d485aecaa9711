"""The second factor: no session without it, no code twice, a way back for who has lost it, and nobody in between."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest

from frontdesk.audit import AuditEntry, Filter, find_in
from frontdesk.auth.routes import ROUTES
from frontdesk.core.clock import ManualClock
from frontdesk.core.subject import Role
from frontdesk.platform import EVERY_ORGANIZATION, Platform
from frontdesk.staff.routes import ROUTES as STAFF_ROUTES
from tests.service import auth_world
from tests.service.auth_world import PASSWORD, World
from tests.service.second_factor_app import App, Browser

FRESH = "tangerine-otter-91"


@pytest.fixture
async def world(platform: Platform, organization: int) -> World:
    return await auth_world.build(platform, organization)


@pytest.fixture
async def browser(world: World, clock: ManualClock) -> AsyncIterator[Browser]:
    async with world.client([*ROUTES, *STAFF_ROUTES]) as http:
        yield Browser(http, clock)


async def told(world: World, action: str) -> list[AuditEntry]:
    """Newest first."""
    wanted = Filter(action=action)
    return list(
        await world.platform.database.read(
            world.organization,
            lambda reader: find_in(reader, world.organization, wanted, before=1 << 62, limit=50),
        )
    )


def code_of(answer: httpx.Response) -> str:
    return answer.json()["error"]["code"]


async def require_it(browser: Browser, token: str) -> None:
    headers = {"authorization": f"Bearer {token}"}
    answer = await browser.http.patch("/v1/sign-in-policy", json={"second_factor": True}, headers=headers)
    assert answer.json()["second_factor"] is True


async def test_with_an_app_the_password_alone_opens_nothing(world: World, browser: Browser) -> None:
    app, codes, _ = await browser.enrol()
    step = await browser.sign_in()
    assert set(step) == {"needs", "continuation", "expires_at"}
    assert step["needs"] == "code"
    refused = await browser.http.get(
        "/v1/me/sessions", headers={"authorization": f"Bearer {step['continuation']}"}
    )
    assert refused.status_code == 401
    done = await browser.show(step, app.next())
    assert done.status_code == 200
    assert "frontdesk_refresh" in done.headers["set-cookie"]
    subject = world.authenticator.verify(done.json()["access_token"])
    assert subject.id == world.ada
    assert len(codes) == 10
    assert (await told(world, "session.signed_in"))[0].facts == {"by": "totp"}
    assert (await told(world, "account.second_factor_enabled"))[0].actor_id == world.ada


async def test_no_code_is_good_twice_and_the_answer_does_not_tell_it_from_a_wrong_one(
    browser: Browser,
) -> None:
    app, _, _ = await browser.enrol()
    enrolled_with = app.code()
    step = await browser.sign_in()
    answers = [
        await browser.show(step, code) for code in (enrolled_with, app.wrong(), "", "no code", "1" * 64)
    ]
    code = app.next()
    assert (await browser.show(step, code)).status_code == 200
    again = await browser.sign_in()
    answers.append(await browser.show(again, code))
    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.text for answer in answers}) == 1
    assert code_of(answers[0]) == "auth.code-wrong"


async def test_a_step_opens_one_session_even_when_its_code_is_sent_twice_at_once(browser: Browser) -> None:
    app, _, _ = await browser.enrol()
    step = await browser.sign_in()
    code = app.next()
    answers = await asyncio.gather(*(browser.show(step, code) for _turn in range(4)))
    assert sorted(answer.status_code for answer in answers) == [200, 401, 401, 401]


async def test_what_is_no_step_or_over_gets_one_answer(browser: Browser, clock: ManualClock) -> None:
    app, _, _ = await browser.enrol()
    used, late = await browser.sign_in(), await browser.sign_in()
    assert (await browser.show(used, app.next())).status_code == 200
    clock.advance(seconds=15 * 60)
    made_up = {"continuation": "made-up"}
    answers = [await browser.show(step, app.code()) for step in (used, late, made_up, {"continuation": ""})]
    assert {(answer.status_code, code_of(answer)) for answer in answers} == {(401, "auth.sign-in-over")}
    assert len({answer.text for answer in answers}) == 1


async def test_a_recovery_code_opens_the_account_once(world: World, browser: Browser) -> None:
    _, codes, _ = await browser.enrol()
    done = await browser.show(await browser.sign_in(), f" {codes[3].upper().replace('-', ' ')} ")
    assert done.status_code == 200
    assert (await told(world, "session.signed_in"))[0].facts == {"by": "recovery_code"}
    assert code_of(await browser.show(await browser.sign_in(), codes[3])) == "auth.code-wrong"
    token = done.json()["access_token"]
    status = await browser.http.get("/v1/me/second-factor", headers={"authorization": f"Bearer {token}"})
    assert status.json()["recovery_codes"] == 9


async def test_ones_recovery_code_is_nothing_for_a_colleague(world: World, browser: Browser) -> None:
    await world.account("mei")
    _, codes, _ = await browser.enrol()
    await browser.enrol("mei")
    assert code_of(await browser.show(await browser.sign_in("mei"), codes[0])) == "auth.code-wrong"


async def test_wrong_codes_make_the_next_try_wait_longer_each_time_and_a_right_one_ends_it(
    world: World, browser: Browser, clock: ManualClock
) -> None:
    app, codes, _ = await browser.enrol()
    step = await browser.sign_in()
    for _ in range(5):
        assert (await browser.show(step, app.wrong())).status_code == 401
    waits: list[float] = []
    for _ in range(3):
        for code in (app.wrong(), app.code(), codes[0]):
            answer = await browser.show(step, code)
            assert (answer.status_code, code_of(answer)) == (429, "auth.throttled")
        waits.append(float(answer.headers["retry-after"]))
        clock.advance(seconds=waits[-1] + 1)
        step = await browser.sign_in()
        assert (await browser.show(step, app.wrong())).status_code == 401
    assert waits == sorted(waits)
    assert waits[-1] > 2 * waits[0]
    clock.advance(seconds=3_600)
    step = await browser.sign_in()
    assert (await browser.show(step, app.code())).status_code == 200
    step = await browser.sign_in()
    assert (await browser.show(step, app.wrong())).status_code == 401
    failed = await told(world, "session.sign_in_failed")
    assert all(entry.facts == {"by": "code"} for entry in failed)
    assert len(failed) == 9


async def test_the_secret_is_told_when_it_is_offered_and_never_again(world: World, browser: Browser) -> None:
    app, codes, token = await browser.enrol()
    headers = {"authorization": f"Bearer {token}"}
    again = await browser.post("/v1/me/second-factor", {"password": PASSWORD}, token)
    assert (again.status_code, code_of(again)) == (409, "auth.second-factor-on")
    answers = [again, *[await browser.http.get(path, headers=headers) for path in ("/v1/me/second-factor", f"/v1/agents/{world.ada}/second-factor", "/v1/agents")]]  # fmt: skip
    everything = "".join(answer.text for answer in answers)
    assert app.secret not in everything
    rows = await world.platform.database.read(
        EVERY_ORGANIZATION, lambda reader: reader.fetch("select hash from recovery_code")
    )
    assert len(rows) == 10
    assert not {row[0] for row in rows} & set(codes)
    entries = await world.platform.database.read(
        world.organization,
        lambda reader: find_in(reader, world.organization, Filter(), before=1 << 62, limit=99),
    )
    told_of = str(entries)
    assert not any(secret in told_of for secret in (app.secret, *codes))


async def test_setting_it_up_needs_the_password_and_a_code_and_changes_nothing_before(
    browser: Browser, clock: ManualClock
) -> None:
    token = (await browser.sign_in())["access_token"]
    wrong = await browser.post("/v1/me/second-factor", {"password": "not this one"}, token)
    assert (wrong.status_code, code_of(wrong)) == (400, "auth.password-wrong")
    none = await browser.post("/v1/me/second-factor/confirmation", {"code": "123456"}, token)
    assert (none.status_code, code_of(none)) == (409, "auth.second-factor-offer")
    first = App(
        (await browser.post("/v1/me/second-factor", {"password": PASSWORD}, token)).json()["secret"], clock
    )
    second = App(
        (await browser.post("/v1/me/second-factor", {"password": PASSWORD}, token)).json()["secret"], clock
    )
    late = await browser.post("/v1/me/second-factor/confirmation", {"code": first.code()}, token)
    assert (late.status_code, code_of(late)) == (400, "auth.code-wrong")
    assert "access_token" in await browser.sign_in()
    done = await browser.post("/v1/me/second-factor/confirmation", {"code": second.code()}, token)
    assert done.status_code == 200
    assert (await browser.sign_in())["needs"] == "code"


async def test_turning_it_off_and_new_recovery_codes_need_password_and_code(
    world: World, browser: Browser
) -> None:
    app, codes, token = await browser.enrol()
    for path in ("removal", "recovery-codes"):
        for password, code in (("not this one", app.next()), (PASSWORD, app.wrong())):
            body = {"password": password, "code": code}
            answer = await browser.post(f"/v1/me/second-factor/{path}", body, token)
            assert answer.status_code == 400
    fresh = await browser.post(
        "/v1/me/second-factor/recovery-codes", {"password": PASSWORD, "code": app.next()}, token
    )
    assert not set(fresh.json()["recovery_codes"]) & set(codes)
    assert (await browser.show(await browser.sign_in(), codes[0])).status_code == 401
    gone = await browser.post(
        "/v1/me/second-factor/removal",
        {"password": PASSWORD, "code": fresh.json()["recovery_codes"][0]},
        token,
    )
    assert gone.status_code == 204
    assert "access_token" in await browser.sign_in()
    for action in ("account.recovery_codes_renewed", "account.second_factor_disabled"):
        assert [entry.actor_id for entry in await told(world, action)] == [world.ada]


async def test_where_it_is_required_it_is_set_up_before_anything_else(
    world: World, browser: Browser, clock: ManualClock
) -> None:
    await world.account("mei")
    await require_it(browser, (await browser.sign_in())["access_token"])
    step = await browser.sign_in("mei")
    assert step["needs"] == "enrolment"
    assert code_of(await browser.show(step, "123456")) == "auth.sign-in-over"
    begun = {"continuation": step["continuation"]}
    app = App((await browser.post("/v1/auth/enrolment", begun)).json()["secret"], clock)
    wrong = await browser.post("/v1/auth/enrolment/confirmation", {**begun, "code": app.wrong()})
    assert (wrong.status_code, code_of(wrong)) == (401, "auth.code-wrong")
    done = await browser.post("/v1/auth/enrolment/confirmation", {**begun, "code": app.code()})
    assert done.status_code == 200
    assert len(done.json()["recovery_codes"]) == 10
    assert world.authenticator.verify(done.json()["signed_in"]["access_token"])
    assert "frontdesk_refresh" in done.headers["set-cookie"]
    over = await browser.post("/v1/auth/enrolment", begun)
    assert (over.status_code, code_of(over)) == (401, "auth.sign-in-over")
    step = await browser.sign_in("mei")
    assert step["needs"] == "code"
    token = (await browser.show(step, app.next())).json()["access_token"]
    kept = await browser.post(
        "/v1/me/second-factor/removal", {"password": PASSWORD, "code": app.next()}, token
    )
    assert (kept.status_code, code_of(kept)) == (409, "auth.second-factor-required")


async def test_an_app_that_was_set_up_meanwhile_is_not_replaced_by_a_waiting_sign_in(
    world: World, browser: Browser, clock: ManualClock
) -> None:
    """Two sign-ins wait for the enrolment; who is faster has it, whoever the other one is."""
    await world.account("mei")
    await require_it(browser, (await browser.sign_in())["access_token"])
    fast, slow = [{"continuation": (await browser.sign_in("mei"))["continuation"]} for _turn in range(2)]
    app = App((await browser.post("/v1/auth/enrolment", fast)).json()["secret"], clock)
    assert (
        await browser.post("/v1/auth/enrolment/confirmation", {**fast, "code": app.code()})
    ).status_code == 200
    assert (await browser.post("/v1/auth/enrolment", slow)).status_code == 409
    late = await browser.post("/v1/auth/enrolment/confirmation", {**slow, "code": app.next()})
    assert late.status_code == 409


@pytest.mark.parametrize("ending", ["password", "disabled", "everywhere"])
async def test_a_sign_in_between_its_factors_ends_with_the_sessions(
    world: World, browser: Browser, ending: str
) -> None:
    mei = await world.account("mei")
    app, _, token = await browser.enrol("mei")
    step = await browser.sign_in("mei")
    admin = {"authorization": f"Bearer {(await browser.sign_in())['access_token']}"}
    if ending == "password":
        await browser.post("/v1/auth/password", {"old": PASSWORD, "new": FRESH}, token)
    elif ending == "everywhere":
        await browser.http.delete(f"/v1/agents/{mei}/sessions", headers=admin)
    else:
        await world.platform.database.write(
            EVERY_ORGANIZATION,
            lambda tx: tx.execute("update account set enabled = $1 where id = $2", False, mei),
        )
    assert code_of(await browser.show(step, app.next())) == "auth.sign-in-over"


async def test_a_colleagues_lost_factor_is_reset_by_who_may_and_ends_their_sessions(
    world: World, browser: Browser, other_organization: int
) -> None:
    mei = await world.account("mei")
    await world.account("lin", Role.LEADER)
    await world.account("eve", Role.ADMINISTRATOR, organization=other_organization)
    _, _, token = await browser.enrol("mei")
    path = f"/v1/agents/{mei}/second-factor"
    eve = (await world.sign_in("eve", PASSWORD, "paper-crane")).token.text
    admin = (await browser.sign_in())["access_token"]
    lin = (await browser.sign_in("lin"))["access_token"]
    for method in ("GET", "DELETE"):
        for holder, status in ((lin, 403), (eve, 404)):
            answer = await browser.http.request(method, path, headers={"authorization": f"Bearer {holder}"})
            assert answer.status_code == status
    headers = {"authorization": f"Bearer {admin}"}
    assert (await browser.http.get(path, headers=headers)).json()["enabled"] is True
    for _ in range(2):
        assert (await browser.http.delete(path, headers=headers)).status_code == 204
    assert (await browser.http.get(path, headers=headers)).json()["enabled"] is False
    ended = await browser.http.get("/v1/me/sessions", headers={"authorization": f"Bearer {token}"})
    assert ended.status_code == 401
    assert "access_token" in await browser.sign_in("mei")
    entries = await told(world, "account.second_factor_reset")
    assert [(entry.actor_id, entry.target_id, entry.target_name) for entry in entries] == [
        (world.ada, mei, "mei")
    ]
    own = await browser.http.delete(f"/v1/agents/{world.ada}/second-factor", headers=headers)
    assert (own.status_code, code_of(own)) == (403, "auth.second-factor-own")


async def test_a_right_password_does_not_free_a_guesser_from_waiting_for_codes(
    browser: Browser,
) -> None:
    """Every new sign-in is a new step, but the wrong codes are counted for the account."""
    app, _, _ = await browser.enrol()
    for turn in range(7):
        answer = await browser.show(await browser.sign_in(), app.wrong())
        assert answer.status_code == (401 if turn < 5 else 429)
