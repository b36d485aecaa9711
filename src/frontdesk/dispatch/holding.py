"""Which organizations this process dispatches for: a share of all, each by a lease.

Everybody computes the same share for the processes that live; the lease makes sure that one which has not heard yet of
a newcomer, or of an end, and one which has, do not both work. Nothing that is committed depends on it: ownership is a
transaction.
"""

import asyncio
from collections.abc import Sequence
from typing import Final

from frontdesk.auth import find_organizations
from frontdesk.platform import EVERY_ORGANIZATION, Platform
from frontdesk.platform.shares import chosen

TARGET: Final = "dispatch"
_PREFIX: Final = "dispatch."


class Holding:
    """The organizations that this process holds."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._known: set[int] = set()
        self._share: dict[str, int] = {}
        self._shared_by: tuple[object, ...] = ()
        self._held: frozenset[int] = frozenset()
        self._fitting = asyncio.Lock()

    def __contains__(self, organization_id: int) -> bool:
        return organization_id in self._held

    def knows(self, organization_id: int) -> bool:
        """Whether this organization was thought of when the shares were made."""
        return organization_id in self._known

    @property
    def ids(self) -> Sequence[int]:
        return sorted(self._held)

    async def find(self) -> None:
        """Learn of every organization that there is."""
        self._known |= set(await self._platform.database.read(EVERY_ORGANIZATION, find_organizations))

    def meet(self, organization_id: int) -> None:
        """Learn of one that something was heard of."""
        self._known.add(organization_id)

    async def fit(self) -> tuple[frozenset[int], frozenset[int]]:
        """Give back what is no longer this process's share and take what is; returns what was taken and what was lost.

        What another process still holds is taken at a later call. Costs nothing while nothing changes.
        """
        async with self._fitting:
            leases, share = self._platform.leases, self._fair_share()
            mine = [name for name in leases.held if name.startswith(_PREFIX)]
            await leases.release([name for name in mine if name not in share])
            names = await leases.acquire(share)
            before, self._held = self._held, frozenset(share[name] for name in names)
            return self._held - before, before - self._held

    def _fair_share(self) -> dict[str, int]:
        leases = self._platform.leases
        lives = leases.living(TARGET)
        basis = (lives, leases.life, len(self._known))
        if self._shared_by != basis:
            names = {f"{_PREFIX}{organization_id}": organization_id for organization_id in self._known}
            self._share = {name: one for name, one in names.items() if chosen(name, lives) == leases.life}
            self._shared_by = basis
        return self._share
