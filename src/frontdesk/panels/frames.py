"""The page around a panel: it may load that panel's origin, and stands in pages of ours alone.

It is a page of its own because of what it may load: the console is one page for every organization, so its own rules would have
to name everybody's addresses, and to everybody.
"""

import base64
import hashlib
import re
from html import escape
from typing import Final

from frontdesk.core.errors import not_found
from frontdesk.panels import store
from frontdesk.panels.types import Panel
from frontdesk.platform import EVERY_ORGANIZATION, Platform

_CODE: Final = re.compile(r"[\w-]{43}", re.ASCII)
_STYLE: Final = "html,body,iframe{display:block;width:100%;height:100%;margin:0;border:0}"
# Scripts, forms and windows as any page has them; never the window around it.
_MAY: Final = (
    "allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-downloads"
)


async def find_framed(platform: Platform, code: str) -> Panel:
    """The panel whose frame this is; whoever has the code may load it. Raises `not_found`."""
    if not _CODE.fullmatch(code):
        raise not_found("panel")
    panel = await platform.database.read(EVERY_ORGANIZATION, lambda reader: store.find_code(reader, code))
    if panel is None:
        raise not_found("panel")
    return panel


def page_of(panel: Panel) -> str:
    """Tells nothing but where the panel is."""
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{panel.origin}</title><style>{_STYLE}</style></head>'
        f'<body><iframe title="{panel.origin}" src="{escape(panel.url)}" sandbox="{_MAY}"'
        ' referrerpolicy="no-referrer"></iframe></body></html>'
    )


def policy_of(panel: Panel) -> str:
    style = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{style}'; frame-src {panel.origin}; frame-ancestors 'self';"
        " base-uri 'none'; form-action 'none'"
    )
