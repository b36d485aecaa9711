"""Who somebody is and what they may do: organizations, accounts, sessions, tokens, permissions.

Tables: organization, account, role, session, refresh_token, signing_key, visitor_key, sign_in_policy; oauth_client, _code,
_consent; those of the second factor stand there.
Events out: SESSION_REVOKED, once a session is over: the edge cuts its sockets at once. ROLE_CHANGED and
ACCOUNT_ROLE_CHANGED, with what holds now: every process keeps it in memory (`Grants`). ORGANIZATION_CHANGED: its name.

Invariants:
- A password is chosen within the organization's policy, wherever it is chosen (`choose_password`).
- No secret is kept as it was given: passwords as argon2id, refresh tokens and visitor keys as SHA-256.
- An access token is verified without a query: signature (Ed25519 only), type, audience, expiry, session not revoked.
- What an application has is a session too (`oauth/`), and opens no more than its scopes say.
- Disabling an account and a new password end every session of the account at once, also across a restart.
- A changed role counts for the next call and the next frame everywhere, without signing in again and without a query.
- A refresh token works once. Its repeat within `GRACE` seconds gets the same answer while the successor is unused; any
  other repeat ends the session.
- An unknown user, a wrong password and a disabled account look the same, and take the same time.
"""

from frontdesk.auth.accounts import (
    create_account_in,
    find_account,
    find_account_by_email,
    find_account_by_name,
    find_accounts,
    normal_email,
    normal_username,
    set_email_in,
    set_enabled_in,
    set_password,
)
from frontdesk.auth.authenticator import Authenticator, provide_subject
from frontdesk.auth.cookie import PATH as AUTH_PATH
from frontdesk.auth.cookie import cookie_of
from frontdesk.auth.forgetting import forget_visitors_in
from frontdesk.auth.granting import ACCOUNT_ROLE_CHANGED, ROLE_CHANGED, Grants
from frontdesk.auth.keys import Keys
from frontdesk.auth.keys import rotate as rotate_signing_keys
from frontdesk.auth.opening import open_session_in
from frontdesk.auth.organizations import (
    ORGANIZATION_CHANGED,
    create_organization,
    find_organization,
    find_organizations,
    get_organization,
)
from frontdesk.auth.own_password import change_password
from frontdesk.auth.password_rules import check_password
from frontdesk.auth.passwords import PasswordHash, hash_password
from frontdesk.auth.permissions import PERMISSIONS, Permission, grants_of, require, require_in_person
from frontdesk.auth.policy import choose_password
from frontdesk.auth.roles import (
    NewRole,
    RoleChanges,
    change_role,
    create_role,
    delete_role,
    grants_in,
    list_roles,
    may_grant_in,
    set_role_in,
)
from frontdesk.auth.rotation import Grant, hash_token, refresh, signed_in
from frontdesk.auth.sessions import SESSION_REVOKED, revoke_principal_in, revoke_session_in, standing_in
from frontdesk.auth.signing_in import sign_in, sign_out
from frontdesk.auth.types import (
    Account,
    Organization,
    Scope,
    SessionRevoked,
    SignedIn,
    SignInPolicy,
    Token,
    VisitorKey,
)
from frontdesk.auth.visitors import create_visitor_key_in, find_visitor_key, issue_visitor_token

__all__ = [
    "ACCOUNT_ROLE_CHANGED",
    "AUTH_PATH",
    "ORGANIZATION_CHANGED",
    "PERMISSIONS",
    "ROLE_CHANGED",
    "SESSION_REVOKED",
    "Account",
    "Authenticator",
    "Grant",
    "Grants",
    "Keys",
    "NewRole",
    "Organization",
    "PasswordHash",
    "Permission",
    "RoleChanges",
    "Scope",
    "SessionRevoked",
    "SignInPolicy",
    "SignedIn",
    "Token",
    "VisitorKey",
    "change_password",
    "change_role",
    "check_password",
    "choose_password",
    "cookie_of",
    "create_account_in",
    "create_organization",
    "create_role",
    "create_visitor_key_in",
    "delete_role",
    "find_account",
    "find_account_by_email",
    "find_account_by_name",
    "find_accounts",
    "find_organization",
    "find_organizations",
    "find_visitor_key",
    "forget_visitors_in",
    "get_organization",
    "grants_in",
    "grants_of",
    "hash_password",
    "hash_token",
    "issue_visitor_token",
    "list_roles",
    "may_grant_in",
    "normal_email",
    "normal_username",
    "open_session_in",
    "provide_subject",
    "refresh",
    "require",
    "require_in_person",
    "revoke_principal_in",
    "revoke_session_in",
    "rotate_signing_keys",
    "set_email_in",
    "set_enabled_in",
    "set_password",
    "set_role_in",
    "sign_in",
    "sign_out",
    "signed_in",
    "standing_in",
]
