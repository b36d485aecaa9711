"""The OpenAPI document as it is given away: our one error body instead of the framework's, and who needs a token."""

from typing import Any, Final, cast

import msgspec
from litestar import Litestar, Request
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.routes import HTTPRoute
from typing_extensions import override

from frontdesk.core.errors import ErrorKind
from frontdesk.platform.web import STATUS, ErrorBody

_REFUSED: Final = "Refused"
_BEARER: Final = "bearer"
_INVALID: Final = str(STATUS[ErrorKind.INVALID])


def document(app: Litestar) -> bytes:
    """The document of this application: sorted, so that two of the same application are the same bytes."""
    described = _describe(app.openapi_schema.to_schema(), _open_operations(app))
    text = msgspec.json.encode(_tidy(described), order="sorted")
    return msgspec.json.format(text, indent=2) + b"\n"


class DocumentPlugin(JsonRenderPlugin):
    """Serves the same document that `frontdesk openapi` prints."""

    @override
    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:
        return document(request.app)


def _open_operations(app: Litestar) -> set[tuple[str, str]]:
    """Path and method of what asks nobody who they are."""
    return {
        (route.path_format, method.lower())
        for route in app.routes
        if isinstance(route, HTTPRoute)
        for handler in route.route_handlers
        if "subject" not in handler.parsed_fn_signature.parameters
        for method in handler.http_methods
    }


def _tidy(node: object) -> object:
    """Without what says nothing: flags that are off, empty headers, and the "or anything" of an open-ended tuple."""
    if isinstance(node, list):
        return [_tidy(each) for each in cast("list[object]", node)]
    if not isinstance(node, dict):
        return node
    fields = {key: _tidy(value) for key, value in cast("dict[str, object]", node).items()}
    choices = fields.get("oneOf")
    if isinstance(choices, list):
        told = [each for each in cast("list[dict[str, object]]", choices) if each]
        if len(told) == 1:
            del fields["oneOf"]
            fields = {**told[0], **fields}
    for flag in ("deprecated", "allowEmptyValue", "allowReserved"):
        if fields.get(flag) is False:
            del fields[flag]
    if fields.get("headers") == {}:
        del fields["headers"]
    return fields


def _anything(kind: type) -> dict[str, Any]:
    """Details of an error may be any JSON."""
    return {"description": "Any JSON."}


def _describe(schema: dict[str, Any], opened: set[tuple[str, str]]) -> dict[str, Any]:
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            responses = operation["responses"]
            responses.pop(_INVALID, None)
            responses["default"] = {"$ref": f"#/components/responses/{_REFUSED}"}
            if (path, method) not in opened:
                operation["security"] = [{_BEARER: []}]
    _, shapes = msgspec.json.schema_components(
        [ErrorBody], schema_hook=_anything, ref_template="#/components/schemas/{name}"
    )
    components = schema["components"]
    for shape in components["schemas"].values():
        # What the framework puts here belongs to whichever field it met first, not to the shape.
        shape.pop("default", None)
        if shape.get("type") == "object":
            shape.pop("description", None)
    components["schemas"].update(shapes)
    components["responses"] = {
        _REFUSED: {
            "description": "Refused, or failed. The status follows from the error's kind.",
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/ErrorBody"}}},
        }
    }
    components["securitySchemes"] = {
        _BEARER: {"type": "http", "scheme": "bearer", "description": "An access token, or a visitor's token."}
    }
    return schema
