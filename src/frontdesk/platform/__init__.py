"""The ground that services stand on: database, bus, blobs, configuration, leases, tasks, telemetry and the web edge's base.

`Platform` is handed to every use case as its first argument; it names ports, never adapters.
"""

from dataclasses import dataclass

from frontdesk.core.clock import Clock
from frontdesk.core.ids import Ids
from frontdesk.platform.blobs import Blobs
from frontdesk.platform.bus import Bus, Topic
from frontdesk.platform.config import Config
from frontdesk.platform.database import EVERY_ORGANIZATION, Database, Reader, Transaction
from frontdesk.platform.leases import Leases

__all__ = [
    "EVERY_ORGANIZATION",
    "Blobs",
    "Bus",
    "Config",
    "Database",
    "Leases",
    "Platform",
    "Reader",
    "Topic",
    "Transaction",
]


@dataclass(frozen=True, slots=True)
class Platform:
    """Everything outside a use case's own logic: engines, time, ids, configuration, the other processes."""

    database: Database
    bus: Bus
    blobs: Blobs
    ids: Ids
    clock: Clock
    config: Config
    leases: Leases
