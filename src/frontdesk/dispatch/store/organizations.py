"""Which organizations dispatch has anything of."""

from frontdesk.platform import Reader


async def known(reader: Reader) -> list[int]:
    rows = await reader.fetch(
        "select organization_id from seat union select organization_id from queue_item"
        " union select organization_id from watch"
    )
    return [row[0] for row in rows]
