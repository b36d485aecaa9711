"""Quick replies: words, files and a card that are kept ready."""

from collections.abc import Sequence
from typing import Annotated, Final

from msgspec import UNSET, Meta, Struct, UnsetType

from frontdesk.conversations import MAX_BUTTONS, Card, CardButton, File, Image

MAX_TITLE: Final = 80
MAX_GROUP: Final = 50
MAX_REPLY: Final = 2_000
MAX_REPLIES: Final = 500
MAX_ATTACHMENTS: Final = 5
_Id = Annotated[str, Meta(max_length=20)]


class QuickReply(Struct, frozen=True):
    """`agent_id` None: the organization's. Files are told as a message tells them, without addresses."""

    id: int
    agent_id: int | None
    group: str
    title: str
    text: str
    position: int
    attachments: tuple[Image | File, ...] = ()
    card: Card | None = None

    @property
    def media(self) -> frozenset[int]:
        """The files that it holds."""
        held = [int(each.media_id) for each in self.attachments]
        if self.card is not None and self.card.picture is not None:
            held.append(int(self.card.picture.media_id))
        return frozenset(held)


class NewCard(Struct, frozen=True, kw_only=True):
    """`media_id`: its picture, one that was uploaded or that the reply has already."""

    title: str
    text: str = ""
    media_id: _Id = ""
    buttons: Annotated[Sequence[CardButton], Meta(max_length=MAX_BUTTONS)] = ()


Attachments = Annotated[Sequence[_Id], Meta(max_length=MAX_ATTACHMENTS)]


class NewQuickReply(Struct, frozen=True, kw_only=True):
    """`attachments` are files that were uploaded for it, by their `media_id`."""

    title: str
    text: str = ""
    group: str = ""
    personal: bool = True
    attachments: Attachments = ()
    card: NewCard | None = None


class QuickReplyChanges(Struct, frozen=True, kw_only=True):
    """Only what is set changes. `position` is the index within the owner's group, from 0."""

    title: str | UnsetType = UNSET
    text: str | UnsetType = UNSET
    group: str | UnsetType = UNSET
    position: int | UnsetType = UNSET
    attachments: Attachments | UnsetType = UNSET
    card: NewCard | UnsetType | None = UNSET
