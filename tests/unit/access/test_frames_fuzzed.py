"""Whatever text a client sends: a frame, or one of two refusals, and soon."""

import json
import time
from contextlib import suppress
from typing import Final, get_args

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from frontdesk.access.frames import BadBodyError, ClientFrame, MalformedError, decode

TAGS: Final = sorted(str(frame.__struct_config__.tag) for frame in get_args(ClientFrame))
NAMES: Final = sorted(
    {field.encode_name for frame in get_args(ClientFrame) for field in structs.fields(frame)}
)
SOON: Final = 0.5  # a decoder that is not linear takes far longer for the longest of these

scalars = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40) | st.sampled_from(TAGS)
)
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(NAMES) | st.text(), inner, max_size=4)
    ),
    max_leaves=20,
)


def tagged(tag: str, rest: dict[str, object]) -> str:
    return json.dumps({**rest, "t": tag})


almost_frames = st.builds(
    tagged,
    st.sampled_from(TAGS) | st.text(max_size=10),
    st.dictionaries(st.sampled_from(NAMES), values, max_size=8),
)


def answers(text: str) -> None:
    began = time.perf_counter()
    with suppress(MalformedError, BadBodyError):
        decode(text)
    assert time.perf_counter() - began < SOON


@settings(max_examples=400, deadline=None)
@given(almost_frames)
def test_what_is_almost_a_frame_is_taken_or_refused(text: str) -> None:
    answers(text)


@settings(max_examples=400, deadline=None)
@given(st.text() | st.binary().map(lambda raw: raw.decode("latin-1")) | values.map(json.dumps))
def test_any_text_is_taken_or_refused(text: str) -> None:
    answers(text)


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(["[", '{"t":', '{"t":"send","body":', '"', "\\", '{"t":"hello","heads":{"1":']),
    st.integers(1_000, 60_000),
    st.sampled_from(["", "]", "}", '"', "1"]),
)
def test_deep_and_long_ones_cost_no_time(begin: str, times: int, end: str) -> None:
    answers((begin * times)[:65_536] + (end * times)[:65_536])
