"""Errors that a person or a client can act on.

Every refusal carries a kind (what sort of refusal), a stable code (`service.what`), a sentence for a person, and a
hint saying what to do. Edges translate the kind (HTTP status, socket frame); services never name a transport.
"""

from collections.abc import Mapping
from enum import StrEnum


class ErrorKind(StrEnum):
    INVALID = "invalid"
    UNAUTHENTICATED = "unauthenticated"
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not_found"
    CONFLICT = "conflict"
    TOO_LARGE = "too_large"
    BUSY = "busy"
    UNAVAILABLE = "unavailable"


class FrontdeskError(Exception):
    """A refusal with kind, code, message and hint. `retry_after` is in seconds and means that a repeat may succeed."""

    def __init__(
        self,
        kind: ErrorKind,
        code: str,
        message: str,
        *,
        hint: str = "",
        details: Mapping[str, object] | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(f"{code}: {message}")
        self.kind = kind
        self.code = code
        self.message = message
        self.hint = hint
        self.details = dict(details or {})
        self.retry_after = retry_after


def invalid(
    code: str, message: str, *, hint: str = "", details: Mapping[str, object] | None = None
) -> FrontdeskError:
    return FrontdeskError(ErrorKind.INVALID, code, message, hint=hint, details=details)


def not_found(what: str) -> FrontdeskError:
    """The one answer for what does not exist and for what the subject may not see: they must look the same."""
    return FrontdeskError(
        ErrorKind.NOT_FOUND,
        "not-found",
        f"This {what} does not exist.",
        hint="Check the address; it may have been removed, or you may not have access to it.",
    )


def forbidden(code: str, message: str, *, hint: str = "") -> FrontdeskError:
    return FrontdeskError(ErrorKind.FORBIDDEN, code, message, hint=hint)


def conflict(
    code: str, message: str, *, hint: str = "", details: Mapping[str, object] | None = None
) -> FrontdeskError:
    return FrontdeskError(ErrorKind.CONFLICT, code, message, hint=hint, details=details)


def unauthenticated(code: str, message: str, *, hint: str = "") -> FrontdeskError:
    return FrontdeskError(ErrorKind.UNAUTHENTICATED, code, message, hint=hint)


def busy(code: str, message: str, *, retry_after: float) -> FrontdeskError:
    return FrontdeskError(
        ErrorKind.BUSY, code, message, hint="Try again in a moment.", retry_after=retry_after
    )
