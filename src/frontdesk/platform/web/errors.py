"""Every refusal and every failure as the one error body. What went wrong inside is in the log and nowhere else."""

from collections.abc import Callable, Mapping
from math import ceil
from typing import Any, Final

import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException
from msgspec import Struct

from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.platform.web.headers import secure_headers

STATUS: Final[Mapping[ErrorKind, int]] = {
    ErrorKind.INVALID: 400,
    ErrorKind.UNAUTHENTICATED: 401,
    ErrorKind.FORBIDDEN: 403,
    ErrorKind.NOT_FOUND: 404,
    ErrorKind.CONFLICT: 409,
    ErrorKind.TOO_LARGE: 413,
    ErrorKind.BUSY: 429,
    ErrorKind.UNAVAILABLE: 503,
}
_INTERNAL: Final = 500
_LONGEST_PROBLEM: Final = 200
logger = structlog.get_logger("frontdesk.web")


class ErrorDetail(Struct, frozen=True, omit_defaults=True):
    kind: ErrorKind
    code: str
    message: str
    hint: str
    details: dict[str, object] = {}
    retry_after: float | None = None


class ErrorBody(Struct, frozen=True):
    error: ErrorDetail


def error_body(error: FrontdeskError) -> ErrorBody:
    """The error as clients see it, on every transport."""
    return ErrorBody(
        ErrorDetail(error.kind, error.code, error.message, error.hint, error.details, error.retry_after)
    )


def error_response(
    error: FrontdeskError, *, status: int | None = None, headers: Mapping[str, str] | None = None
) -> Response[ErrorBody]:
    """The HTTP answer for an error; `status` where HTTP knows more than the error's kind."""
    fields = {"cache-control": "no-store", **(headers or {})}
    if error.retry_after is not None:
        fields["retry-after"] = str(max(1, ceil(error.retry_after)))
    if error.kind is ErrorKind.UNAUTHENTICATED:
        fields["www-authenticate"] = "Bearer"
    response = Response(
        error_body(error),
        status_code=status or STATUS[error.kind],
        headers=fields,
        media_type="application/json",
    )
    secure_headers(response)  # errors do not pass through the application's own hook
    return response


def _refused(_: Request[Any, Any, Any], error: FrontdeskError) -> Response[ErrorBody]:
    return error_response(error)


def _invalid(_: Request[Any, Any, Any], error: ValidationException) -> Response[ErrorBody]:
    problems = [_problem(item) for item in error.extra] if isinstance(error.extra, list) else []
    return error_response(
        FrontdeskError(
            ErrorKind.INVALID,
            "web.invalid",
            "The request is not of the right form.",
            hint="; ".join(problems) or "Compare it with the API's description.",
            details={"problems": problems} if problems else {},
        )
    )


def _malformed(request: Request[Any, Any, Any], error: Exception) -> Response[ErrorBody]:
    """What the framework's decoder lets through: text that is not UTF-8, lists in lists in lists."""
    logger.warning("web.request.malformed", path=request.scope["path"], exc_info=error)
    return error_response(
        FrontdeskError(
            ErrorKind.INVALID,
            "web.invalid",
            "The request is not of the right form.",
            hint="Compare it with the API's description.",
        )
    )


def _http(request: Request[Any, Any, Any], error: HTTPException) -> Response[ErrorBody]:
    """What the framework refuses by itself."""
    known = _KNOWN.get(error.status_code)
    if known is None:
        if error.status_code >= _INTERNAL:
            return _failed(request, error)
        known = (ErrorKind.INVALID, "web.invalid", "The request is not of the right form.")
    kind, code, message = known
    allowed = {name: value for name, value in (error.headers or {}).items() if name.lower() == "allow"}
    return error_response(
        FrontdeskError(kind, code, message, hint=_HINTS.get(code, "Compare it with the API's description.")),
        status=error.status_code,
        headers=allowed,
    )


def _failed(request: Request[Any, Any, Any], error: Exception) -> Response[ErrorBody]:
    """A fault of ours: the log gets all of it, the client a sentence."""
    logger.error("web.request.failed", method=request.method, path=request.scope["path"], exc_info=error)
    return error_response(
        FrontdeskError(
            ErrorKind.UNAVAILABLE,
            "web.failed",
            "Something went wrong on our side.",
            hint="Try again; tell the operator when it happens again.",
        ),
        status=_INTERNAL,
    )


def _problem(item: object) -> str:
    """One complaint about one field, in the words of the decoder, cut where it quotes a long value."""
    if not isinstance(item, dict):
        return "invalid"
    fields: dict[str, object] = {str(key): value for key, value in item.items()}  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]  the framework's extra is untyped
    key, message = str(fields.get("key") or ""), str(fields.get("message") or "invalid")
    if len(message) > _LONGEST_PROBLEM:
        message = f"{message[:_LONGEST_PROBLEM]}…"
    return f"{key}: {message}" if key else message


_KNOWN: Final[Mapping[int, tuple[ErrorKind, str, str]]] = {
    401: (ErrorKind.UNAUTHENTICATED, "auth.token", "You are not signed in."),
    403: (ErrorKind.FORBIDDEN, "web.forbidden", "This is not allowed."),
    404: (ErrorKind.NOT_FOUND, "not-found", "This page does not exist."),
    405: (ErrorKind.INVALID, "web.method", "This address does not answer this method."),
    413: (ErrorKind.TOO_LARGE, "web.too-large", "The request is too large."),
    415: (ErrorKind.INVALID, "web.media-type", "The body is of a kind that is not understood here."),
    429: (ErrorKind.BUSY, "web.busy", "Too many requests."),
    503: (ErrorKind.UNAVAILABLE, "web.unavailable", "Not available right now."),
}
_HINTS: Final[Mapping[str, str]] = {
    "not-found": "Check the address; it may have been removed, or you may not have access to it.",
    "web.too-large": "Send less at once.",
    "auth.token": "Sign in again.",
}

Handler = Callable[[Request[Any, Any, Any], Any], Response[ErrorBody]]
ERROR_HANDLERS: Final[dict[type[Exception] | int, Handler]] = {
    FrontdeskError: _refused,
    ValidationException: _invalid,
    HTTPException: _http,
    UnicodeDecodeError: _malformed,
    RecursionError: _malformed,
    Exception: _failed,
}
