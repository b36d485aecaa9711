"""What was learned for a team, the last time that somebody asked for it."""

from typing import Final

import msgspec
from msgspec import Struct

from frontdesk.core.clock import Millis
from frontdesk.dispatch.estimates import Estimates
from frontdesk.dispatch.learning import Judgement
from frontdesk.platform import Reader, Transaction

_judgement: Final = msgspec.json.Decoder(Judgement)
_estimates: Final = msgspec.json.Decoder(Estimates)


class Learned(Struct, frozen=True):
    """`estimates` None: there was too little to learn from."""

    at: Millis
    judgement: Judgement
    estimates: Estimates | None


async def find(reader: Reader, organization_id: int, team_id: int) -> Learned | None:
    row = await reader.fetch_one(
        "select at, judgement, estimates from learned where organization_id = $1 and team_id = $2",
        organization_id,
        team_id,
    )
    if row is None:
        return None
    at, judgement, estimates = row
    known = None if estimates is None else _estimates.decode(estimates)
    return Learned(at, _judgement.decode(judgement), known)


async def save(transaction: Transaction, organization_id: int, team_id: int, learned: Learned) -> None:
    await transaction.execute(
        """insert into learned (team_id, organization_id, at, judgement, estimates) values ($1, $2, $3, $4, $5)
        on conflict (team_id) do update set at = excluded.at, judgement = excluded.judgement,
        estimates = excluded.estimates""",
        team_id,
        organization_id,
        learned.at,
        msgspec.json.encode(learned.judgement).decode(),
        None if learned.estimates is None else msgspec.json.encode(learned.estimates).decode(),
    )
