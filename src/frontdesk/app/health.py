"""What monitoring asks a process, whatever its targets are: is it alive, can it serve, what does it count."""

import asyncio
from collections.abc import Callable
from typing import Final, Literal

from litestar import Response, get
from litestar.types import ControllerRouterHandler
from msgspec import Struct
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from frontdesk import __version__
from frontdesk.app.runtime import Runtime
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.platform import EVERY_ORGANIZATION, Reader
from frontdesk.platform.telemetry import REGISTRY

_ANSWER_S: Final = 2.0
_BUS_AWAY: Final = "cannot be reached: other processes hear nothing of this one until it is back"


class Health(Struct, frozen=True):
    status: str
    version: str


class Ready(Struct, frozen=True):
    """`targets`: what this process runs. `degraded`: it serves, but for what `parts` names."""

    status: Literal["ok", "degraded"]
    version: str
    targets: list[str]
    parts: dict[str, str]


def health_routes(running: Callable[[], Runtime]) -> list[ControllerRouterHandler]:
    """The routes over a process that runs."""

    @get("/health", summary="The process is alive")
    async def health() -> Health:
        return Health("ok", __version__)

    @get("/ready", summary="The process can serve")
    async def ready() -> Ready:
        """503 names the part that is not ready, and why: the process is stopping, or its database does not answer.

        While the bus is away it serves on, if degraded: what is sent is stored, and screens catch up when it is back.
        """
        runtime = running()
        faults = await _faults(runtime)
        if faults:
            raise FrontdeskError(
                ErrorKind.UNAVAILABLE,
                "app.not-ready",
                f"Not ready: {'; '.join(f'{part}: {why}' for part, why in faults.items())}.",
                details={"parts": faults},
                retry_after=1,
            )
        parts = {"bus": _BUS_AWAY} if runtime.platform.bus.away else {}
        return Ready("degraded" if parts else "ok", __version__, sorted(runtime.targets), parts)

    @get("/metrics", include_in_schema=False)
    async def metrics() -> Response[bytes]:
        return Response(generate_latest(REGISTRY), headers={"content-type": CONTENT_TYPE_LATEST})

    return [health, ready, metrics]


async def _faults(runtime: Runtime) -> dict[str, str]:
    """Part → why it is not ready."""
    if runtime.draining:
        return {"process": "is stopping"}

    async def probe(reader: Reader) -> None:
        await reader.fetch_one("select 1")

    try:
        async with asyncio.timeout(_ANSWER_S):
            await runtime.platform.database.read(EVERY_ORGANIZATION, probe)
    except TimeoutError:
        return {"database": f"does not answer within {_ANSWER_S:.0f} s"}
    except FrontdeskError as error:
        return {"database": error.message}
    return {}
