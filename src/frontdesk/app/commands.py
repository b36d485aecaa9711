"""What the command line does, as functions that take a configuration."""

import asyncio
import time
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from rich.console import Console

from frontdesk.app import engines
from frontdesk.app.backup import back_up as write_backup
from frontdesk.app.demo import DemoFacts, load_demo
from frontdesk.app.doctor import Check, examine
from frontdesk.app.first_steps import OrganizationFacts, set_up_organization
from frontdesk.app.restore import restore as restore_backup
from frontdesk.app.server import listen, serve_until_stopped
from frontdesk.app.targets import EVERYTHING, Target
from frontdesk.audit import Verdict, holds_in, verify_in
from frontdesk.auth import find_organization, find_organizations, get_organization, rotate_signing_keys
from frontdesk.bots import ImportReport, create_knowledge_base, find_knowledge_base, import_csv
from frontdesk.core.clock import SystemClock
from frontdesk.core.errors import invalid, not_found
from frontdesk.core.subject import Subject, system_subject
from frontdesk.dispatch import Routing, WhatIf, play_again
from frontdesk.platform import EVERY_ORGANIZATION, Config, Platform, Reader
from frontdesk.platform.database.migrations import Migration
from frontdesk.platform.replacement import FORMER
from frontdesk.staff import Policy, list_teams


def with_address(config: Config, *, host: str | None, port: int | None) -> Config:
    """The configuration with the address given on the command line."""
    listen_on = msgspec.structs.replace(
        config.listen,
        host=config.listen.host if host is None else host,
        port=config.listen.port if port is None else port,
    )
    return msgspec.structs.replace(config, listen=listen_on)


async def up(config: Config, out: Console) -> None:
    """Everything in one process, with the demo organization in it."""
    started = time.perf_counter()
    listener = listen(config)
    with out.status("Opening the database …"):
        opening = engines.open_platform(config)
        platform = await opening.__aenter__()
    try:
        facts = await _demo(platform, out)
        await serve_until_stopped(
            platform,
            EVERYTHING,
            listener,
            lambda: _welcome(out, config, facts, time.perf_counter() - started),
        )
    finally:
        await opening.__aexit__(None, None, None)


async def serve(config: Config, out: Console, targets: frozenset[Target]) -> None:
    """These targets in one process, on the data that is there."""
    listener = listen(config)
    async with engines.open_platform(config) as platform:
        await serve_until_stopped(
            platform, targets, listener, lambda: out.print(f"Frontdesk answers on {_address(config)}")
        )


async def migrate(config: Config) -> list[Migration]:
    return await engines.apply_migrations(config, SystemClock())


async def demo(config: Config, out: Console) -> None:
    async with engines.open_platform(config) as platform:
        await _demo(platform, out)
    out.print("The demo organization is loaded. `frontdesk serve` runs it.")


async def back_up(config: Config, file: Path, out: Console) -> None:
    """One file with everything, and a sentence about what is in it."""
    with out.status("Backing up …") as status:
        report = await write_backup(
            config, SystemClock(), file, lambda step: status.update(f"Backing up: {step} …")
        )
    out.print(
        f"{file}: {report.bytes / 1024**2:,.1f} MiB with {report.conversations:,} conversations,"
        f" {report.entries:,} entries and {report.files - len(report.missing):,} files."
    )
    if report.missing:
        out.print(f"{len(report.missing)} files were gone already; the first is {report.missing[0]}.")


async def restore(config: Config, file: Path, out: Console, *, replace: bool) -> None:
    """Put a backup back, and say what comes next."""
    with out.status("Restoring …"):
        manifest = await restore_backup(config, file, replace=replace)
    made = datetime.fromtimestamp(manifest.made_at / 1000, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    out.print(f"{config.storage.path} is as it was at {made}. `frontdesk serve` runs it.")
    former = config.storage.path / FORMER
    if former.exists():
        out.print(f"What was there before is in {former}. Remove it when you no longer need it.")


async def doctor(config: Config) -> list[Check]:
    return await examine(config)


async def create_organization(
    config: Config, slug: str, name: str, administrator: str, password: str
) -> OrganizationFacts:
    async with engines.open_platform(config) as platform:
        return await set_up_organization(platform, slug, name, administrator, password)


async def verify_audit(config: Config, kept: dict[str, tuple[int, str]]) -> list[tuple[str, Verdict, bool]]:
    """The verdict on each organization's audit log, and whether it still has the entry that was kept of it elsewhere."""
    async with engines.open_platform(config) as platform:

        async def read(reader: Reader) -> list[tuple[str, Verdict, bool]]:
            found: list[tuple[str, Verdict, bool]] = []
            for organization_id in await find_organizations(reader):
                slug = (await get_organization(reader, organization_id)).slug
                known = slug not in kept or await holds_in(reader, organization_id, *kept[slug])
                found.append((slug, await verify_in(reader, organization_id), known))
            return found

        return await platform.database.read(EVERY_ORGANIZATION, read)


async def rotate_keys(config: Config) -> None:
    async with engines.open_platform(config) as platform:
        await rotate_signing_keys(platform)


async def import_knowledge(config: Config, file: Path, slug: str, base: str) -> ImportReport:
    try:
        data = await asyncio.to_thread(file.read_bytes)
    except OSError as error:
        raise invalid("knowledge.file", f"{file} cannot be read: {error.strerror}.") from error
    async with engines.open_platform(config) as platform:
        subject = await _system_of(platform, slug)
        known = await find_knowledge_base(platform, subject, base)
        target = known or await create_knowledge_base(platform, subject, base)
        return await import_csv(platform, subject, target.id, data)


async def what_if(
    config: Config, slug: str, team: str, *, routing: Routing | None, policy: Policy | None, days: int
) -> WhatIf:
    """A team's last days by the rules that hold and by others; the team by its name."""
    async with engines.open_platform(config) as platform:
        subject = await _system_of(platform, slug)
        known = [one.id for one, _ in await list_teams(platform, subject) if one.name == team]
        if not known:
            raise not_found("team")
        return await play_again(platform, subject, known[0], routing, policy, days=days)


async def _system_of(platform: Platform, slug: str) -> Subject:
    organization = await platform.database.read(
        EVERY_ORGANIZATION, lambda reader: find_organization(reader, slug)
    )
    if organization is None:
        raise not_found("organization")
    return system_subject(organization.id)


async def _demo(platform: Platform, out: Console) -> DemoFacts:
    with out.status("Loading the demo organization …") as status:
        return await load_demo(platform, lambda step: status.update(f"Demo: {step} …"))


def _address(config: Config) -> str:
    if config.listen.public_url:
        return config.listen.public_url.rstrip("/")
    host = "localhost" if config.listen.host in {"127.0.0.1", "0.0.0.0", "::", "::1"} else config.listen.host  # noqa: S104 - compared, not bound
    return f"http://{host}:{config.listen.port}"


def _welcome(out: Console, config: Config, facts: DemoFacts, seconds: float) -> None:
    address = _address(config)
    lines = [
        "",
        f"[bold]Frontdesk is ready[/bold] [dim]({seconds:.1f} s)[/dim]",
        "",
        f"  Shop      {address}/demo [dim](English: {address}/demo?lang=en)[/dim]",
        f"  Console   {address}/console/",
        "",
        f"  Sign in to organization [bold]{facts.slug}[/bold] with the password [bold]{facts.password}[/bold] as",
        *(f"            [bold]{account.username:<8}[/bold]{account.what}" for account in facts.accounts),
        "",
        "  Open both side by side, ask something in the shop, then say “talk to a human”.",
        f"  [dim]The data is in {config.storage.path}/. Ctrl-C stops; nothing is lost.[/dim]",
    ]
    out.print("\n".join(lines), soft_wrap=True, highlight=False)
