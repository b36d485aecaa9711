"""Links as they are typed become the addresses that browsers ask for, or none; and any page can be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.core.errors import FrontdeskError
from frontdesk.platform.addresses import Guard
from frontdesk.platform.config import Previews
from frontdesk.previews.links import plain_address
from frontdesk.previews.page import words_of


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("https://a.cn", "https://a.cn/"),
        ("HTTPS://A.cn:443/X?q=1#z", "https://a.cn:443/X?q=1"),
        ("https://例子.中国/客服?q=灯 罩", "https://xn--fsqu00a.xn--fiqs8s/%E5%AE%A2%E6%9C%8D?q=%E7%81%AF%20%E7%BD%A9"),
        ("https://straße.de/", "https://xn--strae-oqa.de/"),  # not strasse.de
        ("http://127。0。0。1/", "http://127.0.0.1/"),
        ("http://[::1]:80/", "http://[::1]:80/"),
        ("https://a.cn/%zz|{}^", "https://a.cn/%zz%7C%7B%7D%5E"),
    ],
)  # fmt: skip
def test_an_address_is_in_ascii_as_a_browser_asks_for_it(link: str, address: str) -> None:
    assert plain_address(link) == address


@pytest.mark.parametrize(
    "link",
    ["", "a", "https://", "https://u@a.cn", "https://a.cn\\@b.cn", "https://[", "https://a:b/", "https://\ud800/"],
)  # fmt: skip
def test_what_hides_its_host_or_has_none_is_no_address(link: str) -> None:
    assert plain_address(link) is None


@given(st.text() | st.from_regex(r"https?://\S{1,40}"), st.sampled_from(["", "https://a.cn/b"]))
def test_whatever_is_typed_is_an_address_that_the_guard_reads_or_refuses(link: str, base: str) -> None:
    guard = Guard.of(Previews())
    address = plain_address(link, base=base)
    if address is None:
        return
    assert address.isascii()
    try:
        guard.target(address)
    except FrontdeskError:
        return


@given(st.binary(max_size=2_000) | st.text().map(lambda text: f"<title>{text}".encode("utf-8", "replace")))
def test_any_page_is_read_to_words_that_can_be_seen(body: bytes) -> None:
    words = words_of(body, "gbk")
    assert all(c.isprintable() for c in words.title + words.site + words.description)
