"""Whatever a route changes is told in the audit log, or stands with a reason among what is not."""

from typing import Final

from tests.architecture.test_permissions import near, routes
from tests.security.untold import UNTOLD

CHANGES: Final = ("POST ", "PUT ", "PATCH ", "DELETE ")
RECORDS: Final = frozenset(
    {("frontdesk.audit.recording", "record_in"), ("frontdesk.audit.recording", "record_once_in")}
)


def test_every_route_that_changes_something_is_told_or_says_why_not() -> None:
    found = {name: function for name, function in routes() if name.startswith(CHANGES)}
    silent = sorted(
        name for name, function in found.items() if not near(function) & RECORDS and name not in UNTOLD
    )
    assert not silent, "their use cases never `record_in`:\n" + "\n".join(silent)
    assert not set(UNTOLD) - set(found), "there is no such route any more"
