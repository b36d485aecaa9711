"""What a stranger learns of a second factor: nothing without the password, and with it nothing of why a code is refused."""

import time
from collections.abc import AsyncIterator

import pytest

from frontdesk.auth.routes import ROUTES
from frontdesk.core.clock import ManualClock
from frontdesk.platform import Platform
from tests.service import auth_world
from tests.service.auth_world import World
from tests.service.second_factor_app import Browser


@pytest.fixture
async def world(platform: Platform, organization: int) -> World:
    return await auth_world.build(platform, organization)


@pytest.fixture
async def browser(world: World, clock: ManualClock) -> AsyncIterator[Browser]:
    async with world.client(ROUTES) as http:
        yield Browser(http, clock)


@pytest.mark.usefixtures("costly_passwords")
async def test_without_the_password_an_account_with_a_second_factor_looks_like_any_other_and_like_none(
    world: World, browser: Browser
) -> None:
    await world.account("plain")
    await browser.enrol()

    took: dict[str, list[float]] = {"ada": [], "plain": [], "nobody": []}
    answers: set[tuple[int, str]] = set()
    for _ in range(6):  # by turns, so that a busy moment of the machine is everybody's
        for username, times in took.items():
            body = {"organization": "lantern", "username": username, "password": "not this one"}
            began = time.perf_counter()
            answer = await browser.post("/v1/auth/sign-in", body)
            times.append(time.perf_counter() - began)
            answers.add((answer.status_code, answer.text))
    assert len(answers) == 1
    fastest = {username: min(times) for username, times in took.items()}
    assert 0.4 < fastest["ada"] / fastest["nobody"] < 2.5
    assert 0.4 < fastest["ada"] / fastest["plain"] < 2.5


async def test_a_used_code_a_wrong_one_and_no_code_are_refused_with_one_answer_in_one_time(
    browser: Browser,
) -> None:
    app, codes, _ = await browser.enrol()
    used = app.next()
    assert (await browser.show(await browser.sign_in(), used)).status_code == 200
    assert (await browser.show(await browser.sign_in(), codes[0])).status_code == 200
    step = await browser.sign_in()
    took: dict[str, float] = {}
    texts: set[str] = set()
    for name, code in (("warm", ""), ("used", used), ("wrong", app.wrong()), ("gone", codes[0])):
        began = time.perf_counter()
        answer = await browser.show(step, code)
        took[name] = time.perf_counter() - began
        assert answer.status_code == 401
        texts.add(answer.text)
    assert len(texts) == 1
    assert max(took["used"], took["wrong"], took["gone"]) < 0.05 + 5 * min(
        took["used"], took["wrong"], took["gone"]
    )


@pytest.mark.parametrize(
    "code",
    ["\x00", "１２３４５６", "1" * 64, "' or 1=1 --", "😀😀😀😀😀😀", "-" * 16, "abcd-efgh-jkmn-pqrs"],
    ids=ascii,
)
async def test_no_text_opens_anything_or_breaks_anything(browser: Browser, code: str) -> None:
    await browser.enrol()
    step = await browser.sign_in()
    assert (await browser.show(step, code)).status_code == 401
    assert (await browser.post("/v1/auth/code", {"continuation": code, "code": code})).status_code == 401


@pytest.mark.parametrize(
    "body",
    [{}, {"continuation": "x"}, {"continuation": 1, "code": []}, {"continuation": "x", "code": "1" * 65}, []],
    ids=str,
)
async def test_a_bad_body_is_refused_clearly(browser: Browser, body: object) -> None:
    answer = await browser.http.post("/v1/auth/code", json=body)
    assert answer.status_code == 400
    lone = b'{"continuation": "\\ud800", "code": "\\udfff"}'
    answer = await browser.http.post(
        "/v1/auth/code", content=lone, headers={"content-type": "application/json"}
    )
    assert answer.status_code in {400, 401}


async def test_what_a_session_may_not_do_a_continuation_may_not_either(browser: Browser) -> None:
    await browser.enrol()
    step = await browser.sign_in()
    headers = {"authorization": f"Bearer {step['continuation']}"}
    for path in ("/v1/me/sessions", "/v1/me/second-factor", "/v1/sign-in-policy"):
        assert (await browser.http.get(path, headers=headers)).status_code == 401
    begun = {"continuation": step["continuation"], "code": "123456"}
    for path in ("/v1/auth/enrolment", "/v1/auth/enrolment/confirmation"):
        assert (await browser.post(path, begun)).status_code == 401
