"""A person lets an application act for them: the request is checked, the person is asked, a code is made."""

import re
from typing import Final

from frontdesk.audit import Action, Target, record_in
from frontdesk.auth import store_oauth as store
from frontdesk.auth import store_sessions as rows
from frontdesk.auth.oauth.addresses import is_registered, with_query
from frontdesk.auth.oauth.types import SCOPES, Authorization, AuthorizationRequest, Client, Code
from frontdesk.auth.rotation import hash_token
from frontdesk.core.clock import Millis
from frontdesk.core.errors import FrontdeskError, forbidden, invalid
from frontdesk.core.ids import new_secret
from frontdesk.core.subject import Subject, SubjectKind
from frontdesk.platform import Platform, Transaction

CODE_LIFE: Final[Millis] = 60_000
_CHALLENGE: Final = re.compile(r"[A-Za-z0-9_-]{43}")  # BASE64URL(SHA256(…)) has this length, RFC 7636
_MAX_STATE: Final = 2000


async def authorize(
    platform: Platform, subject: Subject, asked: AuthorizationRequest, *, issuer: str, agreed: bool | None
) -> Authorization:
    """Where to send the person's browser. Without an answer of the person (`agreed` None) maybe what to ask them.

    Raises `invalid` when the application or its address is not known to the person's organization: then nobody is sent
    anywhere. Whatever else is wrong with the request is told to the application, at its address.
    """
    if subject.kind is not SubjectKind.AGENT:
        raise forbidden("auth.agents-only", "Only agents sign in to applications.")
    organization_id, code = subject.organization_id, new_secret()

    async def work(tx: Transaction) -> Authorization:
        session = await rows.session(tx, organization_id, subject.session_id)
        if session is None or session.client_id is not None:
            raise forbidden("auth.console-only", "An application cannot let another one in.")
        client = await store.client_by_code(tx, asked.client_id)
        if client is None or not client.enabled or client.organization_id != organization_id:
            raise _unknown()
        if not is_registered(client.redirect_uris, asked.redirect_uri):
            raise _unknown()

        def back(**fields: str) -> Authorization:
            address = with_query(asked.redirect_uri, **fields, state=asked.state, iss=issuer)
            return Authorization(address, client.name, [])

        problem = _problem(client, asked)
        if problem:
            return back(error=problem)
        if agreed is False:
            return back(error="access_denied")
        scope = " ".join(scope for scope in SCOPES if scope in asked.scope.split())
        known = await store.consent(tx, organization_id, subject.id, client.id)
        missing = set(scope.split()) - set(known.split())
        if agreed is None and not client.trusted and (missing or "consent" in asked.prompt.split()):
            if asked.prompt == "none":
                return back(error="consent_required")
            return Authorization(None, client.name, scope.split())
        now = platform.clock.now()
        if agreed and missing:
            both = " ".join(one for one in SCOPES if one in {*scope.split(), *known.split()})
            await store.keep_consent(
                tx, organization_id, account_id=subject.id, client_id=client.id, scope=both, now=now
            )
            target = Target("application", client.id, client.name)
            await record_in(platform, tx, subject, Action.APPLICATION_ALLOWED, target, scopes=both.split())
        row = Code(
            hash=hash_token(code),
            organization_id=organization_id,
            client_id=client.id,
            account_id=subject.id,
            by_session_id=subject.session_id,
            redirect_uri=asked.redirect_uri,
            scope=scope,
            nonce=asked.nonce,
            challenge=asked.code_challenge,
            expires_at=now + CODE_LIFE,
            session_id=None,
        )
        await store.insert_code(tx, row, now=now)
        return back(code=code)

    return await platform.database.write(organization_id, work)


def _problem(client: Client, asked: AuthorizationRequest) -> str:
    """What is wrong with the request, as one of the standards' codes; nothing when it is good."""
    if asked.response_type != "code":
        return "unsupported_response_type"
    if asked.code_challenge_method != "S256" or not _CHALLENGE.fullmatch(asked.code_challenge):
        return "invalid_request"
    if max(len(asked.state), len(asked.nonce)) > _MAX_STATE:
        return "invalid_request"
    scopes = set(asked.scope.split())
    if not scopes or scopes - set(client.scopes):
        return "invalid_scope"
    if "login" in asked.prompt.split():
        return "login_required"  # the console cannot be made to ask for the password again
    return ""


def _unknown() -> FrontdeskError:
    return invalid(
        "auth.unknown-client",
        "This application is not known here, or asks to send you to an address that is not registered.",
        hint="Tell whoever sent you here.",
    )
