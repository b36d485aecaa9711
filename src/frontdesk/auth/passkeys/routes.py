"""HTTP for passkeys. What goes between browser and authenticator is theirs, in the JSON of WebAuthn."""

from typing import Annotated, Any

from litestar import Request, Response, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler
from msgspec import Meta, Struct

from frontdesk.auth.answers import NO_STORE, SignInAnswer, sign_in_answer, with_cookie
from frontdesk.auth.authenticator import Authenticator
from frontdesk.auth.passkeys import registering, signing_in
from frontdesk.auth.passkeys.relying_party import find_relying_party
from frontdesk.auth.passkeys.types import Passkey
from frontdesk.core.clock import Millis
from frontdesk.core.subject import Subject
from frontdesk.platform import Platform
from frontdesk.platform.web import path_id

_Text = Annotated[str, Meta(max_length=1024)]
_Code = Annotated[str, Meta(max_length=64)]


class PasskeysOffer(Struct, frozen=True):
    """Whether passkeys work at this address."""

    available: bool


class PasskeyOptions(Struct, frozen=True):
    """For `PublicKeyCredential.parseCreationOptionsFromJSON`, or `parseRequestOptionsFromJSON`."""

    options: dict[str, Any]


class PasskeyProof(Struct, frozen=True):
    """`code` where an authenticator app is in use."""

    password: _Text
    code: _Code = ""


class NewPasskey(Struct, frozen=True):
    """`credential` is the JSON of what `navigator.credentials.create` gave."""

    name: _Text
    credential: dict[str, Any]


class PasskeyUse(Struct, frozen=True):
    """`credential` is the JSON of what `navigator.credentials.get` gave."""

    credential: dict[str, Any]


class PasskeyName(Struct, frozen=True):
    name: _Text


class PasskeyView(Struct, frozen=True):
    id: str
    name: str
    created_at: Millis
    used_at: Millis | None


class PasskeyAnswer(Struct, frozen=True):
    passkey: PasskeyView


class PasskeysAnswer(Struct, frozen=True):
    items: list[PasskeyView]


@get("/v1/auth/passkey", summary="Whether passkeys work here", tags=["auth"])
async def available(request: Request[Any, Any, Any], platform: NamedDependency[Platform]) -> PasskeysOffer:
    return PasskeysOffer(find_relying_party(request, platform) is not None)


@post("/v1/auth/passkey/challenge", status_code=200, summary="Begin signing in with a passkey", tags=["auth"])
async def ask(
    request: Request[Any, Any, Any],
    platform: NamedDependency[Platform],
    authenticator: NamedDependency[Authenticator],
) -> Response[PasskeyOptions]:
    party = find_relying_party(request, platform)
    address = authenticator.origin_of(request).address
    options = await signing_in.ask(platform, authenticator, party, address=address)
    return Response(PasskeyOptions(options), headers=NO_STORE)


@post("/v1/auth/passkey", status_code=200, summary="Sign in with a passkey", tags=["auth"])
async def sign_in(
    request: Request[Any, Any, Any],
    platform: NamedDependency[Platform],
    authenticator: NamedDependency[Authenticator],
    data: JSONBody[PasskeyUse],
) -> Response[SignInAnswer]:
    party, origin = find_relying_party(request, platform), authenticator.origin_of(request)
    done = await signing_in.sign_in(platform, authenticator, party, data.credential, origin)
    return with_cookie(request, platform, done, sign_in_answer(authenticator, done))


@get("/v1/me/passkeys", summary="One's own passkeys", tags=["auth"])
async def list_own(platform: NamedDependency[Platform], subject: NamedDependency[Subject]) -> PasskeysAnswer:
    return PasskeysAnswer([_view(key) for key in await registering.list_passkeys(platform, subject)])


@post("/v1/me/passkeys/challenge", status_code=200, summary="Begin adding a passkey", tags=["auth"])
async def begin(
    request: Request[Any, Any, Any],
    platform: NamedDependency[Platform],
    authenticator: NamedDependency[Authenticator],
    subject: NamedDependency[Subject],
    data: JSONBody[PasskeyProof],
) -> Response[PasskeyOptions]:
    party = find_relying_party(request, platform)
    options = await registering.begin(
        platform, authenticator, subject, party, password=data.password, code=data.code
    )
    return Response(PasskeyOptions(options), headers=NO_STORE)


@post("/v1/me/passkeys", summary="Keep the passkey that was made", tags=["auth"])
async def finish(
    request: Request[Any, Any, Any],
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    data: JSONBody[NewPasskey],
) -> PasskeyAnswer:
    party = find_relying_party(request, platform)
    key = await registering.finish(platform, subject, party, name=data.name, answer=data.credential)
    return PasskeyAnswer(_view(key))


@patch("/v1/me/passkeys/{passkey_id:str}", status_code=204, summary="Name a passkey", tags=["auth"])
async def rename(
    platform: NamedDependency[Platform],
    subject: NamedDependency[Subject],
    passkey_id: FromPath[str],
    data: JSONBody[PasskeyName],
) -> None:
    await registering.rename(platform, subject, path_id(passkey_id, what="passkey"), data.name)


@delete("/v1/me/passkeys/{passkey_id:str}", status_code=204, summary="Remove a passkey", tags=["auth"])
async def remove(
    platform: NamedDependency[Platform], subject: NamedDependency[Subject], passkey_id: FromPath[str]
) -> None:
    await registering.remove(platform, subject, path_id(passkey_id, what="passkey"))


def _view(key: Passkey) -> PasskeyView:
    return PasskeyView(str(key.id), key.name, key.created_at, key.used_at)


ROUTES: list[ControllerRouterHandler] = [
    available,
    ask,
    sign_in,
    list_own,
    begin,
    finish,
    rename,
    remove,
]
