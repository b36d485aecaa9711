"""Signing in by a company's own identity provider, which speaks OpenID Connect (Entra ID, Okta, Keycloak, Google …).

Owns: identity_provider, identity_link, identity_attempt. An account is auth's, an agent staff's; a link says who somebody
at a provider is here.

    begin ── browser goes to the provider ── comes back with a code ── ID token checked ── linked, found or made ── session

Invariants:
- Code with PKCE, state and nonce. A state works once, for ten minutes, in the browser that began.
- An ID token counts with a good signature by one of the provider's published keys, of this issuer, for this client, with
  this nonce, in time. Neither `none` nor a shared secret is ever an algorithm.
- Somebody is known by issuer and `sub` alone. An existing account is linked once, by an address that the provider has
  verified, in a domain that it may speak for; nobody else at that provider becomes the same account later.
- A made account has the role that the rules give, at each sign-in anew. Where no rule fits, nobody comes in.
- Nobody sets up a provider that lets in who may do more than they may themselves.
- Requests go where webhooks could: to public addresses, and what the operator allows (`sso` in the configuration).
"""

from frontdesk.sso.oidc import Directory

__all__ = ["Directory"]
