"""One message is one trace, from the process that takes it, over NATS, to the process that delivers it."""

import asyncio
import socket
from collections.abc import Sequence

import pytest

from tests.cluster.cluster import Cluster, Node
from tests.kit.collector import running_collector
from tests.kit.realtime import realtime
from tests.scenarios.desk import Desk, message, opened


@pytest.fixture(scope="module")
def shape() -> Sequence[str]:
    return "api", "dispatch"


def instance(node: Node) -> str:
    """What this process calls itself in its traces."""
    return f"{socket.gethostname()}-{node.process.pid}"


async def test_the_push_to_an_agent_at_another_process_belongs_to_the_trace_of_what_the_visitor_sent(
    desk: Desk, cluster: Cluster
) -> None:
    with running_collector() as collector:
        settings = {"FRONTDESK_TELEMETRY__OTLP_URL": collector.url, "FRONTDESK_TELEMETRY__SHARE": "1"}
        here, there = await asyncio.to_thread(cluster.start, "access", "access", settings=settings)
        mei, visitor = await desk.agent("mei"), await desk.visitor()
        conversation = await opened(visitor)
        async with realtime(there.url, mei.token) as console, realtime(here.url, visitor.token) as widget:
            await visitor.call("POST", f"/v1/conversations/{conversation}/human", {})
            await console.until("reset", conversation=conversation)
            ack = await widget.say(conversation, "m-1", "follow me")
            while message(await console.until("entry")) != "follow me":
                pass
            (publish,) = await collector.until("message.publish", seq=str(ack["seq"]))
            (append,) = await collector.until("message.append", conversation_id=conversation)
            pushes = await collector.until("message.push", 2)
    assert append.parent == "", "it began at the socket"
    assert (publish.trace, publish.parent) == (append.trace, append.id)
    assert {(push.trace, push.parent) for push in pushes} == {(append.trace, publish.id)}
    assert append.process == publish.process == instance(here)
    assert sorted(push.process for push in pushes) == sorted([instance(here), instance(there)])
