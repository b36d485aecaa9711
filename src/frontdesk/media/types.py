"""Values of media."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from enum import StrEnum

from frontdesk.core.clock import Millis
from frontdesk.core.subject import SubjectKind


class MediaKind(StrEnum):
    IMAGE = "image"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class MediaRef:
    """What a message body says of a file. `width` and `height` are 0 for what is not a picture."""

    id: int
    kind: MediaKind
    name: str
    size: int
    mime: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Media:
    """A stored file. `thumbnail_size` is 0 when there is no thumbnail."""

    id: int
    organization_id: int
    uploader_kind: SubjectKind
    uploader_id: int
    kind: MediaKind
    name: str
    size: int
    mime: str
    width: int
    height: int
    sha256: str
    thumbnail_size: int
    created_at: Millis

    @property
    def ref(self) -> MediaRef:
        return MediaRef(self.id, self.kind, self.name, self.size, self.mime, self.width, self.height)

    @property
    def key(self) -> str:
        return f"{self.organization_id}/{self.id}/original"

    @property
    def thumbnail_key(self) -> str:
        return f"{self.organization_id}/{self.id}/thumbnail"


@dataclass(frozen=True, slots=True)
class OpenedMedia:
    """A file ready to be sent: what the answer's headers need, and the bytes."""

    name: str
    mime: str
    size: int
    inline: bool
    chunks: AsyncIterator[bytes]
