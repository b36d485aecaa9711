"""Every use case that a route or a frame leads to asks for a permission, and the page of permissions says what is so."""

from collections.abc import Iterator, Mapping
from typing import Final, get_args

from litestar.routes import HTTPRoute

from frontdesk.access.frames import ClientFrame
from frontdesk.app.http import describe_app
from frontdesk.auth.permissions import BUILT_IN, GRANTABLE, MEANING, PERMISSIONS, REACH, Permission
from frontdesk.core.subject import Role
from tests.architecture import calls, tree
from tests.architecture.calls import Function

PAGE: Final = tree.ROOT / "docs" / "reference" / "permissions.md"
# A use case and what it delegates to: its unit of work, the rules of its service.
STEPS: Final = 4
GATES: Final = frozenset(
    {
        ("frontdesk.auth.permissions", "require"),
        ("frontdesk.conversations.access_rules", "get_readable"),
        ("frontdesk.dispatch.rights", "get_movable"),
    }
)
_SIGNING: Final = "nobody is known yet, or only what is one's own ends"
_VISITOR: Final = "a visitor's own: the subject is the only id that counts"
_SELF: Final = "what is said about oneself, or changed of oneself"
_PUBLIC: Final = "public: the address itself is the secret, or there is none"
_STAFF: Final = "whoever works here needs it to show a page at all"
WITHOUT: Final[Mapping[str, str]] = {
    "POST /v1/auth/sign-in": _SIGNING,
    "POST /v1/auth/code": _SIGNING,
    "POST /v1/auth/enrolment": _SIGNING,
    "POST /v1/auth/enrolment/confirmation": _SIGNING,
    "POST /v1/me/second-factor/recovery-codes": _SELF,
    "POST /v1/me/second-factor/removal": _SELF,
    "GET /v1/auth/passkey": _PUBLIC,
    "POST /v1/auth/passkey": _SIGNING,
    "POST /v1/auth/passkey/challenge": _SIGNING,
    "GET /v1/me/passkeys": _SELF,
    "POST /v1/me/passkeys": _SELF,
    "POST /v1/me/passkeys/challenge": _SELF,
    "PATCH /v1/me/passkeys/{passkey_id}": _SELF,
    "DELETE /v1/me/passkeys/{passkey_id}": _SELF,
    "POST /v1/auth/refresh": _SIGNING,
    "POST /v1/auth/sign-out": _SIGNING,
    "GET /v1/auth/password-reset": _SIGNING,
    "POST /v1/auth/password-reset": _SIGNING,
    "POST /v1/auth/password-reset/done": _SIGNING,
    "GET /v1/auth/sso": _SIGNING,
    "POST /v1/auth/sso/{provider_id}": _SIGNING,
    "GET /v1/auth/sso/callback": _SIGNING,
    "POST /v1/auth/password": _SELF,
    "GET /v1/me": _SELF,
    "PATCH /v1/me": _SELF,
    "PUT /v1/me/status": _SELF,
    "DELETE /v1/me/wrap-up": _SELF,
    "POST /v1/realtime/sessions": "a connection; what its frames do is in FRAMES",
    "GET /v1/realtime/sessions/{connection}/events": "a connection; what its frames do is in FRAMES",
    "POST /v1/realtime/sessions/{connection}/frames": "a connection; what its frames do is in FRAMES",
    "POST /v1/visitor/session": _VISITOR,
    "DELETE /v1/visitor/session": _VISITOR,
    "GET /v1/visitor/conversations": _VISITOR,
    "POST /v1/visitor/conversations": _VISITOR,
    "POST /v1/visitor/leave-messages": _VISITOR,
    "PATCH /v1/visitor/attributes": _VISITOR,
    "GET /v1/visitor/articles": _VISITOR,
    "GET /v1/visitor/articles/{article_id}": _VISITOR,
    "POST /v1/conversations/{conversation_id}/rating": _VISITOR,
    "POST /v1/conversations/{conversation_id}/transcript": _VISITOR,
    "POST /v1/conversations/{conversation_id}/human": _VISITOR,
    "POST /v1/media": "whoever may write somewhere uploads first; a file is its sender's until it is sent",
    "GET /v1/media/{media_id}/{name}": _PUBLIC,
    "GET /v1/avatars/{agent_id}": _PUBLIC,
    "GET /v1/settings": _STAFF,
    "GET /v1/wrap-up-categories": _STAFF,
    "GET /v1/organization": _STAFF,
    "GET /v1/sign-in-policy": _STAFF,
    "GET /v1/scorecard": "whoever is scored by it may know it",
    "GET /v1/me/reviews": _SELF,
    "GET /v1/panel-frames/{frame}": "the code is the key: staff are told it, nobody can guess it, and it shows an address",
    "GET /health": _PUBLIC,
    "GET /ready": _PUBLIC,
    "GET /metrics": _PUBLIC,
    "GET /v1/asyncapi.json": _PUBLIC,
    "GET /v1/openapi.json": _PUBLIC,
    "GET /.well-known/jwks.json": _PUBLIC,
    "GET /.well-known/openid-configuration": _PUBLIC,
    "GET /.well-known/oauth-authorization-server": _PUBLIC,
    "POST /oauth/token": "the application proves itself; its grant says what it may",
    "POST /oauth/introspect": "the application proves itself, and asks about its own tokens",
    "POST /oauth/revoke": "the application proves itself, and gives back its own tokens",
    "GET /oauth/userinfo": _SELF,
    "GET /oauth/logout": _SIGNING,
    "POST /v1/oauth/authorizations": "a person lets an application act for them, within what they may",
}
# By frame: what it does, or why there is nothing to permit.
FRAMES: Final[Mapping[str, Function | str]] = {
    "Send": ("frontdesk.conversations.log", "Log.submit"),
    "History": ("frontdesk.conversations.read", "entries_page"),
    "Recall": ("frontdesk.conversations.recall", "recall"),
    "Received": "a pointer of one's own, in a conversation that one takes part in",
    "Read": "a pointer of one's own, in a conversation that one takes part in",
    "Typing": "told to the other side of a conversation that one takes part in, and kept nowhere",
    "Look": ("frontdesk.conversations.looking", "look"),
    "Visible": "whether one's own page is in sight",
    "Hello": "says who one is",
    "Token": "says again who one is",
    "Ping": "asks for nothing",
}


def routes() -> Iterator[tuple[str, Function]]:
    for route in describe_app().routes:
        if isinstance(route, HTTPRoute):
            for handler in route.route_handlers:
                for method in handler.http_methods - {"OPTIONS"}:
                    made = handler.fn
                    yield f"{method} {route.path_format}", (made.__module__, made.__name__)


def near(function: Function) -> set[Function]:
    seen = ahead = {function}
    for _ in range(STEPS):
        ahead = {each for one in ahead for each in calls.called_by(one)} - seen
        seen = seen | ahead
    return seen


def gated(function: Function) -> bool:
    return bool(near(function) & GATES)


def test_every_route_asks_for_a_permission_or_says_why_not() -> None:
    found = dict(routes())
    silent = sorted(name for name, function in found.items() if not gated(function) and name not in WITHOUT)
    assert not silent, "their use cases never `require`:\n" + "\n".join(silent)
    assert not set(WITHOUT) - set(found), "there is no such route any more"


def test_every_frame_asks_for_a_permission_or_says_why_not() -> None:
    names = {frame.__name__ for frame in get_args(ClientFrame)}
    assert names == set(FRAMES)
    for name, what in FRAMES.items():
        if isinstance(what, tuple):
            assert what in calls.functions(), f"{name}: there is no {what}"
            assert gated(what), f"{name}: {what} never requires"


def test_every_permission_is_asked_for_somewhere() -> None:
    named = {
        name
        for function in calls.functions()
        if not function[0].startswith("frontdesk.auth.permissions")
        for name in calls.permissions_named_by(function)
    }
    assert {permission.name for permission in Permission} == named


def test_built_in_roles_grant_what_can_be_granted_and_the_administrator_all_of_it() -> None:
    assert PERMISSIONS[Role.ADMINISTRATOR] == frozenset(Permission)
    assert set(BUILT_IN) == set(Role)
    assert set(MEANING) == set(Permission)
    for permissions, _ in BUILT_IN.values():
        assert permissions <= GRANTABLE


def test_the_page_of_permissions_says_what_is_so() -> None:
    assert tree.text(PAGE) == page(), f"{tree.name(PAGE)} should be:\n{page()}"


def page() -> str:
    """The whole page, from the code."""
    roles = list(BUILT_IN)
    lines = [
        "# Permissions",
        "",
        "Whatever is not granted is refused, and what somebody may not see looks like what does not exist. The roles below are",
        "the same in every organization; an organization composes others of the same permissions under *Agents & teams → Roles*.",
        "A change counts for the next call of everybody concerned, without signing in again",
        "([0013](../decisions/0013-permissions-as-data.md)). This page is made from the code: `tests/architecture/test_permissions.py`",
        "compares it.",
        "",
        "## What each role may do",
        "",
        f"| permission | lets somebody | {' | '.join(role.value for role in roles)} |",
        f"|---|---|{'|'.join(':-:' for _ in roles)}|",
    ]
    for permission in Permission:
        if permission in GRANTABLE:
            marks = " | ".join("✓" if permission in PERMISSIONS[role] else "" for role in roles)
            lines.append(f"| `{permission.value}` | {MEANING[permission]} | {marks} |")
    lines += [
        "",
        "## How far each role reaches",
        "",
        "Each step includes the ones before it. Whoever serves a contact reads that contact's past.",
        "",
        f"| scope | {' | '.join(role.value for role in roles)} |",
        f"|---|{'|'.join(':-:' for _ in roles)}|",
    ]
    for scope in REACH:
        marks = " | ".join("✓" if REACH[scope] <= PERMISSIONS[role] else "" for role in roles)
        lines.append(f"| `{scope.value}` | {marks} |")
    lines += ["", "## What asks for each", "", "| permission | routes |", "|---|---|"]
    asked: dict[str, set[str]] = {}
    for name, function in routes():
        if name not in WITHOUT:
            for one in near(function):
                if one[0].startswith("frontdesk.auth") and not one[0].endswith("roles"):
                    continue
                for permission_name in calls.permissions_named_by(one):
                    asked.setdefault(permission_name, set()).add(name)
    for permission in Permission:
        if permission in GRANTABLE:
            names = ", ".join(f"`{name}`" for name in sorted(asked.get(permission.name, ())))
            lines.append(f"| `{permission.value}` | {names} |")
    lines += ["", "## Routes without a permission", "", "| route | why |", "|---|---|"]
    lines += [f"| `{name}` | {why} |" for name, why in sorted(WITHOUT.items())]
    return "\n".join(lines) + "\n"
