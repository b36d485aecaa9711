"""Nobody makes us fetch what they could not, and a hostile page gains nothing by being looked at."""

import asyncio
import gzip
import time

import pytest

from frontdesk.core.clock import ManualClock
from frontdesk.platform import Platform
from frontdesk.previews import LinkPreview, Problem
from frontdesk.previews.fetching import LARGEST
from frontdesk.previews.page import words_of
from tests.kit.receiver import Heard, Reply, receiver
from tests.service.previews.site import HTML, Site, moved, page, site_of
from tests.service.test_conversations_log import agent
from tests.service.webhooks.test_guard import FORMS, resolving

NOWHERE = LinkPreview("", problem=Problem.ADDRESS)
TITLE = page("<title>inside</title>")


async def test_no_way_of_writing_our_own_address_is_fetched(
    platform: Platform, organization: int, clock: ManualClock
) -> None:
    async with site_of(platform, organization, networks="") as site:
        site.pages["/"] = TITLE
        for form in FORMS:
            link = f"http://{form}:{site.server.port}/"
            clock.advance(seconds=2)
            told = await site.previewer.look(agent(organization), link)
            assert told.problem is not None, link
            assert told.title == "", link
        assert site.server.connections == 0


@pytest.mark.parametrize(
    "addresses",
    [["127.0.0.1"], ["10.0.0.8"], ["169.254.169.254"], ["::1"], ["93.184.215.14", "127.0.0.1"]],
)
async def test_a_name_that_leads_inside_is_not_followed(
    platform: Platform, organization: int, monkeypatch: pytest.MonkeyPatch, addresses: list[str]
) -> None:
    resolving(monkeypatch, lambda _: addresses)
    async with site_of(platform, organization, networks="") as site:
        site.pages["/"] = TITLE
        assert await site.look(f"http://shop.example:{site.server.port}/") == NOWHERE
        assert site.server.connections == 0


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_into_our_own_network_is_not_followed(site: Site, status: int) -> None:
    """The site itself is allowed here; what it points at is 127.0.0.2 and the cloud's own address."""
    async with receiver() as inside:
        inward = (
            f"http://127.0.0.2:{inside.port}/",
            f"//127.0.0.2:{inside.port}/",
            f"http://127.0.0.2:{site.server.port}/",
            f"http://169.254.169.254:{site.server.port}/latest/meta-data/",
            f"http://[::ffff:127.0.0.2]:{site.server.port}/",
            f"http://127.0.0.1:{inside.port}/",
            "http://127.0.0.1:22/",
            f"http://user@127.0.0.1:{site.server.port}/",
            "file:///etc/passwd",
            "ftp://127.0.0.1/",
            "javascript:alert(1)",
            "data:text/html,<title>x</title>",
            "http://[",
            "",
        )
        for door, to in enumerate(inward):
            site.pages[f"/{door}"] = moved(to, status)
            told = await site.look(site.url(f"/{door}"))
            assert told.problem is not None, to
        assert inside.connections == 0


async def test_redirects_are_followed_three_times_and_no_more(site: Site) -> None:
    site.pages |= {f"/{n}": moved(f"/{n + 1}") for n in range(9)}
    assert (await site.look(site.url("/0"))).problem is Problem.REFUSED
    assert [heard.path for heard in site.server.heard] == ["/0", "/1", "/2", "/3"]
    site.pages["/9"] = page("<title>arrived</title>")
    assert (await site.look(site.url("/6"))).title == "arrived"


async def test_a_site_that_takes_its_time_is_not_waited_for(platform: Platform, organization: int) -> None:
    never = asyncio.Event()

    async def silent(_: Heard) -> Reply:
        await never.wait()
        return Reply()

    async with site_of(platform, organization, patience=0.3) as site:
        site.pages |= {"/silent": silent, "/drip": Reply(200, HTML, b"<title>half", drip=True)}
        for path in ("/silent", "/drip"):
            begun = time.monotonic()
            assert await site.look(site.url(path)) == LinkPreview("", problem=Problem.UNREACHABLE)
            assert time.monotonic() - begun < 3


async def test_of_a_huge_page_the_beginning_is_read_and_no_more(site: Site) -> None:
    huge = b"<title>Big</title>" + b"<!-- x -->" * 10_000_000
    site.pages |= {
        "/huge": Reply(200, HTML, huge),
        "/late": Reply(200, HTML, b"<p>" * LARGEST + b"<title>too late</title>"),
    }
    assert (await site.look(site.url("/huge"))).title == "Big"
    assert (await site.look(site.url("/late"))).problem is Problem.SILENT


@pytest.mark.parametrize(
    ("reply", "problem"),
    [
        (Reply(200, {"content-type": "application/pdf"}, b"%PDF"), Problem.NOT_A_PAGE),
        (Reply(200, {"content-type": "image/svg+xml"}, b"<svg><title>x</title></svg>"), Problem.NOT_A_PAGE),
        (Reply(200, {}, b"<title>x</title>"), Problem.NOT_A_PAGE),
        (
            Reply(200, {**HTML, "content-encoding": "gzip"}, gzip.compress(b"<title>x</title>" * 1000)),
            Problem.NOT_A_PAGE,
        ),
        (Reply(200, HTML, b"\x00\xff\xfe" * 1000), Problem.SILENT),
        (Reply(404, HTML, b"<title>Not here</title>"), Problem.REFUSED),
        (Reply(500, HTML, b"<title>x</title>"), Problem.REFUSED),
        (Reply(401, {"www-authenticate": "Basic"}), Problem.REFUSED),
        (Reply(200, {"content-length": "-1"}), Problem.UNREACHABLE),
    ],
)
async def test_what_is_no_page_is_told_as_that(site: Site, reply: Reply, problem: Problem) -> None:
    site.pages["/it"] = reply
    assert (await site.look(site.url("/it"))).problem is problem


async def test_a_cookie_of_the_site_is_not_given_back(site: Site) -> None:
    site.pages["/a"] = Reply(302, {"location": "/b", "set-cookie": "who=agent"})
    site.pages["/b"] = page("<title>b</title>")
    await site.look(site.url("/a"))
    assert all(
        "cookie" not in heard.headers and "referer" not in heard.headers for heard in site.server.heard
    )


async def test_of_scripts_and_turned_writing_only_words_are_left(site: Site) -> None:
    site.pages["/evil"] = page(
        "<script>document.title='<title>no</title>'</script><style>title{}</style>"
        "<title>Bank\u202egpj.exe\x00 \n log&#8238;in</title>"
        "<meta property=og:description content='&lt;img src=x onerror=alert(1)&gt;'>"
        "<svg><title>second</title></svg>"
    )
    told = await site.look(site.url("/evil"))
    assert told.title == "Bankgpj.exe login"
    assert told.description == "<img src=x onerror=alert(1)>"  # text, which the console draws as text


async def test_long_words_are_cut(site: Site) -> None:
    site.pages["/long"] = page(
        f"<title>{'很' * 9_999}</title><meta name=description content='{'x ' * 9_999}'>"
    )
    told = await site.look(site.url("/long"))
    assert (len(told.title), told.title[-1]) == (200, "…")
    assert len(told.description) <= 300


@pytest.mark.parametrize(
    ("header", "meta", "encoding"),
    [
        ("text/html; charset=GBK", "", "gbk"),
        ("text/html", "<meta charset=gb2312>", "gb18030"),
        ("text/html", '<meta http-equiv="Content-Type" content="text/html; charset=big5">', "big5"),
        ("text/html; charset=punycode", "<meta charset=utf-8>", "utf-8"),
        ("text/html; charset=unicode_escape", "", "utf-8"),
        ('Text/HTML;charset="UTF-8"', "", "utf-8"),
    ],
)
async def test_a_page_is_read_in_the_encoding_that_it_names(
    site: Site, header: str, meta: str, encoding: str
) -> None:
    body = f"<head>{meta}<title>客服 中文</title></head>".encode(encoding)
    site.pages["/zh"] = Reply(200, {"content-type": header}, body)
    assert (await site.look(site.url("/zh"))).title == "客服 中文"


@pytest.mark.parametrize(
    "piece", [b"<", b"<!--", b"<a ", b"<!", b"<?", b"</", b"<a b='", b"<a b", b"<![CDATA[", b"&#", b"<title>", b"<script>", b"<meta name=a content=b "]
)  # fmt: skip
def test_a_page_that_is_made_to_be_slow_is_read_in_a_moment(piece: bytes) -> None:
    begun = time.process_time()
    words_of(piece * (LARGEST // len(piece)), "utf-8")
    assert time.process_time() - begun < 3
