"""What the web calls is what the application says of itself: the committed document and the types made of it."""

import shutil
import subprocess
from pathlib import Path
from typing import Final

from frontdesk.app.http import describe_app
from frontdesk.app.openapi import document
from tests.architecture import tree

PACKAGE: Final = tree.ROOT / "web" / "packages" / "api"
GENERATOR: Final = tree.ROOT / "web" / "node_modules" / ".bin" / "openapi-typescript"
COMMAND: Final = (
    ".venv/bin/frontdesk openapi > web/packages/api/openapi.json && npm --prefix web run generate"
)


def test_the_committed_document_is_what_the_application_says() -> None:
    committed = (PACKAGE / "openapi.json").read_bytes()
    assert committed == document(describe_app()), f"run: {COMMAND}"


def test_every_operation_says_what_it_does() -> None:
    schema = describe_app().openapi_schema.to_schema()
    silent = [
        f"{method} {path}"
        for path, operations in schema["paths"].items()
        for method, operation in operations.items()
        if not operation.get("summary")
    ]
    assert not silent, "give the route a summary:\n" + "\n".join(silent)


def test_the_types_are_made_of_the_document(tmp_path: Path) -> None:
    """Without node_modules (`make unit` on a machine without Node) only `make test` can tell."""
    if not GENERATOR.exists() or shutil.which("node") is None:
        return
    made = tmp_path / "schema.gen.ts"
    script = (PACKAGE / "package.json").read_text()
    options = script.partition("src/schema.gen.ts ")[2].partition('"')[0].split()
    subprocess.run(
        [str(GENERATOR), "openapi.json", "--output", str(made), *options],
        cwd=PACKAGE,
        check=True,
        capture_output=True,
    )
    assert made.read_text() == (PACKAGE / "src" / "schema.gen.ts").read_text(), f"run: {COMMAND}"
