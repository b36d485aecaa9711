"""The second factor: the codes of an authenticator app, and ten codes for the day on which it is lost.

Tables: totp, recovery_code, sign_in_step.

Invariants:
- A code opens a session once, in a window of a step before and after; so does a recovery code, whose hash alone is kept.
- The secret of an app is told when it is offered, and never again.
- Wrong codes make the next try wait, longer each time, in every process: they are counted in the database.
- A sign-in that waits for its second factor ends with whatever ends the account's sessions.
"""
