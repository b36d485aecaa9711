"""HTTP for push. Thin: every rule is in the use cases."""

from litestar import Router, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import JSONBody

from frontdesk.core.subject import Subject
from frontdesk.platform import Platform
from frontdesk.push import subscribing
from frontdesk.push.types import NewSubscription, PushState


@get("/push", summary="Whether this session's device is told by push, and the key to subscribe with")
async def get_push(platform: NamedDependency[Platform], subject: NamedDependency[Subject]) -> PushState:
    return await subscribing.read_push(platform, subject)


@put("/push", summary="Tell this session's device by push, until the session ends")
async def put_push(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], data: JSONBody[NewSubscription]
) -> PushState:
    return await subscribing.subscribe(platform, subject, data)


@delete("/push", summary="Tell this session's device nothing by push any more")
async def delete_push(platform: NamedDependency[Platform], subject: NamedDependency[Subject]) -> None:
    await subscribing.unsubscribe(platform, subject)


@post("/push/test", status_code=202, summary="Send a test to this session's device")
async def post_test(platform: NamedDependency[Platform], subject: NamedDependency[Subject]) -> None:
    await subscribing.try_push(platform, subject)


ROUTES = [Router("/v1", route_handlers=[get_push, put_push, delete_push, post_test])]
