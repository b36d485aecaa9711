"""The command line: `frontdesk up`, `serve`, `migrate`, `demo`, `doctor`, `backup`, `restore`, `simulate`, `what-if`, …"""

import asyncio
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Annotated, Any, Final, TypeVar

import typer
import uvloop
from rich.console import Console
from rich.table import Table

from frontdesk import __version__
from frontdesk.app import commands, simulating
from frontdesk.app.http import describe_app
from frontdesk.app.openapi import document as openapi_document
from frontdesk.app.targets import parse_targets
from frontdesk.core.errors import FrontdeskError
from frontdesk.dispatch.simulation import read_routing
from frontdesk.platform import Config
from frontdesk.platform.config import document, load
from frontdesk.platform.telemetry import set_up_logs
from frontdesk.platform.tracing import set_up_tracing
from frontdesk.staff import Policy

Result = TypeVar("Result")
_DEFAULT_FILE: Final = Path("frontdesk.toml")
cli = typer.Typer(
    name="frontdesk",
    help="Self-hosted customer service: web chat, bots, dispatch, agents. One process, or as many as you need.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)
knowledge = typer.Typer(help="Bring question-and-answer knowledge in.", no_args_is_help=True)
keys = typer.Typer(help="The keys that sign tokens.", no_args_is_help=True)
organization = typer.Typer(help="Organizations of this installation.", no_args_is_help=True)
audit = typer.Typer(help="The audit logs of the organizations.", no_args_is_help=True)
cli.add_typer(audit, name="audit")
cli.add_typer(keys, name="keys")
cli.add_typer(knowledge, name="knowledge")
cli.add_typer(organization, name="organization")
out = Console()

ConfigFile = Annotated[
    Path | None,
    typer.Option(
        "--config", "-c", help="TOML file. Default: frontdesk.toml here, if there is one.", dir_okay=False
    ),
]
Host = Annotated[str | None, typer.Option(help="Address to listen on (listen.host).")]
Port = Annotated[int | None, typer.Option(help="Port to listen on (listen.port).", min=0, max=65535)]


def _config(file: Path | None, *, host: str | None = None, port: int | None = None) -> Config:
    if file is None and _DEFAULT_FILE.is_file():
        file = _DEFAULT_FILE
    config = load(file)
    return commands.with_address(config, host=host, port=port)


def _run(work: Coroutine[Any, Any, Result]) -> Result:
    """Run to the end; a refusal is told in one sentence, not as a traceback."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(work)


@cli.command()
def up(config: ConfigFile = None, host: Host = None, port: Port = None) -> None:
    """Migrate, load the demo organization once, and run everything in one process."""
    settings = _config(config, host=host, port=port)
    set_up_logs(settings.logs)
    set_up_tracing(settings.telemetry)
    _run(commands.up(settings, out))


@cli.command()
def serve(
    config: ConfigFile = None,
    host: Host = None,
    port: Port = None,
    target: Annotated[
        str,
        typer.Option(help="What this process runs: all, or some of access, api, dispatch, bots, worker."),
    ] = "all",
) -> None:
    """Run Frontdesk on data that is there already: everything in one process, or some targets beside others."""
    settings = _config(config, host=host, port=port)
    targets = parse_targets(target, settings)
    set_up_logs(settings.logs)
    set_up_tracing(settings.telemetry)
    _run(commands.serve(settings, out, targets))


@cli.command()
def migrate(config: ConfigFile = None) -> None:
    """Bring the database to this version. Safe to repeat."""
    applied = _run(commands.migrate(_config(config)))
    for migration in applied:
        out.print(f"applied {migration.service}/{migration.name}")
    if not applied:
        out.print("The database is up to date.")


@cli.command()
def demo(config: ConfigFile = None) -> None:
    """Load the demo organization. Safe to repeat: what is there is left alone."""
    _run(commands.demo(_config(config), out))


@cli.command()
def doctor(config: ConfigFile = None) -> None:
    """Check this machine, the configuration and the data, and say what to do about what is wrong."""
    checks = _run(commands.doctor(_config(config)))
    table = Table(show_header=False, box=None)
    for check in checks:
        mark = "[green]ok[/green]" if check.ok else "[red]wrong[/red]"
        table.add_row(mark, check.name, check.finding)
    out.print(table)
    if not all(check.ok for check in checks):
        raise typer.Exit(1)


@cli.command()
def backup(
    file: Annotated[Path, typer.Argument(help="The file to write. It must not exist.", dir_okay=False)],
    config: ConfigFile = None,
) -> None:
    """Write everything into one file, while Frontdesk runs or not: database, files, keys."""
    _run(commands.back_up(_config(config), file, out))


@cli.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A file that `frontdesk backup` wrote.", dir_okay=False)],
    config: ConfigFile = None,
    *,
    replace: Annotated[
        bool, typer.Option("--replace", help="Also when there are data; they are kept beside.")
    ] = False,
) -> None:
    """Put a backup back. It is looked at from end to end before anything changes."""
    _run(commands.restore(_config(config), file, out, replace=replace))


@cli.command(name="config")
def show_config(config: ConfigFile = None) -> None:
    """List every setting: its key, its environment variable, the value in force and what it does."""
    table = Table("key", "environment", "value", "meaning")
    for key, variable, value, meaning in document(_config(config)):
        table.add_row(key, variable, str(value), meaning)
    out.print(table)


@cli.command()
def simulate(
    file: Annotated[Path, typer.Argument(help="The scenario, a TOML file.", dir_okay=False)],
    svg: Annotated[
        Path | None, typer.Option(help="Also draw the waits into this file.", dir_okay=False)
    ] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Try a team's rules on made-up visitors: waits, who gives up, how busy and how evenly loaded agents are."""
    simulating.simulate(file, out, svg=svg, as_json=as_json)


@cli.command(name="what-if")
def what_if(
    team: Annotated[str, typer.Argument(help="The team, by its name.")],
    organization_slug: Annotated[
        str, typer.Option("--organization", "-o", help="The organization's short name.")
    ],
    *,
    policy: Annotated[
        Policy | None, typer.Option(help="The policy to propose. Left out: the one that holds.")
    ] = None,
    rules: Annotated[
        Path | None,
        typer.Option(
            help="The rules to propose, a TOML file with what stands below [rules.routing] of a scenario."
            " Left out: those that hold.",
            dir_okay=False,
        ),
    ] = None,
    days: Annotated[int, typer.Option(help="How many of the last days.", min=2, max=28)] = 7,
    svg: Annotated[
        Path | None, typer.Option(help="Also draw the waits into this file.", dir_okay=False)
    ] = None,
    config: ConfigFile = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Play a team's last days again: by the rules that hold, and by others. Nothing is changed."""
    routing = None if rules is None else read_routing(simulating.read_text(rules))
    played = _run(
        commands.what_if(_config(config), organization_slug, team, routing=routing, policy=policy, days=days)
    )
    simulating.tell_what_if(played, out, svg=svg, as_json=as_json)


@cli.command()
def openapi() -> None:
    """Print the OpenAPI document of the HTTP API. Needs no data and no configuration."""
    sys.stdout.buffer.write(openapi_document(describe_app()))


@cli.command()
def version() -> None:
    """Print the version."""
    out.print(__version__)


@organization.command("create")
def create_organization(
    slug: Annotated[str, typer.Argument(help="Short name used to sign in, such as `acme`.")],
    name: Annotated[str, typer.Option(help="Name that people see.", prompt=True)],
    administrator: Annotated[str, typer.Option(help="User name of its first administrator.", prompt=True)],
    password: Annotated[str, typer.Option(help="Their password.", prompt=True, hide_input=True)],
    config: ConfigFile = None,
) -> None:
    """Create an organization with its first administrator, a team and a web channel."""
    facts = _run(commands.create_organization(_config(config), slug, name, administrator, password))
    out.print(
        f"Organization {slug} is ready. Sign in as {administrator}. Its web channel is {facts.channel_code}."
    )


@audit.command("verify")
def verify_audit(
    config: ConfigFile = None,
    *,
    kept: Annotated[
        list[str] | None,
        typer.Option("--kept", help="What an earlier run printed, as organization:entries:head. Repeatable."),
    ] = None,
) -> None:
    """Check that nothing in the audit logs was changed, removed or put in between. Keep what it prints elsewhere."""
    parts = [line.split(":") for line in kept or []]
    if any(len(part) != 3 or not part[1].isdecimal() for part in parts):
        raise typer.BadParameter("Give organization:entries:head, as it was printed.", param_hint="--kept")
    verdicts = _run(commands.verify_audit(_config(config), {slug: (int(n), head) for slug, n, head in parts}))
    for slug, verdict, known in verdicts:
        if verdict.broken_at is not None:
            print(f"{slug}: entry {verdict.broken_at} does not fit what stands before it")
        elif not known:
            print(f"{slug}: the entry that was kept is not there any more")
        else:
            print(f"{slug}:{verdict.entries}:{verdict.head}")
    if any(verdict.broken_at is not None or not known for _, verdict, known in verdicts):
        raise typer.Exit(1)


@keys.command("rotate")
def rotate_keys(config: ConfigFile = None) -> None:
    """Publish new keys. They sign once every process knows them; nobody is signed out."""
    _run(commands.rotate_keys(_config(config)))
    out.print("New keys are published. They sign in a minute and a half.")


@knowledge.command("import")
def import_knowledge(
    file: Annotated[
        Path, typer.Argument(help="CSV: question, similar, answer, category, language, related.")
    ],
    organization_slug: Annotated[
        str, typer.Option("--organization", "-o", help="The organization's short name.")
    ],
    base: Annotated[
        str, typer.Option("--base", "-b", help="Knowledge base; made if there is none.")
    ] = "Knowledge",
    config: ConfigFile = None,
) -> None:
    """Import questions and answers from a CSV file: all rows or none. A repeat changes nothing."""
    report = _run(commands.import_knowledge(_config(config), file, organization_slug, base))
    out.print(report)


def main() -> None:
    """The entry point: refusals become a sentence on standard error and exit status 1."""
    try:
        cli()
    except FrontdeskError as error:
        print(f"frontdesk: {error.message} {error.hint}".strip(), file=sys.stderr)
        sys.exit(1)
    except OSError as error:
        print(f"frontdesk: {error}", file=sys.stderr)
        sys.exit(1)
