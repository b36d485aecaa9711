"""What a body says it is. Browsers send other kinds across origins without asking first; JSON they ask about."""

from typing import Any

from litestar import Request
from litestar.enums import RequestEncodingType
from litestar.exceptions import HTTPException
from litestar.params import BodyKwarg

_JSON = "application/json"


def require_json(request: Request[Any, Any, Any]) -> None:
    """`before_request` hook: refuse, with 415, a body that its route reads as JSON and that is not called JSON."""
    data = request.route_handler.parsed_fn_signature.parameters.get("data")
    if data is None or not isinstance(data.kwarg_definition, BodyKwarg):
        return
    if data.kwarg_definition.media_type != RequestEncodingType.JSON or not _has_body(request):
        return
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _JSON:
        raise HTTPException(status_code=415)


def _has_body(request: Request[Any, Any, Any]) -> bool:
    return request.headers.get("content-length", "0") != "0" or "transfer-encoding" in request.headers
