"""The database port.

Services write their SQL by hand in `store.py`, one text for both engines, with placeholders `$1`, `$2`… that first
appear in ascending order. Rows come back as plain tuples in the order of the selected columns.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final, Protocol, TypeVar

EVERY_ORGANIZATION: Final = 0  # ids of organizations are positive

Result = TypeVar("Result")
# A list of ids or texts is asked for as `column = any($1)`.
Value = str | int | float | bool | bytes | Sequence[int] | Sequence[str] | None
Row = tuple[Any, ...]


class Reader(Protocol):
    """A consistent snapshot: every statement sees the same state."""

    async def fetch(self, sql: str, *values: Value) -> Sequence[Row]: ...

    async def fetch_one(self, sql: str, *values: Value) -> Row | None:
        """The first row, or None."""
        ...


class Transaction(Reader, Protocol):
    """One unit of work: all of it is kept, or none."""

    async def execute(self, sql: str, *values: Value) -> int:
        """Run a statement and return how many rows it changed."""
        ...

    async def execute_each(self, sql: str, rows: Sequence[Sequence[Value]]) -> None:
        """Run a statement once for each row of values, in their order, without a round trip for each."""
        ...

    async def fetch_each(self, sql: str, rows: Sequence[Sequence[Value]]) -> Sequence[Row]:
        """`execute_each` of a statement that returns rows: all of them, in order."""
        ...

    def after_commit(self, action: Callable[[], None]) -> None:
        """Call `action` on the event loop once the work is committed and flushed, in the order given.

        Never called when the work is rolled back. This is where events are published.
        """
        ...


class Database(Protocol):
    """The truth. `engine` names migrations and the few statements that engines cannot share: `sqlite` or `postgres`.

    Guarantees: when `write` returns, the work is committed and flushed to disk; when it raises, nothing of it is kept.
    The outcome of concurrent writes is as if each had run alone, one after the other; concurrent ones may share a flush.
    A unit that got in the way of another may be run again from its beginning, so `work` has no effect outside its
    transaction: what is to happen once goes into `after_commit`, what was found is returned.
    Inside `work` only the transaction may be awaited: a unit of work does not wait for anything else.

    A unit is of one organization, the verified subject's or the event's: where the engine has walls between
    organizations, its statements see and change nothing else, whatever they say. `EVERY_ORGANIZATION` is for the few
    units that are of none or of many: signing in, sweeps of timers, the indexer, the hot path of the log, migrations.

    Raises `platform.database-busy` when more work is queued than can be done soon,
    and `platform.database-unavailable` when the engine cannot commit.
    """

    engine: str

    def spell(self, statement: str) -> str:
        """A statement of a migration in this engine's own words for types and keys."""
        ...

    async def write(
        self,
        organization_id: int,
        work: Callable[[Transaction], Awaitable[Result]],
        *,
        serial: bool = True,
    ) -> Result:
        """With `serial` False the unit keeps its own order by the rows that it locks first.

        Each of its statements then sees what others have committed meanwhile, and it is not run again for their sake.
        """
        ...

    async def read(self, organization_id: int, work: Callable[[Reader], Awaitable[Result]]) -> Result: ...

    async def write_at_once(
        self, sql: str, values: Sequence[Value], after_commit: Callable[[Sequence[Row]], None]
    ) -> None:
        """A unit that is one statement of every organization: begun, run and committed in one round trip.

        `after_commit` is called with its rows, as the actions of a unit are. When the answer is lost, the statement is
        run again though it may have been committed: it must answer the same then and change nothing. It keeps its own
        order by the rows that it locks first. Where the engine has walls, it is a function that opens them by itself.
        It is told behind every unit whose commit was sent before its answer came; what is committed beside it may be told
        first, as by another process.
        """
        ...
