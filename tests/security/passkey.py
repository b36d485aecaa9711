"""A passkey for a world that no browser has been to: they make them only at an address with a name."""

from frontdesk.auth.passkeys.store import insert
from frontdesk.auth.passkeys.types import Passkey
from frontdesk.platform import Platform


async def passkey_of(platform: Platform, organization_id: int, account_id: int, canary: str) -> str:
    """The id of a new one that is this account's."""
    key = Passkey(
        id=platform.ids.new(),
        organization_id=organization_id,
        account_id=account_id,
        credential=canary,
        public_key="AAAA",
        sign_count=0,
        name=f"{canary} passkey",
        created_at=platform.clock.now(),
        used_at=None,
    )
    await platform.database.write(organization_id, lambda tx: insert(tx, key))
    return str(key.id)
