"""Files that people send: checked by content, cleaned, stored under keys of ours, read by signed address.

Tables: media, media_address_key. Events: none. Files: `<organization>/<media>/original` and `…/thumbnail` in the blob store.

Invariants:
- The type is what the bytes are; what the sender says of them is never believed, and a name that contradicts is refused.
- Only the types in `content.TYPES` are kept; never HTML, SVG, scripts or programs.
- No uploaded byte of a JPEG, PNG or WebP is kept: the picture is decoded and encoded anew, without metadata.
- Bytes are read by a signed address alone, for one file of one organization until a day; pictures are shown, everything
  else is downloaded, and nothing runs.
- Only the uploader may attach a file to something; what is kept ready for colleagues (desk) has its own rule.
"""

from frontdesk.media.describe import describe_in, is_sound, open_picture
from frontdesk.media.reading import known_in, open_media
from frontdesk.media.removing import of_uploader_in, remove, visitors_files_in
from frontdesk.media.serve import serve
from frontdesk.media.signing import load_address_key, sign_thumbnail_url, sign_url
from frontdesk.media.types import MediaKind, MediaRef, OpenedMedia
from frontdesk.media.upload import upload

__all__ = [
    "MediaKind",
    "MediaRef",
    "OpenedMedia",
    "describe_in",
    "is_sound",
    "known_in",
    "load_address_key",
    "of_uploader_in",
    "open_media",
    "open_picture",
    "remove",
    "serve",
    "sign_thumbnail_url",
    "sign_url",
    "upload",
    "visitors_files_in",
]
