"""No secret in what is logged, and none in the project."""

import re
from pathlib import Path
from typing import Any, Final

import httpx
import pytest

from tests.architecture import tree
from tests.kit.realtime import realtime
from tests.kit.server import Server, running_server

PASSWORD: Final = "frontdesk-demo"
CANARY: Final = "canary-7f3k-password"
# What a secret looks like, whoever made it: private keys, keys of clouds and forges, tokens, addresses with a password.
SHAPES: Final = {
    "a private key": r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----\s+[A-Za-z0-9+/=\s]{60,}",
    "a private key as JSON": r'"d"\s*:\s*"[A-Za-z0-9_-]{43}"',
    "a token": r"\beyJ[A-Za-z0-9_-]{20,}\.eyJ[A-Za-z0-9_-]{20,}\.[A-Za-z0-9_-]{20,}",
    "a key of a cloud": r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b",
    "a key of a forge": r"\bgh[pousr]_[A-Za-z0-9]{36}\b|\bglpat-[A-Za-z0-9_-]{20}\b",
    "a key of a chat": r"\bxox[abprs]-[A-Za-z0-9-]{20,}",
    "a secret of a webhook": r"\bwhsec_[A-Za-z0-9+/=]{32,}",
}


@pytest.mark.parametrize("what", sorted(SHAPES))
def test_no_file_of_the_project_holds_a_secret(what: str) -> None:
    shape = re.compile(SHAPES[what])
    found = [tree.name(path) for path in tree.project_files() if shape.search(tree.text(path))]
    assert not found, f"{what} in {found}"


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("a token", ".".join(("eyJ" + "h" * 30, "eyJ" + "p" * 30, "s" * 40))),
        ("a key of a cloud", "key = AKIA" + "A1" * 8),
        ("a secret of a webhook", "whsec_" + "a" * 32),
        ("a private key", "-----BEGIN " + "PRIVATE KEY-----\n" + "M" * 80),
    ],
)
def test_the_scanner_sees_what_it_looks_for(what: str, text: str) -> None:
    assert re.search(SHAPES[what], text)


async def collect(server: Server) -> dict[str, str]:
    """Use everything that has a secret, well and badly, and return the secrets."""
    secrets = {"a password": PASSWORD, "a wrong password": CANARY}
    async with httpx.AsyncClient(base_url=server.url, trust_env=False, timeout=30) as http:
        for password in (CANARY, PASSWORD):
            body = {"organization": "demo", "username": "admin", "password": password}
            answer = await http.post("/v1/auth/sign-in", json=body)
        secrets["an access token"] = answer.json()["access_token"]
        secrets["a refresh token"] = answer.cookies["frontdesk_refresh"]
        bearer = {"authorization": f"Bearer {secrets['an access token']}"}
        fresh = await http.post("/v1/auth/refresh")
        secrets["the next refresh token"] = fresh.cookies["frontdesk_refresh"]
        hook: Any = await http.post(
            "/v1/webhooks",
            headers=bearer,
            json={"url": "https://127.0.0.1:9/", "events": ["message.created"]},
        )
        secrets["a webhook's secret"] = hook.json()["secret"]["secret"]
        visit = {"channel": "demo-shop", "language": "en"}
        session = (await http.post("/v1/visitor/session", json=visit)).json()
        secrets["a visitor's key"] = session["visitor_key"]
        secrets["a visitor's token"] = session["token"]
        async with realtime(server.url, session["token"], device="canary"):
            pass
        for token in secrets.values():
            await http.get(f"/v1/me?token={token}", headers={"authorization": f"Bearer {token}x"})
            await http.post("/v1/auth/sign-in", content=f'{{"password": "{token}"')
            await http.post(
                "/v1/realtime/sessions", json={"t": "hello", "token": f"{token}x", "device": "x", "heads": {}}
            )
    return secrets


async def test_no_log_holds_a_secret_at_the_most_talkative_level(tmp_path: Path) -> None:
    environment = {
        "FRONTDESK_LOGS__LEVEL": "debug",
        "FRONTDESK_WEBHOOKS__ALLOW_NETWORKS": "127.0.0.1/32",
        "FRONTDESK_WEBHOOKS__PORTS": "9",
    }
    async with running_server(tmp_path / "data", "up", environment) as server:
        secrets = await collect(server)
        await server.stop()
        told = server.log.read_text()
    assert "auth.sign-in.refused" in told
    # The demo says its password on the screen, on purpose; nothing else may.
    told = "\n".join(line for line in told.splitlines() if "with the password" not in line)
    leaked = [what for what, secret in secrets.items() if secret in told]
    assert not leaked, f"the log holds {leaked}"
    assert (tmp_path / "data").stat().st_mode & 0o077 == 0, "others may read the keys in the database"
