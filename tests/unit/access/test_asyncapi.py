"""The protocol's description says what the types say."""

from pathlib import Path

import msgspec
from msgspec import Struct

import frontdesk.conversations.frames
import frontdesk.desk.frames
from frontdesk.access import asyncapi, asyncapi_document, frames, is_asyncapi_current

DOCUMENT = Path(__file__).parents[3] / "docs" / "asyncapi.json"
WRITE = 'python -c "import sys, frontdesk.access as a; sys.stdout.buffer.write(a.asyncapi_document())" > docs/asyncapi.json'


def tagged(module: object) -> set[type[Struct]]:
    """The frames that a module defines."""
    return {
        value
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, Struct) and value.__struct_config__.tag_field == "t"
    }


def test_the_written_description_is_current() -> None:
    assert is_asyncapi_current(DOCUMENT), f"write it anew: {WRITE}"


def test_every_frame_is_described() -> None:
    described = {*asyncapi.CLIENT_FRAMES, *asyncapi.SERVER_FRAMES}
    defined = tagged(frames) | tagged(frontdesk.conversations.frames) | tagged(frontdesk.desk.frames)
    assert {frame for frame in defined if not frame.__name__.startswith("_")} == described
    assert asyncapi.unlisted() == set()


def test_every_reference_leads_somewhere() -> None:
    document = msgspec.json.decode(asyncapi_document())

    def check(node: object) -> None:
        if isinstance(node, dict):
            for key, value in node.items():  # pyright: ignore[reportUnknownVariableType]  plain JSON data
                if key == "$ref":
                    found = document
                    for part in str(value).removeprefix("#/").split("/"):  # pyright: ignore[reportUnknownArgumentType]  plain JSON data
                        found = found[part]
                check(value)  # pyright: ignore[reportUnknownArgumentType]  plain JSON data
        elif isinstance(node, list):
            for value in node:  # pyright: ignore[reportUnknownVariableType]  plain JSON data
                check(value)  # pyright: ignore[reportUnknownArgumentType]  plain JSON data

    check(document)
    assert document["operations"]["receiveFrames"]["messages"]
