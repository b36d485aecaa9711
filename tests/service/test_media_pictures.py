"""Pictures are encoded anew: what can be seen stays, everything else is gone."""

import io
from contextlib import suppress

import pytest
from PIL import Image

from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.media import content, pictures
from frontdesk.media.pictures import MAX_PIXELS, MAX_SIDE, THUMBNAIL, Picture
from tests.service import media_files as files


def process(data: bytes, name: str) -> Picture:
    return pictures.process(data, content.identify(data, name))


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.jpg", files.jpeg_with_metadata()),
        ("a.png", files.png_with_metadata()),
        ("a.webp", files.webp_with_metadata()),
        ("a.gif", files.animated_gif()),
    ],
)
def test_no_metadata_is_kept(name: str, data: bytes) -> None:
    assert files.SECRET in data
    found = process(data, name)
    for kept in (found.data, found.thumbnail):
        assert files.SECRET not in kept
        image = opened(kept)
        assert not image.getexif()
        assert not {"exif", "xmp", "comment", "XML:com.adobe.xmp", "Comment"} & set(image.info)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_behind_the_picture_is_kept(kind: str) -> None:
    data = files.picture(kind) + b"<script>alert(1)</script>"
    assert b"script" not in process(data, f"a.{kind.lower()}").data


def test_a_turned_photo_is_kept_upright() -> None:
    found = process(files.jpeg_with_metadata(orientation=6), "a.jpg")
    assert (found.width, found.height) == (20, 40)
    for kept in (found.data, found.thumbnail):
        image = opened(kept).convert("RGB")
        assert image.size == (20, 40)
        red, blue = image.getpixel((10, 5)), image.getpixel((10, 35))
        assert isinstance(red, tuple)
        assert isinstance(blue, tuple)
        assert red[0] > 200 > red[2]
        assert blue[2] > 200 > blue[0]


def test_an_animation_stays_one_without_what_is_not_drawn() -> None:
    found = process(files.animated_gif(frames=5) + b"trailing <script>", "a.gif")
    image = opened(found.data)
    assert getattr(image, "n_frames", 1) == 5
    assert image.info["loop"] == 0
    assert b"script" not in found.data
    assert found.data.endswith(b";")


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "1", "L", "I;16", "CMYK"])
def test_every_kind_of_colour_is_kept_in_some_form(mode: str) -> None:
    if mode == "CMYK":
        assert opened(process(files.picture("JPEG", mode=mode), "a.jpg").data).mode == "RGB"
        return
    image = Image.new("L", (30, 20), 99).convert(mode if mode != "I;16" else "L")
    out = io.BytesIO()
    image.save(out, "PNG")
    found = process(out.getvalue(), "a.png")
    assert opened(found.data).convert("RGB").size == (30, 20)


def test_transparency_stays() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (30, 20), (255, 0, 0, 0)).save(out, "PNG")
    found = process(out.getvalue(), "a.png")
    for kept in (found.data, found.thumbnail):
        pixel = opened(kept).convert("RGBA").getpixel((5, 5))
        assert isinstance(pixel, tuple)
        assert pixel[3] == 0


@pytest.mark.parametrize("size", [(2000, 1000), (1000, 2000), (481, 480), (10, 10), (3000, 1)])
def test_the_thumbnail_is_small_and_in_proportion(size: tuple[int, int]) -> None:
    found = process(files.picture("PNG", size), "a.png")
    small = opened(found.thumbnail)
    assert small.format == "WEBP"
    assert max(small.size) == min(THUMBNAIL, max(size))
    assert (found.width, found.height) == size


@pytest.mark.parametrize(
    "size", [(MAX_SIDE + 1, 1), (1, MAX_SIDE + 1), (16_000, 16_000), (2_000_000, 2_000_000)]
)
def test_a_flood_of_pixels_is_refused_before_it_is_decoded(size: tuple[int, int]) -> None:
    bomb = files.png_bomb(*size)
    assert len(bomb) < 10_000
    with pytest.raises(FrontdeskError) as caught:
        process(bomb, "a.png")
    assert (caught.value.kind, caught.value.code) == (ErrorKind.TOO_LARGE, "media.pixels")


def test_an_animation_of_too_many_pixels_is_refused() -> None:
    data = bytearray(files.animated_gif(frames=250, size=(20, 20)))
    data[6:10] = (1400).to_bytes(2, "little") * 2
    with pytest.raises(FrontdeskError) as caught:
        process(bytes(data), "a.gif")
    assert caught.value.code == "media.pixels"


def test_a_frame_larger_than_its_picture_is_refused() -> None:
    data = bytearray(files.animated_gif())
    data[6:10] = (1).to_bytes(2, "little") * 2
    with pytest.raises(FrontdeskError) as caught:
        process(bytes(data), "a.gif")
    assert caught.value.code == "media.broken"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
@pytest.mark.parametrize("part", [0.02, 0.3, 0.6, 0.97])
def test_a_cut_picture_is_refused(kind: str, part: float) -> None:
    whole = files.picture(kind, (200, 200))
    with pytest.raises(FrontdeskError) as caught:
        process(whole[: round(len(whole) * part)], f"a.{kind.lower()}")
    assert caught.value.kind is ErrorKind.INVALID


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_damaged_picture_is_refused_or_encoded_anew_but_never_a_fault(kind: str) -> None:
    whole = files.picture(kind, (60, 60))
    for place in range(12, len(whole), max(1, len(whole) // 60)):
        data = whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :]
        with suppress(FrontdeskError):
            opened(process(data, f"a.{kind.lower()}").data)


def test_the_limit_is_what_the_error_says() -> None:
    assert MAX_PIXELS == 40_000_000
