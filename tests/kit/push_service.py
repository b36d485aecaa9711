"""A browser's push service for tests that have no event loop: it takes what is posted and hands it out."""

import queue
import threading
from collections import defaultdict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final

from typing_extensions import override

_PATIENCE: Final = 20


class PushService:
    """On a port of its own; `status` is what it answers from now on."""

    def __init__(self) -> None:
        self.status = 201
        self._taken: defaultdict[str, queue.Queue[bytes]] = defaultdict(queue.Queue)
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                self.send_response(service.status)
                self.send_header("content-length", "0")
                self.end_headers()
                if service.status == 201:
                    service._taken[self.path].put(body)

            @override
            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def next(self, path: str) -> bytes:
        """The next body that was taken for this subscription; waits for it."""
        return self._taken[path].get(timeout=_PATIENCE)

    def is_quiet(self, path: str, seconds: float) -> bool:
        try:
            self._taken[path].get(timeout=seconds)
        except queue.Empty:
            return True
        return False

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
