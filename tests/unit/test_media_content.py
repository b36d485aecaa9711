"""What a file is, told from its bytes: honest files pass, liars and hybrids do not."""

import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.media import archives, content
from frontdesk.media.names import MAX_NAME, display_name
from tests.service import media_files as files

HONEST = [
    ("a.jpg", files.picture("JPEG"), "image/jpeg"),
    ("a.jpeg", files.picture("JPEG"), "image/jpeg"),
    ("a.png", files.picture("PNG"), "image/png"),
    ("a.gif", files.animated_gif(), "image/gif"),
    ("a.webp", files.picture("WEBP"), "image/webp"),
    ("a.pdf", files.PDF, "application/pdf"),
    ("A.PDF", files.PDF, "application/pdf"),
    ("a.txt", b"hello\r\n\tworld", "text/plain"),
    ("a.txt", "你好，世界".encode(), "text/plain"),
    ("a.txt", "你好，世界".encode("gb18030"), "text/plain"),
    ("a.txt", "你好".encode("utf-16"), "text/plain"),
    ("a.txt", "\ufeffhello".encode(), "text/plain"),
    ("a.txt", b"1 < 2 and 3 > 2; <3", "text/plain"),
    ("a.csv", b"a,b\n1,2\n", "text/csv"),
    ("a.csv", "姓名,电话\n".encode("gbk"), "text/csv"),
    ("a.zip", files.archive({"a.txt": b"hello"}), "application/zip"),
    ("a.docx", files.office("word/document.xml"), content.DOCX.mime),
    ("a.xlsx", files.office("xl/workbook.xml"), content.XLSX.mime),
    ("a.pptx", files.office("ppt/presentation.xml"), content.PPTX.mime),
    ("a.mp3", files.mp3(), "audio/mpeg"),
    ("a.mp3", files.mp3(tag=True), "audio/mpeg"),
    ("a.wav", files.wav(), "audio/wav"),
    ("a.ogg", files.ogg(), "audio/ogg"),
    ("a.mp4", files.mp4(), "video/mp4"),
    ("a.m4a", files.mp4(b"M4A "), "audio/mp4"),
    ("a.webm", files.webm(), "video/webm"),
    ("no extension", files.PDF, "application/pdf"),
    ("notes", b"hello", "text/plain"),
]
PAGE = b"<!DOCTYPE html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
LIARS = [
    ("a.html", PAGE),
    ("a.txt", PAGE),
    ("a.png", PAGE),
    ("a.txt", b"\xef\xbb\xbf \n" + PAGE),
    ("a.txt", "\ufeff<svg/onload=alert(1)>".encode("utf-16")),
    ("a.txt", b"</script>"),
    ("a.txt", b"<?php system($_GET[0]);"),
    ("a.txt", b"<% response.write %>"),
    ("a.svg", SVG),
    ("a.png", SVG),
    ("a.txt", b'<?xml version="1.0"?>' + SVG),
    ("a.js", b"alert(1)"),
    ("a.htm", b"hello"),
    ("a.exe", b"hello"),
    ("photo.jpg.exe", files.picture("JPEG")),
    ("a.txt", b"#!/bin/sh\nrm -rf /\n"),
    ("a.exe", b"MZ\x90\x00" + bytes(200)),
    ("a.png", b"MZ\x90\x00" + bytes(200)),
    ("a.txt", b"MZ\x90 is a program without zeros"),
    ("a.pdf", b"\x7fELF" + bytes(200)),
    ("a.jpg", b"\xca\xfe\xba\xbe" + bytes(200)),
    ("a.pdf", files.picture("PNG")),
    ("a.png", files.PDF),
    ("a.mp3", files.PDF),
    ("a.txt", files.PDF),
    ("a.docx", files.archive({"a.txt": b"hello"})),
    ("a.zip", files.office("word/document.xml")),
    ("a.docx", files.office("xl/workbook.xml")),
    ("a.docx", files.office("word/document.xml", "word/vbaProject.bin")),
    ("a.pdf", b"%PDF-1.4\n"),
    ("a.pdf", b"<script>alert(1)</script>" + files.PDF),
    ("a.zip", files.archive({"META-INF/MANIFEST.MF": b"x"})),
    ("a.jar", files.archive({"META-INF/MANIFEST.MF": b"x"})),
    ("a.png", files.picture("PNG") + files.archive({"a.txt": b"hello"})),
    ("a.jpg", files.picture("JPEG") + files.archive({"a.class": b"hello"})),
    ("a.gif", files.animated_gif() + files.archive({"a.txt": b"hello"})),
    ("a.pdf", files.PDF + files.archive({"a.txt": b"hello"}) + b"%%EOF"),
    ("a.mp4", files.mp4() + PAGE),
    ("a.mp4", files.mp4(b"qt  ")),
    ("a.webm", b"\x1a\x45\xdf\xa3" + b"\x42\x82\x88matroska" + bytes(100)),
    ("a.wav", files.wav() + bytes(500)),
    ("a.mp3", b"ID3\x03\x00\x00\x00\x00\x00\x0a" + bytes(10) + PAGE),
    ("a.bmp", b"BM" + bytes(100)),
    ("a.tif", b"II*\x00" + bytes(100)),
    ("a.bin", bytes(range(256))),
    ("a.txt", b"hello\x00world"),
    ("a.rtf", b"{\\rtf1 hello}"),
    ("a.txt", b"{\\rtf1 hello}"),
]


@pytest.mark.parametrize(
    ("name", "data", "mime"), HONEST, ids=lambda value: value if isinstance(value, str) else ""
)
def test_an_honest_file_is_known_by_its_content(name: str, data: bytes, mime: str) -> None:
    assert content.identify(data, name).mime == mime


@pytest.mark.parametrize(("name", "data"), LIARS, ids=lambda value: value if isinstance(value, str) else "")
def test_what_is_not_allowed_or_not_what_it_is_called_is_refused(name: str, data: bytes) -> None:
    with pytest.raises(FrontdeskError) as caught:
        content.identify(data, name)
    assert caught.value.kind is ErrorKind.INVALID
    assert caught.value.code in {"media.type", "media.broken"}
    assert caught.value.hint


@given(st.binary(max_size=400), st.sampled_from(["a", "a.txt", "a.pdf", "a.zip", "a.gif"]))
def test_whatever_comes_is_identified_or_refused(data: bytes, name: str) -> None:
    for head in (b"", b"PK\x03\x04", b"GIF89a", b"ID3", b"\xff\xfb", bytes(4) + b"ftyp", b"RIFF", b"%PDF-"):
        with suppress(FrontdeskError):
            assert content.identify(head + data, name) in content.TYPES


@pytest.mark.parametrize("size", [0, 1, 10, 50, 90])
def test_a_cut_archive_is_refused(size: int) -> None:
    whole = files.archive({"a.txt": b"hello"})
    for data in (whole[: len(whole) - 1 - size], whole + bytes(size + 1)):
        with pytest.raises(FrontdeskError):
            content.identify(data, "a.zip")


def test_an_archive_that_unpacks_to_too_much_is_refused() -> None:
    bomb = files.archive({"a": bytes(64 << 20)})
    assert len(bomb) < 100_000
    with pytest.raises(FrontdeskError) as caught:
        content.identify(bomb, "a.zip")
    assert caught.value.code == "media.archive"


def test_an_archive_of_too_many_files_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for number in range(archives.MAX_ENTRIES + 1):
            target.writestr(str(number), b"")
    with pytest.raises(FrontdeskError) as caught:
        content.identify(out.getvalue(), "a.zip")
    assert caught.value.code == "media.archive"


@pytest.mark.parametrize("name", ["../../etc/passwd", "a/../../b", "/etc/passwd"])
def test_an_archive_that_leads_outside_itself_is_refused(name: str) -> None:
    with pytest.raises(FrontdeskError):
        content.identify(files.archive({name: b"x"}), "a.zip")


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("photo.jpg", "photo.jpg"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ada\\photo.jpg", "photo.jpg"),
        ("a\x00b\r\nc.txt", "abc.txt"),
        ("\u202egpj.exe", "gpj.exe"),
        ("a\u200b\u2066b.txt", "ab.txt"),
        ("  a   b .txt ", "a b .txt"),
        ("...", ""),
        (".htaccess", "htaccess"),
        ("", ""),
        ('a"<b>|c?.txt', "a__b__c_.txt"),
        ("100%.txt", "100_.txt"),
        ("报价单.pdf", "报价单.pdf"),
        ("e\u0301.txt", "é.txt"),
        ("\ud800a.txt", "a.txt"),
    ],
)
def test_a_name_is_safe_to_show_and_to_save_under(given_name: str, shown: str) -> None:
    assert display_name(given_name) == shown


def test_a_long_name_keeps_its_extension() -> None:
    name = display_name("a" * 500 + ".pdf")
    assert len(name) == MAX_NAME
    assert name.endswith(".pdf")


@given(st.text(max_size=300))
def test_no_name_holds_a_path_or_what_cannot_be_seen(name: str) -> None:
    shown = display_name(name)
    assert len(shown) <= MAX_NAME
    assert not set(shown) & set('/\\\x00\r\n"<>%\u202e\u2066\u200b')
    assert shown not in {".", ".."}


def test_a_wrong_name_among_pictures_is_put_right() -> None:
    found = content.identify(files.picture("JPEG"), "photo.PNG")
    assert content.named("photo.PNG", found) == "photo.jpg"
    assert content.named("", found) == "picture.jpg"
    assert content.named("photo.JPG", found) == "photo.jpg"
