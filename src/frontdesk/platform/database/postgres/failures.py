"""What the server's errors mean: a collision that is tried again, or an engine that cannot work now."""

from typing import Final
from urllib.parse import urlsplit

import asyncpg

from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.platform.database.postgres.walls import ROLE

OLDEST: Final = 15

# Two units got in each other's way. A unique key counts too: alone, the unit would have seen the row and not inserted.
COLLISIONS: Final = (
    asyncpg.SerializationError,
    asyncpg.DeadlockDetectedError,
    asyncpg.LockNotAvailableError,
    asyncpg.InvalidCachedStatementError,
)
TAKEN: Final = asyncpg.UniqueViolationError
# The connection is of no use any more; the unit may run on another one as long as its commit was not sent.
LOST: Final = (
    OSError,  # refused, reset, timed out
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.CannotConnectNowError,
    asyncpg.IdleInTransactionSessionTimeoutError,
)
# What says that the engine cannot work now, in contrast to a statement that is wrong.
FAILURES: Final = (
    *LOST,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.PostgresSystemError,
    asyncpg.ReadOnlySQLTransactionError,
    asyncpg.InvalidAuthorizationSpecificationError,
    asyncpg.InvalidCatalogNameError,
)


def is_lost(error: BaseException | None) -> bool:
    """Whether the connection is gone, and with it whatever was not committed."""
    return isinstance(error, LOST)


def unavailable(message: str) -> FrontdeskError:
    """What went wrong inside is in the log and nowhere else."""
    return FrontdeskError(
        ErrorKind.UNAVAILABLE,
        "platform.database-unavailable",
        message,
        hint="Try again in a moment. The reason is in the server's log.",
        retry_after=2,
    )


def check_version(major: int) -> None:
    """Raises `platform.database-open` for a server that is too old."""
    if major < OLDEST:
        raise _unusable(
            f"The database is PostgreSQL {major}; Frontdesk needs {OLDEST} or newer.",
            hint="Upgrade the server.",
        )


def cannot_open(url: str, error: Exception) -> FrontdeskError:
    """Why the server at this address could not be used. The password is in no message."""
    parts = urlsplit(url)
    where = f"{parts.hostname or 'its address'}:{parts.port or 5432}{parts.path}"
    for kinds, what, hint in _REASONS:
        if isinstance(error, kinds):
            return _unusable(f"The database at {where} {what}.", hint=hint)
    return _unusable(f"The database at {where} cannot be used: {error}.", hint="Check database.url.")


def _unusable(message: str, *, hint: str) -> FrontdeskError:
    return FrontdeskError(ErrorKind.UNAVAILABLE, "platform.database-open", message, hint=hint)


_REASONS: Final[tuple[tuple[tuple[type[Exception], ...], str, str], ...]] = (
    ((asyncpg.InvalidPasswordError, asyncpg.InvalidAuthorizationSpecificationError), "refuses this user or password",
     "Check database.url, and pg_hba.conf on the server."),
    ((asyncpg.InvalidCatalogNameError,), "does not exist", "Create it, or check the name at the end of database.url."),
    ((asyncpg.InvalidParameterValueError,), f"has no role {ROLE} that this user may take",
     "Run `frontdesk migrate` with database.owner_url set, and grant that role to this user."),
    ((asyncpg.TooManyConnectionsError,), "has no connection left", "Raise its max_connections, or lower database.pool."),
    ((asyncpg.CannotConnectNowError,), "is starting or stopping", "Start again in a moment."),
    ((TimeoutError,), "does not answer", "Check that it runs, and that nothing in between drops the packets."),
    ((OSError,), "cannot be reached", "Check that it runs, and database.url."),
)  # fmt: skip
