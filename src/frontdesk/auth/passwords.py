"""Passwords: argon2id, always away from the event loop, always the same amount of work."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from frontdesk.auth.types import MAX_PASSWORD
from frontdesk.core.errors import busy

# What OWASP recommends for argon2id: 19 MiB, two passes, one lane; about 30 ms of one core.
_HASHER: Final = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_THREADS: Final = 2  # bounds the memory and the cores that sign-ins can take: work beyond it waits
_WAITING_LIMIT: Final = 64
_NOBODY: Final = (  # the hash of a password that nobody has, with the parameters above
    "$argon2id$v=19$m=19456,t=2,p=1$LlTI6OadAZ16pDB4AU2srA$ezkUL3dGpwaNQrpg8otECZcShGnciWC1BFMsx1PcXdg"
)


@dataclass(frozen=True, slots=True)
class PasswordHash:
    """What is kept of a password. A type of its own, so that no text from outside can pass for one."""

    text: str


class _Pool:
    """The threads that hash, with a limit on how many people wait for them."""

    def __init__(self) -> None:
        self._executor = ThreadPoolExecutor(_THREADS, thread_name_prefix="passwords")
        self._waiting = 0

    async def verify(self, hashed: str, password: str) -> bool:
        with self:
            return await asyncio.get_running_loop().run_in_executor(self._executor, _verify, hashed, password)

    async def hash(self, password: str) -> str:
        with self:
            return await asyncio.get_running_loop().run_in_executor(self._executor, _HASHER.hash, password)

    def __enter__(self) -> None:
        if self._waiting >= _WAITING_LIMIT:
            raise busy("auth.busy", "Too many people are signing in right now.", retry_after=2)
        self._waiting += 1

    def __exit__(self, *_: object) -> None:
        self._waiting -= 1


_POOL: Final = _Pool()


async def hash_password(password: str) -> PasswordHash:
    """The hash to keep, whatever the password: whether it is good enough is asked before (`choose_password`)."""
    return PasswordHash(await _POOL.hash(password))


async def matches(hashed: str | None, password: str) -> bool:
    """Whether the password is the one that was hashed; no hash matches nothing, and takes as long."""
    found = await _POOL.verify(hashed or _NOBODY, password[:MAX_PASSWORD])
    return found and hashed is not None and len(password) <= MAX_PASSWORD


def _verify(hashed: str, password: str) -> bool:
    try:
        return _HASHER.verify(hashed, password)
    except (VerificationError, InvalidHashError):
        return False
