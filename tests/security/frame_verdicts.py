"""Who gets what, for every frame of the realtime protocol. A frame that is not in these tables fails the test.

nobody      has not said hello, or with no token
stranger    another visitor of the same channel
owner       the visitor whose conversation it is
agent       who has the conversation
outsider    an agent of no team, without anybody else's conversations
leader      a group leader of another department, of no team
inspector   may read every conversation and change nothing
auditor     may read the audit log and who works here, and nothing else
application what the agent who has the conversation let see contacts, and nothing else
foreign     the administrator of another organization, who holds every permission there
visitor     a visitor of another organization
"""

from typing import Any, Final

ROLES: Final = (
    "nobody", "stranger", "owner", "agent", "outsider", "leader", "inspector", "auditor", "application",
    "foreign", "visitor",
)  # fmt: skip

# What a client says, and what it names by it. A number closes the connection, `silent` is no answer at all,
# `named` is that the conversation comes in the first sync, and the other words are the frame or the kind of the error.
_TABLE: Final = """
names                    nobody stranger  owner  agent     outsider  leader    inspector auditor   application foreign   visitor
hello.token              4401   4401      4401   4401      4401      4401      4401      4401      4401        4401      4401
hello.heads              4401   unnamed   named  named     unnamed   unnamed   unnamed   unnamed   unnamed     unnamed   unnamed
send.conversation        4400   not_found ack    ack       not_found not_found forbidden forbidden forbidden   not_found not_found
send.image.media_id      4400   not_found ack    not_found not_found not_found not_found not_found not_found   not_found not_found
send.file.media_id       4400   not_found ack    not_found not_found not_found not_found not_found not_found   not_found not_found
send.voice.media_id      4400   not_found ack    not_found not_found not_found not_found not_found not_found   not_found not_found
send.card.media_id       4400   forbidden forbidden not_found not_found not_found not_found not_found not_found  not_found forbidden
received.conversation    4400   silent    silent silent    silent    silent    silent    silent    silent      silent    silent
read.conversation        4400   silent    silent silent    silent    silent    silent    silent    silent      silent    silent
typing.conversation      4400   silent    silent silent    silent    silent    silent    silent    silent      silent    silent
look.conversation        4400   silent    silent silent    silent    silent    silent    silent    silent      silent    silent
visible                  4400   silent    silent silent    silent    silent    silent    silent    silent      silent    silent
history.conversation     4400   not_found page   page      not_found not_found page      not_found not_found   not_found not_found
recall.conversation      4400   not_found done   not_found not_found not_found not_found not_found not_found   not_found not_found
ping                     4400   pong      pong   pong      pong      pong      pong      pong      pong        pong      pong
token.token              4400   4401      4401   4401      4401      4401      4401      4401      4401        4401      4401
"""

# {conversation} and {token} are those of somebody else, {image} and {voice} the owner's files, {seq} a message of the owner's.
SAID: Final[dict[str, dict[str, Any]]] = {
    "hello.token": {"t": "hello", "token": "{token}", "device": "spy", "heads": {}},
    "hello.heads": {"t": "hello", "token": "", "device": "spy", "heads": {"{conversation}": 1}},
    "send.conversation": {
        "t": "send",
        "client_id": "text",
        "conversation": "{conversation}",
        "body": {"type": "text", "text": "boo"},
    },
    "send.image.media_id": {
        "t": "send",
        "client_id": "image",
        "conversation": "{conversation}",
        "body": {"type": "image", "media_id": "{image}"},
    },
    "send.file.media_id": {
        "t": "send",
        "client_id": "file",
        "conversation": "{conversation}",
        "body": {"type": "file", "media_id": "{image}"},
    },
    "send.voice.media_id": {
        "t": "send",
        "client_id": "voice",
        "conversation": "{conversation}",
        "body": {"type": "voice", "media_id": "{voice}", "duration": 1_000},
    },
    "send.card.media_id": {
        "t": "send",
        "client_id": "card",
        "conversation": "{conversation}",
        "body": {"type": "card", "title": "A card", "media_id": "{image}"},
    },
    "received.conversation": {"t": "received", "conversation": "{conversation}", "seq": 1},
    "read.conversation": {"t": "read", "conversation": "{conversation}", "seq": 1},
    "typing.conversation": {"t": "typing", "conversation": "{conversation}", "text": "boo"},
    "look.conversation": {"t": "look", "conversation": "{conversation}", "doing": "looking"},
    "visible": {"t": "visible", "visible": False},
    "history.conversation": {"t": "history", "ref": "history", "conversation": "{conversation}", "limit": 10},
    "recall.conversation": {"t": "recall", "ref": "recall", "conversation": "{conversation}", "seq": "{seq}"},
    "ping": {"t": "ping"},
    "token.token": {"t": "token", "token": "{token}"},
}

# By frame of the server: who hears it when something happens in a conversation, as far as it names the conversation, its
# visitor, its team or its agent. `colleague` is the leader of the agent's department, whom the agent asks to go on with it.
LISTENERS: Final = (
    "owner", "agent", "colleague", "stranger", "outsider", "leader", "inspector", "auditor", "application",
    "foreign", "visitor",
)  # fmt: skip
_STAFF: Final = frozenset({"agent", "colleague", "outsider", "leader", "inspector", "auditor"})
_PAIR: Final = frozenset({"owner", "agent"})
_NOBODY: Final[frozenset[str]] = frozenset()
HEARD: Final[dict[str, frozenset[str]]] = {
    "welcome": frozenset({"owner"}),  # it says who one is oneself
    "conversation": _PAIR,
    "entries": _PAIR,
    "reset": _PAIR | {"colleague"},
    "ready": _NOBODY,
    "entry": _PAIR | {"colleague"},
    "ack": _PAIR,
    "receipt": _PAIR,
    "typing": _PAIR,
    "look": frozenset({"agent", "colleague", "inspector"}),  # who may read it and looks
    "queue": frozenset({"owner"}),
    "offer": frozenset({"agent", "colleague"}),
    "offer_ended": frozenset({"agent", "colleague"}),
    "transfer": frozenset({"agent"}),
    "gone": frozenset({"agent"}),
    "agent": _STAFF | {"application"},  # it hears of its person, and of nobody else
    "waiting": frozenset({"agent", "inspector"}),  # who is of the team, and who reaches everything
    "alarm": frozenset({"agent", "inspector"}),
    "due": frozenset({"agent", "colleague", "inspector"}),
    "changed": _STAFF | {"application"},
    "draft": frozenset({"agent"}),
    "marks": frozenset({"agent"}),
    "page": frozenset({"owner"}),
    "done": _NOBODY,
    "error": _NOBODY,
    "pong": _NOBODY,
    "bye": _NOBODY,
}


def _read(table: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for line in table.split("\n")[2:]:
        if line.strip():
            named, *verdicts = line.split()
            found[named] = dict(zip(ROLES, verdicts, strict=True))
    return found


# By what a frame names, in the order in which it is said: what ends the connection stands last.
FRAME_VERDICTS: Final = _read(_TABLE)
