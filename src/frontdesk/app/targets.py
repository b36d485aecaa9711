"""Targets: which parts of Frontdesk a process runs. The code is the same everywhere."""

from enum import StrEnum
from typing import Final

from frontdesk.app.engines import serve_many
from frontdesk.core.errors import invalid
from frontdesk.platform import Config


class Target(StrEnum):
    """A part that scales by itself; run as many copies of each as there is work."""

    ACCESS = "access"
    """Realtime connections: sockets, event streams. Scales by connections."""
    API = "api"
    """HTTP: the API, the console's and the widget's pages, files. Scales by requests."""
    DISPATCH = "dispatch"
    """Queues, assignment, timers. Scales by organizations, each in one process at a time."""
    BOTS = "bots"
    """Built-in bots. Scales by conversations with bots."""
    WORKER = "worker"
    """What follows the log and leaves the house: search index, webhooks, push. Scales by jobs."""


EVERYTHING: Final = frozenset(Target)


def parse_targets(text: str, config: Config) -> frozenset[Target]:
    """The targets of `access,api`, or of `all`.

    Raises `invalid` for one that does not exist, and for a choice that this configuration's engines cannot serve.
    """
    names = [name.strip().lower() for name in text.split(",") if name.strip()]
    unknown = next((name for name in names if name not in {*Target, "all"}), None)
    if unknown is not None or not names:
        raise invalid(
            "app.target",
            f"There is no target “{unknown or ''}”.",
            hint=f"Name some of {', '.join(Target)}, or all.",
        )
    chosen = EVERYTHING if "all" in names else frozenset(map(Target, names))
    if chosen != EVERYTHING and not serve_many(config):
        raise invalid(
            "app.one-process",
            "The embedded engines serve one process, which runs everything.",
            hint="Leave --target away, or use PostgreSQL and NATS.",
        )
    return chosen
