"""One port for everything: HTTP and sockets on uvicorn, uvloop and picows."""

import asyncio
import gc
import signal
import socket
from collections.abc import Callable, Collection, Generator
from contextlib import contextmanager

import uvicorn
from typing_extensions import override

from frontdesk.access import RealtimeServer
from frontdesk.app.http import build_app
from frontdesk.app.runtime import Runtime, run_services
from frontdesk.app.targets import Target
from frontdesk.core.errors import conflict
from frontdesk.platform import Config, Platform


def listen(config: Config) -> socket.socket:
    """Take the address. Raises a `conflict` error that names it when somebody else has it."""
    family = socket.AF_INET6 if ":" in config.listen.host else socket.AF_INET
    taken = socket.socket(family, socket.SOCK_STREAM)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((config.listen.host, config.listen.port))
    except OSError as error:
        taken.close()
        raise conflict(
            "app.address-taken",
            f"Cannot listen on {config.listen.host}:{config.listen.port}: {error.strerror}.",
            hint="Stop what uses it, or choose another port with --port.",
        ) from error
    taken.listen(4096)
    taken.setblocking(False)  # noqa: FBT003 - the standard library's signature
    return taken


class Server(uvicorn.Server):
    """Uvicorn, started and stopped in our order: connections are told to come back before their transports close."""

    def __init__(self, config: uvicorn.Config, runtime: Runtime) -> None:
        super().__init__(config)
        self._runtime = runtime
        self.answering = asyncio.Event()

    @contextmanager
    @override
    def capture_signals(self) -> Generator[None]:
        """A signal begins the graceful stop and nothing more: what comes after the server is stopped in order too."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self.handle_exit, number, None)
        try:
            yield
        finally:
            for number in (signal.SIGINT, signal.SIGTERM):
                loop.remove_signal_handler(number)

    @override
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.answering.set()

    @override
    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._runtime.draining = True
        for server in self.servers:
            server.close()
        if self._runtime.hub is not None:
            await self._runtime.hub.drain()
        await super().shutdown(sockets)


async def serve_until_stopped(
    platform: Platform, targets: Collection[Target], listener: socket.socket, ready: Callable[[], None]
) -> None:
    """Serve; call `ready` once requests are answered; return after a signal and a graceful stop.

    The stop: not ready any more, no new connections; every socket is told when to come back, and what was taken is
    acknowledged; requests that run are answered; then the services end, and last this process's leases.
    """
    async with run_services(platform, targets) as runtime:
        hub = runtime.hub
        config = uvicorn.Config(
            build_app(runtime),
            http="httptools",
            ws="none" if hub is None else RealtimeServer(hub, platform).protocol_class(),
            loop="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_keep_alive=30,
            timeout_graceful_shutdown=max(1, round(platform.config.access.drain)),
        )
        server = Server(config, runtime)
        serving = asyncio.create_task(server.serve([listener]), name="server")
        answering = asyncio.create_task(server.answering.wait(), name="server-answering")
        await asyncio.wait([serving, answering], return_when=asyncio.FIRST_COMPLETED)
        if server.answering.is_set():
            # What a start makes (modules, routes, schemas) lives as long as the process: a full collection that walks
            # over all of it stops every message for a tenth of a second.
            gc.collect()
            gc.freeze()
            ready()
        answering.cancel()
        await serving
