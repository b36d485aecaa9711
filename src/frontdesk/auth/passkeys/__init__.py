"""Passkeys (WebAuthn): signing in with a device that knows its owner, without a password.

Tables: passkey, passkey_challenge.

Invariants:
- A challenge is used once, within minutes, and for what it was made: an account's new passkey, or somebody's sign-in.
- Origin and relying party come from the public address that the operator configured, never from what a client says.
- The device has verified its owner, so a passkey is two factors in one; a counter that does not go up is refused.
- Whatever is wrong with a sign-in gets one answer.
"""
