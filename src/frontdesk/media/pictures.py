"""Pictures: decoded and encoded anew, so that nothing of what was sent is kept but what can be seen."""

import io
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

from frontdesk.core.errors import ErrorKind, FrontdeskError, invalid
from frontdesk.media import gifs
from frontdesk.media.content import GIF, JPEG, PNG, FileType

MAX_PIXELS: Final = 40_000_000
MAX_SIDE: Final = 16_384
MAX_ANIMATION: Final = 400_000_000  # pixels of all frames together
THUMBNAIL: Final = 480
_MAX_PROFILE: Final = 32 * 1024
_FORMATS: Final = {"image/jpeg": "JPEG", "image/png": "PNG", "image/gif": "GIF", "image/webp": "WEBP"}


@dataclass(frozen=True, slots=True)
class Picture:
    """A clean picture, and a small one (WebP, at most `THUMBNAIL` pixels a side)."""

    data: bytes
    width: int
    height: int
    thumbnail: bytes


def process(data: bytes, found: FileType) -> Picture:
    """Raises an `invalid` error `media.broken` for what cannot be decoded whole, `media.pixels` for too large a picture.

    Orientation is applied, then all metadata is gone. Takes up to a second of a core: never on the event loop.
    """
    try:
        return _process(data, found)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_many_pixels() from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, gifs.BrokenGif) as error:
        raise invalid(
            "media.broken",
            "This picture is damaged or not complete.",
            hint="Open it, save it anew and send that.",
        ) from error


def _process(data: bytes, found: FileType) -> Picture:
    if found is GIF:
        clean = gifs.clean(data)
        _check_size(clean.width, clean.height)
        if clean.width * clean.height * clean.frames > MAX_ANIMATION:
            raise _too_many_pixels()
        with Image.open(io.BytesIO(clean.data), formats=["GIF"]) as image:
            image.load()
            return Picture(clean.data, clean.width, clean.height, _thumbnail(image))
    with Image.open(io.BytesIO(data), formats=[_FORMATS[found.mime]]) as image:
        _check_size(*image.size)  # known from the header; nothing has been decoded yet
        image.load()
        upright = ImageOps.exif_transpose(image)
    encoded = _encode(upright, found)
    return Picture(encoded, upright.width, upright.height, _thumbnail(upright))


def _encode(image: Image.Image, found: FileType) -> bytes:
    profile = image.info.get("icc_profile")
    colours = profile if isinstance(profile, bytes) and len(profile) <= _MAX_PROFILE else None
    transparency = image.info.get("transparency")
    clean = image.copy()
    clean.info = {} if transparency is None else {"transparency": transparency}
    out = io.BytesIO()
    if found is JPEG:
        if clean.mode not in {"RGB", "L"}:
            clean, colours = clean.convert("RGB"), None
        clean.save(out, "JPEG", quality=88, progressive=True, icc_profile=colours)
    elif found is PNG:
        clean.save(out, "PNG", icc_profile=colours)
    else:
        clean.save(out, "WEBP", quality=90, icc_profile=colours or b"", exif=b"", xmp=b"")
    return out.getvalue()


def _thumbnail(image: Image.Image) -> bytes:
    clear = "A" in image.getbands() or "transparency" in image.info
    small = image.convert("RGBA" if clear else "RGB")
    small.info = {}
    small.thumbnail((THUMBNAIL, THUMBNAIL))
    out = io.BytesIO()
    small.save(out, "WEBP", quality=80, exif=b"", xmp=b"")
    return out.getvalue()


def _check_size(width: int, height: int) -> None:
    if width < 1 or height < 1:
        raise ValueError(width, height)
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        raise _too_many_pixels()


def _too_many_pixels() -> FrontdeskError:
    return FrontdeskError(
        ErrorKind.TOO_LARGE,
        "media.pixels",
        f"This picture has too many pixels; at most {MAX_PIXELS // 1_000_000} million are allowed.",
        hint="Make it smaller, or send it in a ZIP archive.",
        details={"max_pixels": MAX_PIXELS, "max_side": MAX_SIDE},
    )
