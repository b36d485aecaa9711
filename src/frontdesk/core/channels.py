"""What channels are told apart by, wherever they matter: to whoever serves them, and to what decides who does."""

from enum import StrEnum


class ChannelKind(StrEnum):
    """What the visitors of a channel write from."""

    SITE = "site"
    APP = "app"
    MESSAGING = "messaging"
