"""Help: what a channel's visitors may read of the knowledge before they ask somebody.

Owns: channel_help (which knowledge base a channel shows). Above bots and channels, because it joins the two.

Invariants:
- A visitor reads only questions of the base that is set on the channel of its own session, in force now, with an answer.
- What is changed in the knowledge or on the channel counts at once.
- Looking something up tells nobody, stores nothing about the visitor, and has a limit for each of them and each address.
"""

from frontdesk.help.manage import get_help, set_help
from frontdesk.help.reading import find_articles, read_article
from frontdesk.help.types import Article, ArticleHint, Articles

__all__ = ["Article", "ArticleHint", "Articles", "find_articles", "get_help", "read_article", "set_help"]
