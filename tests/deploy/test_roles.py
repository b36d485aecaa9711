"""The roles that compose makes: processes own nothing, and only migrations need the owner."""

from pathlib import Path

from tests.chaos.test_bad_days import run, said_in_one_line
from tests.kit.postgres import PostgresServer
from tests.kit.server import running_server

ROLES = Path(__file__).resolve().parents[2] / "deploy" / "compose" / "postgres" / "roles.sql"


def make_roles(server: PostgresServer) -> None:
    """What the image of PostgreSQL does with the file, where psql fills the password in."""
    text = "\n".join(line for line in ROLES.read_text().splitlines() if not line.startswith(("--", "\\")))
    statements = text.replace(":'password'", "'secret'").replace("role frontdesk ", "role clerk ")
    for statement in statements.replace("to frontdesk;", "to clerk;").split(";"):
        if statement.strip():
            server.execute(statement)


async def test_a_process_that_owns_nothing_starts_once_the_owner_has_migrated(tmp_path: Path) -> None:
    server = PostgresServer()
    server.start()
    try:
        make_roles(server)
        name = server.create()
        clerk = {"FRONTDESK_DATABASE__URL": server.url(name, "clerk")}
        owner = {**clerk, "FRONTDESK_DATABASE__OWNER_URL": server.url(name)}
        said_in_one_line(await run(tmp_path / "data", "serve", environment=clerk), "permission")
        migrated = await run(tmp_path / "data", "migrate", environment=owner)
        assert (migrated.status, migrated.errors) == (0, "")
        async with running_server(tmp_path / "data", environment=clerk) as running:
            assert running.process.returncode is None
        for command in ("backup", "restore"):
            said_in_one_line(
                await run(tmp_path / "data", command, "file.tar", environment=clerk), "PostgreSQL"
            )
    finally:
        server.stop()
        server.remove()
