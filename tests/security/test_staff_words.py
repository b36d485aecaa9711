"""What staff say among themselves: a visitor gets it by no route, no frame and no file, whatever is asked for."""

import json
from typing import Final

import pytest

from tests.kit.realtime import realtime
from tests.security.furnishing import open_stream
from tests.security.people import Person
from tests.security.test_matrix import Caller
from tests.security.verdicts import VERDICTS
from tests.security.world import World, fresh_conversation

pytestmark = pytest.mark.asyncio(loop_scope="module")
SECRET: Final = "WORDS-AMONG-STAFF"
ENDS: Final = frozenset({"DELETE /v1/visitor/session", "POST /v1/auth/sign-out"})


async def _said_among_staff(made: World) -> tuple[Person, str]:
    """A conversation with a note that names somebody, a whisper, the note of a transfer, a wrap-up and a review."""
    visitor, conversation = await fresh_conversation(made, made.ours)
    people, path = made.ours.people, f"/v1/conversations/{conversation}"
    note = {"text": f"{SECRET} note", "mentions": [made.ours.ids["otto"]]}
    await people["mei"].get("POST", f"{path}/notes", note)
    await people["lin"].get("POST", f"{path}/whispers", {"text": f"{SECRET} whisper"})
    await people["mei"].get("POST", f"{path}/wrap-up", {"category": SECRET, "remark": f"{SECRET} remark"})
    await people["lin"].get("PUT", f"{path}/reviews/{made.ours.ids['mei']}", _review(0))
    return visitor, conversation


def _review(version: int) -> dict[str, object]:
    """The first one, or one that changes it."""
    remark = f"{SECRET} review {version}"
    return {"scorecard": 1, "points": [version], "remark": remark, "version": version}


async def test_no_route_and_no_frame_gives_a_visitor_what_staff_say_among_themselves(made: World) -> None:
    visitor, conversation = await _said_among_staff(made)
    people = made.ours.people
    told: list[str] = []
    aims = {
        "conversation_id": conversation,
        "contact_id": visitor.facts["contact"]["id"],
        "connection": await open_stream(visitor),
    }
    asking = Caller("owner", visitor, made.ours, aims)
    async with (
        realtime(made.url, visitor.token, device="fresh") as fresh,
        realtime(made.url, visitor.token, device="old", heads={conversation: 1}) as old,
    ):
        await people["lin"].get("POST", f"/v1/conversations/{conversation}/whispers", {"text": f"{SECRET} 2"})
        await people["mei"].get("POST", f"/v1/conversations/{conversation}/notes", {"text": f"{SECRET} 3"})
        reviewed = f"/v1/conversations/{conversation}/reviews/{made.ours.ids['mei']}"
        await people["lin"].get("PUT", reviewed, _review(1))
        for client in (fresh, old):
            await client.send(t="history", ref="h", conversation=conversation, limit=100)
            page = await client.until("page", ref="h")
            assert {entry["kind"] for entry in page["entries"]} >= {"hidden", "assigned"}
            frames = [page, *client.sync, *client.frames]
            told += [f"frame {frame['t']}" for frame in frames if SECRET in json.dumps(frame)]
            told += [f"frame {frame}" for frame in frames if "quality" in json.dumps(frame)]
    for route in VERDICTS.keys() - ENDS:
        if route.startswith("GET ") and "/events" in route:
            continue
        answer = await asking.ask(route)
        if SECRET in answer.text:
            told.append(f"{route}: {answer.text[:200]}")
    assert not told, "\n".join(told)


async def test_an_event_stream_gives_a_visitor_hidden_in_place_of_a_whisper(made: World) -> None:
    visitor, conversation = await _said_among_staff(made)
    connection = await open_stream(visitor)
    lines: list[str] = []
    url = f"/v1/realtime/sessions/{connection}/events"
    headers = {"authorization": f"Bearer {visitor.token}"}
    async with made.http.stream("GET", url, headers=headers) as stream:
        async for line in stream.aiter_lines():
            lines.append(line)
            if '"t":"ready"' in line:
                path = f"/v1/conversations/{conversation}/whispers"
                await made.ours.people["lin"].get("POST", path, {"text": f"{SECRET} 4"})
            if '"t":"entry"' in line:
                break
    assert '"kind":"hidden"' in lines[-1] or any('"kind":"hidden"' in line for line in lines[-3:])
    assert SECRET not in "\n".join(lines)


async def test_a_colleague_who_is_named_may_read_and_one_who_is_not_may_not(made: World) -> None:
    """Otto is of no team. Being named lets him read this conversation, and nobody else's."""
    _, conversation = await fresh_conversation(made, made.ours)
    mei, otto = made.ours.people["mei"], made.ours.people["otto"]
    path = f"/v1/conversations/{conversation}"
    assert (await otto.ask("GET", path)).status_code == 404
    await mei.get("POST", f"{path}/notes", {"text": "look", "mentions": [made.ours.ids["otto"]]})
    assert (await otto.ask("GET", path)).status_code == 200
    assert (await otto.ask("POST", f"{path}/whispers", body={"text": "x"})).status_code == 403
    found = await otto.get("GET", "/v1/mentions")
    assert found["items"][0]["conversation"]["id"] == conversation
    assert (await mei.get("GET", "/v1/mentions"))["items"] == []
