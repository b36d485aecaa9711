"""Wanting to be told on this device, and no longer; and trying whether it works."""

from frontdesk.auth import Permission, require
from frontdesk.conversations import end_of_log
from frontdesk.core.errors import FrontdeskError, conflict, invalid
from frontdesk.core.subject import Subject, SubjectKind
from frontdesk.platform import Platform, Transaction
from frontdesk.platform.addresses import Guard
from frontdesk.push.encryption import AUTH, read_public_key
from frontdesk.push.keys import decode, encode, push_key
from frontdesk.push.store import deliveries, subscriptions
from frontdesk.push.store.position import follow
from frontdesk.push.types import MINUTE, SECOND, Delivery, Kind, NewSubscription, PushState, Subscription


async def read_push(platform: Platform, subject: Subject) -> PushState:
    """Whether this session's device is told, and how the last attempt went."""
    _require(subject)
    organization_id, session_id = subject.organization_id, subject.session_id
    found = await platform.database.read(
        organization_id, lambda reader: subscriptions.of_session(reader, organization_id, session_id)
    )
    return _state(platform, found)


async def subscribe(platform: Platform, subject: Subject, new: NewSubscription) -> PushState:
    """Tell this session's device from now on, until the session ends. A repeat takes the place of what was there.

    A visitor is told of the channel by which they came.
    Raises `invalid` for keys that no browser has made, and for an endpoint to which requests cannot go.
    """
    _require(subject)
    endpoint = new.endpoint.strip()
    target = Guard.of(platform.config.push).target(endpoint)
    public_key, auth = _checked_keys(new)
    one = Subscription(
        id=platform.ids.new(),
        organization_id=subject.organization_id,
        session_id=subject.session_id,
        principal_kind=subject.kind,
        principal_id=subject.id,
        endpoint=endpoint,
        origin=f"{target.scheme}://{target.authority}",
        public_key=public_key,
        auth=auth,
        language=new.language,
        words=new.words,
        created_at=platform.clock.now(),
        channel_id=subject.channel_id,
    )

    async def work(tx: Transaction) -> PushState:
        kept = await subscriptions.put(tx, one)
        await follow(tx, await end_of_log(platform, tx))
        return _state(platform, kept)

    return await platform.database.write(subject.organization_id, work)


async def unsubscribe(platform: Platform, subject: Subject) -> None:
    """Tell this session's device nothing any more. A repeat changes nothing."""
    _require(subject)
    organization_id = subject.organization_id

    async def work(tx: Transaction) -> None:
        found = await subscriptions.of_session(tx, organization_id, subject.session_id)
        if found is not None:
            await subscriptions.remove(tx, organization_id, found.id)

    await platform.database.write(organization_id, work)


async def try_push(platform: Platform, subject: Subject) -> None:
    """Send a test to this session's device, by the way that everything goes. At most one a second.

    Raises `conflict` where it is not subscribed.
    """
    require(subject, Permission.CONVERSATION_READ_OWN)
    organization_id, now = subject.organization_id, platform.clock.now()
    identity = platform.ids.new()

    async def work(tx: Transaction) -> None:
        found = await subscriptions.of_session(tx, organization_id, subject.session_id)
        if found is None:
            raise conflict(
                "push.not-subscribed",
                "This device is not told by push.",
                hint="Switch it on first.",
            )
        test = Delivery(
            id=identity,
            organization_id=organization_id,
            subscription_id=found.id,
            principal_id=found.principal_id,
            origin=found.origin,
            event=f"test.{now // SECOND}",
            kind=Kind.TEST,
            conversation_id=0,
            seq=0,
            ends_at=now + MINUTE,
            attempts=0,
            next_at=now,
            held_until=None,
        )
        await deliveries.add(tx, test)

    await platform.database.write(organization_id, work)


def _require(subject: Subject) -> None:
    """Visitors have conversations by being visitors."""
    if subject.kind is not SubjectKind.VISITOR:
        require(subject, Permission.CONVERSATION_READ_OWN)


def _state(platform: Platform, found: Subscription | None) -> PushState:
    public_key = push_key(platform).public
    if found is None:
        return PushState(public_key, subscribed=False, words=False, problem=None)
    return PushState(public_key, subscribed=True, words=found.words, problem=found.problem)


def _checked_keys(new: NewSubscription) -> tuple[str, str]:
    try:
        public_key, auth = decode(new.p256dh), decode(new.auth)
        read_public_key(public_key)
    except ValueError as error:
        raise _unusable() from error
    if len(auth) != AUTH:
        raise _unusable()
    return encode(public_key), encode(auth)


def _unusable() -> FrontdeskError:
    return invalid(
        "push.keys",
        "These are not the keys of a push subscription.",
        hint="Send what PushSubscription.toJSON() gives.",
        details={"field": "p256dh"},
    )
