"""The demo organization: a small lantern shop with its people, its bot, its knowledge and its past.

`load_demo` makes what is missing and leaves alone what is there, so that it can be repeated. `shop/` is its web page.
"""

from frontdesk.app.demo.load import DemoAccount, DemoFacts, load_demo

__all__ = ["DemoAccount", "DemoFacts", "load_demo"]
