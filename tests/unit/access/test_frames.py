"""Frames of clients: what is taken, what is refused, and that nothing else can happen."""

import json
from typing import get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.access import frames
from frontdesk.access.frames import (
    BadBodyError,
    ClientFrame,
    CloseCode,
    History,
    MalformedError,
    OutgoingText,
    Ping,
    Send,
    bye_frame,
    decode,
    decode_list,
    error_frame,
)
from frontdesk.core.errors import busy, not_found

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
TAGS = [str(kind.__struct_config__.tag) for kind in get_args(ClientFrame)]
FIELDS = [
    "t",
    "token",
    "device",
    "heads",
    "client_id",
    "conversation",
    "body",
    "seq",
    "ref",
    "text",
    "limit",
    "before",
]


def test_a_text_is_decoded_in_one_go() -> None:
    frame = decode('{"t":"send","client_id":"c","conversation":"7","body":{"type":"text","text":"Hi"}}')
    assert frame == Send("c", "7", OutgoingText("Hi"))


def test_unknown_fields_are_passed_over() -> None:
    assert decode('{"t":"ping","sender":{"kind":"agent"},"at":1}') == Ping()


def test_history_has_defaults() -> None:
    assert decode('{"t":"history","ref":"r","conversation":"7"}') == History("r", "7", None, None, 50)


@pytest.mark.parametrize(
    "body", ["{}", "null", '{"type":"text"}', '{"type":"text","text":""}', '{"type":"x"}', "[]"]
)
def test_a_bad_body_names_its_message(body: str) -> None:
    with pytest.raises(BadBodyError) as caught:
        decode(f'{{"t":"send","client_id":"c-9","conversation":"7","body":{body}}}')
    assert caught.value.client_id == "c-9"
    assert caught.value.refusal.code == "access.body"


def test_a_send_that_is_wrong_elsewhere_is_malformed() -> None:
    with pytest.raises(MalformedError):
        decode('{"t":"send","client_id":7,"conversation":"7","body":{}}')


@given(st.text() | st.binary().map(lambda data: data.decode("latin-1")))
def test_any_text_is_a_frame_or_refused(text: str) -> None:
    try:
        frame = decode(text)
    except (MalformedError, BadBodyError):
        return
    assert isinstance(frame, get_args(ClientFrame))


@given(st.sampled_from(TAGS), st.dictionaries(st.sampled_from(FIELDS), anything, max_size=6))
def test_any_object_is_a_frame_or_refused(tag: str, fields: dict[str, Json]) -> None:
    try:
        frame = decode(json.dumps({**fields, "t": tag}))
    except (MalformedError, BadBodyError):
        return
    assert str(type(frame).__struct_config__.tag) == tag


@given(st.binary())
def test_any_posted_bytes_are_a_list_or_refused(data: bytes) -> None:
    try:
        parts = decode_list(data)
    except MalformedError:
        return
    assert isinstance(parts, list)


@pytest.mark.parametrize("depth", [100, 1_000, 30_000])
def test_depth_is_never_a_crash(depth: int) -> None:
    nested = "[" * depth + "]" * depth
    for text in (nested, f'{{"t":"ping","x":{nested}}}', f'{{"t":"hello","heads":{nested}}}'):
        try:
            decode(text)
        except (MalformedError, BadBodyError):
            continue
        assert depth < 1_000


def test_posted_bytes_that_are_not_utf8_are_refused() -> None:
    with pytest.raises(MalformedError):
        decode_list(b'[{"t":"ping","x":"\xff"}]')


def test_an_error_says_what_a_client_needs() -> None:
    assert msgspec.json.decode(error_frame(busy("a.b", "Wait.", retry_after=2), "r-1")) == {
        "t": "error",
        "ref": "r-1",
        "error": {
            "kind": "busy",
            "code": "a.b",
            "message": "Wait.",
            "hint": "Try again in a moment.",
            "retry_after": 2,
        },
    }
    assert "ref" not in msgspec.json.decode(error_frame(not_found("page")), type=dict[str, object])


def test_every_bye_says_whether_to_come_back() -> None:
    stays_away = {
        CloseCode.PROTOCOL,
        CloseCode.NOT_UTF8,
        CloseCode.TOO_LARGE,
        CloseCode.NOT_ALLOWED,
        CloseCode.REPLACED,
    }
    for code in CloseCode:
        bye = msgspec.json.decode(bye_frame(code, "x", None), type=dict[str, object])
        assert bye == {"t": "bye", "code": int(code), "reason": "x", "reconnect": code not in stays_away}


def test_ready_and_pong_are_encoded_once() -> None:
    assert (frames.READY, frames.PONG) == (b'{"t":"ready"}', b'{"t":"pong"}')
