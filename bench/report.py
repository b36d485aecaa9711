"""What was measured: printed for people, kept raw as JSON lines."""

import time
from pathlib import Path
from typing import Any

import msgspec


class Report:
    """Collects figures. `ok` is False once a figure missed its bound; nothing is rounded in the raw file."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.path = folder / time.strftime("%Y%m%d-%H%M%S.jsonl", time.gmtime())
        self.ok = True

    def raw(self, name: str, data: dict[str, Any]) -> None:
        with self.path.open("ab") as file:
            file.write(msgspec.json.encode({"name": name, **data}) + b"\n")

    def figure(
        self,
        name: str,
        value: float,
        unit: str,
        *,
        at_least: float | None = None,
        at_most: float | None = None,
    ) -> None:
        """Print a figure beside its bound."""
        bound, held = "", True
        if at_least is not None:
            bound, held = f"at least {at_least:g}", value >= at_least
        elif at_most is not None:
            bound, held = f"at most {at_most:g}", value <= at_most
        self.ok &= held
        mark = "  " if not bound else "ok" if held else "!!"
        print(f"{mark} {name:<62} {value:>12,.2f} {unit:<6} {bound}")
        self.raw("figure", {"figure": name, "value": value, "unit": unit, "bound": bound, "held": held})
