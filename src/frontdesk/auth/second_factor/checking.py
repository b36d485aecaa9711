"""Whether a code is right: the app's, or one of the recovery codes."""

from enum import StrEnum
from typing import Final

from frontdesk.auth.second_factor import recovery, store, totp
from frontdesk.auth.second_factor.types import Totp
from frontdesk.core.clock import Millis
from frontdesk.core.errors import FrontdeskError, busy
from frontdesk.platform import Transaction

_FREE: Final = 5  # wrong codes before the first wait
_FIRST_WAIT: Final[Millis] = 30_000  # doubled by every further one
_LONGEST_WAIT: Final[Millis] = 3_600_000


class By(StrEnum):
    """What a code was."""

    TOTP = "totp"
    RECOVERY_CODE = "recovery_code"


async def check_in(tx: Transaction, app: Totp, code: str, *, now: Millis) -> By | FrontdeskError | None:
    """What the code was; it is used up then. None: it is wrong, or was used before, which is counted.

    A `busy` error, to be raised once this is committed, while too many wrong ones came before: nothing is looked at then.
    """
    organization_id, account_id = app.organization_id, app.account_id
    wait = _wait(app, now)
    if wait > 0:
        return busy("auth.throttled", "Too many wrong codes.", retry_after=max(1.0, wait / 1000))
    if recovery.looks_like_one(code):
        hashed = recovery.hash_code(account_id, code)
        if await store.use_code(tx, organization_id, account_id, hashed):
            await store.accept(tx, organization_id, account_id, step=app.last_step)
            return By.RECOVERY_CODE
    step = totp.matching_step(app.secret, recovery.plain(code), now=now, after=app.last_step)
    if step is not None:
        await store.accept(tx, organization_id, account_id, step=step)
        return By.TOTP
    await store.refuse(tx, organization_id, account_id, now=now)
    return None


def _wait(app: Totp, now: Millis) -> Millis:
    if app.failures < _FREE:
        return 0
    return app.failed_at + min(_LONGEST_WAIT, _FIRST_WAIT << min(app.failures - _FREE, 16)) - now
