"""Visitors who are to be forgotten: out at once, on every browser, and nothing left to recognise them by."""

from collections.abc import Sequence

from frontdesk.auth import store_sessions as store
from frontdesk.auth.sessions import revoke_principal_in
from frontdesk.core.subject import SubjectKind
from frontdesk.platform import Platform, Transaction


async def forget_visitors_in(
    platform: Platform, tx: Transaction, organization_id: int, contact_ids: Sequence[int]
) -> None:
    """End their sessions and remove their browsers' keys.

    The ended sessions stay as numbers until they would have ended by themselves: their tokens must be refused till then.
    """
    for contact_id in contact_ids:
        await revoke_principal_in(platform, tx, organization_id, SubjectKind.VISITOR, contact_id)
        await store.delete_visitor_keys(tx, organization_id, contact_id)
        await store.blank_sessions(tx, organization_id, SubjectKind.VISITOR, contact_id)
