"""Realtime connections: sockets, and event streams where sockets do not get through.

Owns no table. Out: `event.access.device-connected`; presence through `staff.connected` and `staff.disconnected`.
In: ended sessions (closes at once), AGENT_CHANGED (teams followed), the frames of conversations for its principals.

Wiring, in the order of a process's life:
    hub = Hub(platform, log, authenticator, membership, receipts); hub.start(tasks)
    uvicorn.Config(app, http="httptools", ws=RealtimeServer(hub, platform).protocol_class(), ...)
    await hub.drain()    # before uvicorn's own shutdown
The HTTP routes ask for the dependencies `hub` and `subject`.

Invariants:
- A message is acknowledged after its commit, never before, and a client's frames are handled in their order.
- A connection is subscribed before its snapshot is read: nothing falls between the two.
- What is queued to a client is bounded; who does not read is cut and told to come back.
- Every close names a code that says whether to come back.
"""

from frontdesk.access.asyncapi import document as asyncapi_document
from frontdesk.access.asyncapi import is_current as is_asyncapi_current
from frontdesk.access.connection import Connection
from frontdesk.access.frames import CloseCode
from frontdesk.access.hub import Hub
from frontdesk.access.outlet import State
from frontdesk.access.websocket import RealtimeServer

__all__ = [
    "CloseCode",
    "Connection",
    "Hub",
    "RealtimeServer",
    "State",
    "asyncapi_document",
    "is_asyncapi_current",
]
