"""What is sent can be checked by the code on docs/webhooks.md, which is run here as it stands there, in both languages."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import msgspec
import pytest

from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.platform.config import Config, Storage
from frontdesk.platform.signing import make_secret
from frontdesk.webhooks import (
    EventType,
    Secret,
    Webhook,
    add_secret,
    list_webhooks,
    remove_secret,
    send_test,
)
from tests.architecture import tree
from tests.kit.receiver import Heard, Receiver
from tests.service.webhooks.world import World

PAGE: Final = tree.ROOT / "docs" / "webhooks.md"
Verify = Callable[[str, Heard, float], bool]


def code(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", tree.text(PAGE), re.DOTALL)
    assert found is not None
    return found[1]


def by_python() -> Verify:
    names: dict[str, Any] = {}
    exec(compile(code("python"), str(PAGE), "exec"), names)  # noqa: S102  the documented code itself

    def verify(secret: str, heard: Heard, now: float) -> bool:
        return names["verify"](secret, heard.headers, heard.body, now)

    return verify


def by_javascript(folder: Path) -> Verify:
    script = folder / "verify.js"
    script.write_text(
        code("javascript")
        + """
const { secret, headers, body, now } = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
process.stdout.write(String(verify(secret, headers, Buffer.from(body), now)));
"""
    )

    def verify(secret: str, heard: Heard, now: float) -> bool:
        given = {"secret": secret, "headers": heard.headers, "body": heard.body.decode(), "now": now}
        ran = subprocess.run(
            ["node", str(script)], input=msgspec.json.encode(given), capture_output=True, check=True
        )
        return ran.stdout == b"true"

    return verify


@pytest.fixture
def config(tmp_path: Path) -> Config:
    """One engine is enough: a signature knows nothing of it."""
    return Config(storage=Storage(path=tmp_path / "data"))


@pytest.fixture(params=["python", "javascript"])
def verify(request: pytest.FixtureRequest, tmp_path: Path) -> Verify:
    return by_python() if request.param == "python" else by_javascript(tmp_path)


async def sent(world: World, shop: Receiver, webhook: Webhook) -> Heard:
    await send_test(world.platform, world.admin, webhook.id)
    await world.settle()
    return shop.taken[-1]


async def test_a_request_is_proved_by_its_secret_and_by_nothing_else(
    world: World, shop: Receiver, verify: Verify
) -> None:
    webhook = await world.listen(shop, EventType.NOTE_CREATED)
    heard = await sent(world, shop, webhook)
    secret, now = world.secrets[webhook.id].text, world.clock.now() / 1000
    other = world.secrets[(await world.listen(shop, EventType.NOTE_CREATED)).id].text
    forged = Heard(0, heard.path, heard.headers, heard.body.replace(b"test", b"fake"))
    renamed = Heard(0, heard.path, {**heard.headers, "webhook-id": "evt_1"}, heard.body)
    assert verify(secret, heard, now)
    assert verify(secret, heard, now + 299)
    assert not verify(secret, heard, now + 301)
    assert not verify(secret, heard, now - 301)
    assert not verify(other, heard, now)
    assert not verify(secret, forged, now)
    assert not verify(secret, renamed, now)


async def test_a_retry_is_signed_with_its_own_time(world: World, shop: Receiver, verify: Verify) -> None:
    webhook = await world.listen(shop, EventType.NOTE_CREATED)
    shop.answers(500, 500, 500, 500, 204)
    await send_test(world.platform, world.admin, webhook.id)
    for pause in (0, 10, 60, 300, 1500):
        await world.settle(after=pause)
    assert len(shop.heard) == 5
    now, secret = world.clock.now() / 1000, world.secrets[webhook.id].text
    assert verify(secret, shop.heard[4], now)
    assert not verify(secret, shop.heard[0], now)
    assert {heard.id for heard in shop.heard} == {shop.heard[0].id}


async def test_while_a_secret_is_replaced_both_prove_a_request(
    world: World, shop: Receiver, verify: Verify
) -> None:
    webhook = await world.listen(shop, EventType.NOTE_CREATED)
    old, new = world.secrets[webhook.id], await add_secret(world.platform, world.admin, webhook.id)
    now = world.clock.now() / 1000
    heard = await sent(world, shop, webhook)
    assert verify(old.text, heard, now)
    assert verify(new.text, heard, now)
    await remove_secret(world.platform, world.admin, webhook.id, old.id)
    heard = await sent(world, shop, webhook)
    assert not verify(old.text, heard, now)
    assert verify(new.text, heard, now)


async def test_there_are_never_more_than_two_secrets_and_never_none(world: World, shop: Receiver) -> None:
    webhook = await world.listen(shop, EventType.NOTE_CREATED)
    with pytest.raises(FrontdeskError) as only:
        await remove_secret(world.platform, world.admin, webhook.id, world.secrets[webhook.id].id)
    new = await add_secret(world.platform, world.admin, webhook.id)
    with pytest.raises(FrontdeskError) as third:
        await add_secret(world.platform, world.admin, webhook.id)
    with pytest.raises(FrontdeskError) as unknown:
        await remove_secret(world.platform, world.admin, webhook.id, 1)
    assert (only.value.code, third.value.code) == ("webhooks.only-secret", "webhooks.two-secrets")
    assert unknown.value.kind is ErrorKind.NOT_FOUND
    ((_, secrets),) = await list_webhooks(world.platform, world.admin)
    assert [secret.id for secret in secrets] == [new.id, world.secrets[webhook.id].id]


def test_a_secret_is_random_and_does_not_show_itself() -> None:
    assert len({make_secret() for _ in range(100)}) == 100
    text = make_secret()
    assert re.fullmatch(r"whsec_[A-Za-z0-9+/]{43}=", text)
    assert text not in repr(Secret(1, text, 0))
