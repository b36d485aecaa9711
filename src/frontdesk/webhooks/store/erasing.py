"""The SQL of forgetting deliveries."""

from collections.abc import Sequence

from frontdesk.platform import Transaction


async def delete_about(tx: Transaction, organization_id: int, about: Sequence[int]) -> None:
    for table, key in (("webhook_attempt", "delivery_id"), ("webhook_delivery", "id")):
        await tx.execute(
            f"""delete from {table} where organization_id = $1 and {key} in
            (select id from webhook_delivery where organization_id = $1 and about = any($2))""",  # noqa: S608 - names of ours
            organization_id,
            list(about),
        )


async def blank_answers(tx: Transaction, organization_id: int, about: int) -> None:
    await tx.execute(
        """update webhook_attempt set answer = '', error = '' where organization_id = $1 and delivery_id in
        (select id from webhook_delivery where organization_id = $1 and about = $2)""",
        organization_id,
        about,
    )
