"""The built console, widget and demo shop, served from memory: compressed once, validated by ETag, safe by headers."""

import gzip
import hashlib
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any, Final

from litestar import Request, Response, Router, get
from litestar.di import NamedDependency
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from frontdesk.channels import frame_origins, loader_look
from frontdesk.core.errors import not_found
from frontdesk.platform import Platform

_PACKAGE: Final = Path(__file__).parent
_CHECKOUT: Final = _PACKAGE.parents[2] / "web" / "apps"
_COMPRESSED: Final = frozenset({".html", ".js", ".css", ".svg", ".json", ".webmanifest", ".txt"})
_BASE_POLICY: Final = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "media-src 'self' blob:; connect-src 'self' ws: wss:; object-src 'none'; base-uri 'none'; form-action 'self'"
)
CONSOLE_POLICY: Final = f"{_BASE_POLICY}; frame-ancestors 'none'"
WIDGET_POLICY: Final = f"{_BASE_POLICY}; frame-ancestors *"
_CHAT: Final = "/chat.html"
_FOREVER: Final = "public, max-age=31536000, immutable"
_CHECK: Final = "no-cache"


@dataclass(frozen=True, slots=True, eq=False)
class _File:
    body: bytes
    compressed: bytes | None
    etag: str
    headers: Mapping[str, str]


class StaticFiles:
    """A folder held in memory. Nothing outside it can be named: paths are looked up, never opened."""

    def __init__(self, folder: Path, *, policy: str) -> None:
        self._files = {
            path.relative_to(folder).as_posix(): _load(path, folder, policy)
            for path in sorted(folder.rglob("*"))
            if path.is_file() and not path.name.startswith(".")
        }

    def respond(
        self,
        request: Request[Any, Any, Any],
        path: str,
        *,
        fallback: str | None = None,
        policy: str | None = None,
        before: bytes = b"",
    ) -> Response[bytes]:
        """The file at `path`, or `fallback` when there is none; 304 when the client has it already.

        `policy` takes the place of a page's own; `before` is put ahead of a script.
        """
        file = self._files.get(path.strip("/")) or self._files.get(fallback or "")
        if file is None:
            raise not_found("page")
        if before:
            file = _put_before(file, before)
        headers = {**file.headers, "etag": file.etag}
        if policy is not None and "content-security-policy" in headers:
            headers["content-security-policy"] = policy
        if request.headers.get("if-none-match") == file.etag:
            return Response(b"", status_code=304, headers=headers)
        if file.compressed is not None and "gzip" in request.headers.get("accept-encoding", ""):
            return Response(file.compressed, headers={**headers, "content-encoding": "gzip"})
        return Response(file.body, headers=headers)


def _load(path: Path, folder: Path, policy: str) -> _File:
    body = path.read_bytes()
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    if kind.startswith("text/") or kind == "application/javascript":
        kind += "; charset=utf-8"
    hashed = "assets" in PurePosixPath(path.relative_to(folder).as_posix()).parts
    headers = {
        "content-type": kind,
        "cache-control": _FOREVER if hashed else _CHECK,
        "vary": "accept-encoding",
        "x-content-type-options": "nosniff",
        "referrer-policy": "strict-origin-when-cross-origin",
    }
    if path.suffix == ".html":
        headers["content-security-policy"] = policy
    compressed = gzip.compress(body, 9, mtime=0) if path.suffix in _COMPRESSED else None
    return _File(body, compressed, _etag(body), headers)


@lru_cache(maxsize=256)
def _put_before(file: _File, more: bytes) -> _File:
    body = more + file.body
    return _File(body, gzip.compress(body, 9, mtime=0), _etag(body), file.headers)


def _etag(body: bytes) -> str:
    return f'"{hashlib.sha256(body).hexdigest()[:24]}"'


def built(app: str) -> Path:
    """Where an app's built files are: in the installed package, or in the checkout after `make up`."""
    packaged = _PACKAGE / "web" / app
    return packaged if packaged.is_dir() else _CHECKOUT / app / "dist"


def static_routes() -> list[Router | HTTPRouteHandler]:
    """Routes for `/`, `/console`, `/widget.js`, `/widget` and `/demo`."""
    console = StaticFiles(built("console"), policy=CONSOLE_POLICY)
    widget = StaticFiles(built("widget"), policy=WIDGET_POLICY)
    shop = StaticFiles(_PACKAGE / "demo" / "shop", policy=CONSOLE_POLICY)

    @get("/", include_in_schema=False)
    async def home() -> Redirect:
        return Redirect("/console/", status_code=302)

    @get(["/console", "/console/{path:path}"], include_in_schema=False)
    async def serve_console(request: Request[Any, Any, Any], path: FromPath[str] = "") -> Response[bytes]:
        fallback = None if path.startswith("/assets/") else "index.html"
        return console.respond(request, path, fallback=fallback)

    @get("/widget.js", include_in_schema=False)
    async def serve_loader(
        request: Request[Any, Any, Any], platform: NamedDependency[Platform], channel: FromQuery[str] = ""
    ) -> Response[bytes]:
        look = await loader_look(platform, channel)
        script = "speaking.js" if look.speaks else "widget.js"
        return widget.respond(request, script, before=look.statement)

    @get("/widget/{path:path}", include_in_schema=False)
    async def serve_widget(
        request: Request[Any, Any, Any],
        platform: NamedDependency[Platform],
        path: FromPath[str],
        channel: FromQuery[str] = "",
    ) -> Response[bytes]:
        origins = await frame_origins(platform, channel) if channel and path == _CHAT else ()
        policy = f"{_BASE_POLICY}; frame-ancestors 'self' {' '.join(origins)}" if origins else None
        return widget.respond(request, path, policy=policy)

    @get(["/demo", "/demo/{path:path}"], include_in_schema=False)
    async def serve_shop(request: Request[Any, Any, Any], path: FromPath[str] = "") -> Response[bytes]:
        return shop.respond(request, path or "index.html")

    return [home, serve_console, serve_loader, serve_widget, serve_shop]
