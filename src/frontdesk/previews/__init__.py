"""What a link in a conversation leads to, told to agents by its page's own words: fetched when an agent asks, by us.

Tables: none. What pages say is kept in memory, an hour, for the organization that asked.

Invariants:
- A page is fetched only because an agent pressed for it, in a conversation that they may read, and only by a link that
  stands in one of its entries.
- Nothing inside our own network is reached by it, whatever a link, a name or a redirect says.
- Of a page only words come back: no picture, no script, no address of the agent goes out.
"""

from frontdesk.previews.previewer import Previewer
from frontdesk.previews.reading import preview_link
from frontdesk.previews.types import LinkPreview, Problem

__all__ = ["LinkPreview", "Previewer", "Problem", "preview_link"]
