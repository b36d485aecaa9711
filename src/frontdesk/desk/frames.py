"""Frames for the devices of one agent. The wire format is `docs/protocol.md`."""

from msgspec import Struct

from frontdesk.desk.types import DraftView, MarksView


class DraftFrame(Struct, frozen=True, tag="draft", tag_field="t"):
    """What this agent writes on another device; `writer` is what that device called itself."""

    draft: DraftView
    writer: str


class MarksFrame(Struct, frozen=True, tag="marks", tag_field="t"):
    """This agent pinned or marked a conversation as important, or took that back."""

    marks: MarksView
