"""Checking the chain from its first entry to its last."""

from typing import Final

import msgspec

from frontdesk.audit import store
from frontdesk.audit.recording import hash_of
from frontdesk.audit.types import Verdict
from frontdesk.platform import Reader

_PAGE: Final = 1_000


async def verify_in(reader: Reader, organization_id: int) -> Verdict:
    """Read every entry of the organization in pages; stops at the first that is altered, missing or out of place."""
    count, head = 0, ""
    while True:
        try:
            page = await store.after(reader, organization_id, count, _PAGE)
        except (msgspec.DecodeError, msgspec.ValidationError):
            return Verdict(
                count, head, count + 1
            )  # facts that are not what was written; the page says no closer
        for entry in page:
            if entry.seq != count + 1 or entry.previous != head or entry.hash != hash_of(entry):
                return Verdict(count, head, count + 1)
            count, head = entry.seq, entry.hash
        if len(page) < _PAGE:
            return Verdict(count, head, None)
