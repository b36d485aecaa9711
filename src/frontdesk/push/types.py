"""Push as values and commands."""

from enum import StrEnum
from typing import Annotated, Final, Literal

from msgspec import Meta, Struct
from typing_extensions import override

from frontdesk.core.clock import Millis
from frontdesk.core.subject import SubjectKind

SECOND: Final[Millis] = 1_000
MINUTE: Final[Millis] = 60 * SECOND
HOUR: Final[Millis] = 60 * MINUTE
DAY: Final[Millis] = 24 * HOUR
HOLD: Final[Millis] = 2 * MINUTE  # longer than a dead line is taken for a living one
MOMENT: Final[Millis] = 5 * SECOND  # in which a visitor who looks elsewhere reads it there
MAX_ENDPOINT: Final = 1_000


class Kind(StrEnum):
    """What a device is told."""

    MESSAGE = "message"
    ASSIGNED = "assigned"
    OFFER = "offer"
    MENTION = "mention"
    WOKEN = "woken"
    SILENT = "silent"
    WARNED = "warned"
    BREACHED = "breached"
    TEST = "test"


class Problem(StrEnum):
    """Why the last attempt failed: no answer, or one that said no."""

    UNREACHABLE = "unreachable"
    REFUSED = "refused"


class Subscription(Struct, frozen=True):
    """A browser that wants to be told, with the keys that it reads by. `words`: also what was said.

    `channel_id` is the one by which a visitor came, whose conversations alone are told; 0 for staff.
    `origin` is the push service of `endpoint`: whom we call, and the audience of what we sign.
    """

    id: int
    organization_id: int
    session_id: int
    principal_kind: SubjectKind
    principal_id: int
    endpoint: str
    origin: str
    public_key: str
    auth: str
    language: str
    words: bool
    created_at: Millis
    channel_id: int = 0
    problem: Problem | None = None
    failing_since: Millis | None = None

    @override
    def __repr__(self) -> str:
        return f"Subscription(id={self.id})"  # whoever knows the rest can write to the device


class Delivery(Struct, frozen=True):
    """One event for one device.

    made ──► held ── nobody looks any more ──► due ── taken ─────────────► done, known until `ends_at`
              │                                 │ └── not now: later due
              └ looked at for so long           └── no news any more, or too late ──► gone

    `event` is the same for every device. `seq` is 0 where it is not about an entry. `next_at` is None while it is held
    and once it is done.
    """

    id: int
    organization_id: int
    subscription_id: int
    principal_id: int
    origin: str
    event: str
    kind: Kind
    conversation_id: int
    seq: int
    ends_at: Millis
    attempts: int
    next_at: Millis | None
    held_until: Millis | None


class News(Struct, frozen=True, kw_only=True):
    """Something for one person, worth telling until `ends_at`. `event` is the same however often it is read.

    `channel_id`: only those devices of a visitor are told that came by it; 0 for staff.
    """

    organization_id: int
    principal_kind: SubjectKind
    principal_id: int
    kind: Kind
    event: str
    conversation_id: int
    seq: int
    ends_at: Millis
    channel_id: int = 0


class NewSubscription(Struct, frozen=True, kw_only=True):
    """What `PushManager.subscribe` gave, as `PushSubscription.toJSON` has it, and what its owner wants to read."""

    endpoint: Annotated[str, Meta(max_length=MAX_ENDPOINT)]
    p256dh: Annotated[str, Meta(max_length=128, description="The browser's public key, base64url.")]
    auth: Annotated[str, Meta(max_length=64, description="The secret that it shares with us, base64url.")]
    language: Literal["zh-CN", "en", "ar"] = "zh-CN"
    words: Annotated[bool, Meta(description="Whether a message's words are shown, besides who wrote.")] = (
        False
    )


class PushState(Struct, frozen=True):
    """How it stands for the asking session. `public_key` is this installation's, for `PushManager.subscribe`."""

    public_key: str
    subscribed: bool
    words: bool
    problem: Problem | None
