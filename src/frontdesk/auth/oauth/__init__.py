"""The authorization server: OAuth 2.1 and OpenID Connect for other programs, over the sessions of auth.

What an application is given is a session of its own. So whatever ends sessions (a new password, a new role, a disabled
account, a refresh token that two hold) ends what applications have, at once and everywhere.

Invariants:
- Authorization codes need PKCE with S256, work once, for a minute; a second use ends what the first one gave.
- An application may do what its scopes say, of what the person may: never more than either.
- Redirect addresses are compared whole; only the port of a loopback address is the program's to choose.
"""
