"""`frontdesk audit verify` and `frontdesk keys rotate`, as an operator runs them: a process of its own on either engine."""

import asyncio
import os
import sys
from pathlib import Path
from typing import Final

import pytest

from frontdesk.app.commands import create_organization
from frontdesk.app.engines import open_platform
from frontdesk.auth import Keys
from frontdesk.auth.keys import LEAD
from frontdesk.auth.tokens import claims_of, issue
from frontdesk.core.clock import ManualClock, SystemClock
from frontdesk.core.subject import Role, Subject, SubjectKind
from frontdesk.platform.config import Config

FRONTDESK: Final = Path(sys.executable).with_name("frontdesk")
PASSWORD: Final = "a lantern in the rain"


async def run(config: Config, *command: str, status: int = 0) -> list[str]:
    """The lines that a command prints, which must end with this status."""
    process = await asyncio.create_subprocess_exec(
        FRONTDESK, *command,
        env={
            **os.environ,
            "FRONTDESK_STORAGE__PATH": str(config.storage.path),
            "FRONTDESK_DATABASE__URL": config.database.url,
            "COLUMNS": "200",
        },
        cwd=config.storage.path.parent,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    printed, _ = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode == status, printed.decode()
    return printed.decode().splitlines()


@pytest.mark.timeout(120)
async def test_a_line_that_was_kept_holds_and_a_forged_one_does_not(config: Config) -> None:
    for slug in ("lantern", "crane"):
        await create_organization(config, slug, slug, "ada", PASSWORD)
    kept = dict(line.split(":", 1) for line in await run(config, "audit", "verify"))
    assert set(kept) == {"crane", "lantern"}
    count = kept["lantern"].partition(":")[0]
    given = (f"crane:{kept['crane']}", f"lantern:{count}:{'0' * 64}")
    told = await run(config, "audit", "verify", "--kept", given[0], "--kept", given[1], status=1)
    assert sorted(told) == [given[0], "lantern: the entry that was kept is not there any more"]
    wrong = await run(config, "audit", "verify", "--kept", "lantern:x:y", status=2)
    assert any("organization:entries:head" in line for line in wrong)


@pytest.mark.timeout(120)
async def test_new_keys_sign_after_their_lead_and_what_the_former_signed_holds(config: Config) -> None:
    subject = Subject(1, SubjectKind.AGENT, 2, 3, Role.AGENT)
    async with open_platform(config) as platform:
        before = await Keys.load(platform)
        token = issue(before, subject, now=platform.clock.now(), ttl=600).text
    printed = await run(config, "keys", "rotate")
    assert printed == ["New keys are published. They sign in a minute and a half."]
    now = SystemClock().now()
    async with open_platform(config, ManualClock(now)) as platform:
        early = await Keys.load(platform)
        assert len(early.jwks()["keys"]) == len(before.jwks()["keys"]) + 2
        claims_of(before, issue(early, subject, now=now, ttl=600).text, now=now)
    async with open_platform(config, ManualClock(now + LEAD + 1000)) as platform:
        late = await Keys.load(platform)
        fresh = issue(late, subject, now=now, ttl=600).text
        assert claims_of(late, token, now=now).sub == "2"
        assert claims_of(early, fresh, now=now).sub == "2", "a process that only looked before knows them"
        with pytest.raises(Exception, match=r"auth\.token"):
            claims_of(before, fresh, now=now)
