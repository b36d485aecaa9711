"""What an agent keeps at the desk."""

from collections.abc import Awaitable, Callable
from typing import Any


async def desk_of(ask: Callable[[str, str, Any], Awaitable[Any]], canary: str, tag_id: str) -> dict[str, str]:
    """A saved filter and a macro of whoever asks: their ids."""
    kept = {"name": f"{canary} filter", "criteria": {"tag_id": tag_id}}
    macro = {"name": f"{canary} macro", "steps": [{"do": "note", "text": canary}]}
    return {
        "filter_id": (await ask("POST", "/v1/desk/filters", kept))["filter"]["id"],
        "macro_id": (await ask("POST", "/v1/desk/macros", macro))["macro"]["id"],
    }
