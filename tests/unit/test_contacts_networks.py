"""Networks and addresses as text that sorts as they do."""

from ipaddress import IPv6Address, ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.contacts.blocks.networks import bounds, network_of, parse_network, sortable
from frontdesk.core.errors import FrontdeskError

ADDRESSES = st.ip_addresses(v=4) | st.ip_addresses(v=6).filter(
    lambda one: isinstance(one, IPv6Address) and one.ipv4_mapped is None
)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("203.0.113.7", "203.0.113.7/32"),
        (" 203.0.113.7/24 ", "203.0.113.0/24"),
        ("2001:DB8::1", "2001:db8::1/128"),
        ("2001:db8::/32", "2001:db8::/32"),
    ],
)
def test_a_network_is_taken_as_people_write_it(text: str, written: str) -> None:
    assert str(parse_network(text)) == written


@pytest.mark.parametrize(
    "text",
    [
        "",
        "example.com",
        "300.0.0.1",
        "10.0.0.0/8",
        "0.0.0.0/0",
        "::/0",
        "::ffff:1.2.3.4",
        "1.2.3.4/33",
        "\ud800",
    ],
)
def test_what_is_no_network_or_too_wide_is_refused(text: str) -> None:
    with pytest.raises(FrontdeskError) as caught:
        parse_network(text)
    assert caught.value.code == "contacts.network"


def test_one_place_is_an_address_or_the_sixty_four_around_it() -> None:
    assert str(network_of("203.0.113.7")) == "203.0.113.7/32"
    assert str(network_of("2001:db8:1:2:3:4:5:6")) == "2001:db8:1:2::/64"


def test_an_address_in_the_other_ones_clothes_is_the_same() -> None:
    assert sortable("::ffff:203.0.113.7") == sortable("203.0.113.7")
    assert sortable("") is None
    assert sortable("unix") is None


@given(ADDRESSES, ADDRESSES, st.integers(0, 128))
def test_text_compares_as_addresses_do(one: object, other: object, length: int) -> None:
    first, second = ip_address(str(one)), ip_address(str(other))
    network = ip_network(f"{first}/{min(length, first.max_prefixlen)}", strict=False)
    low, high = bounds(network)
    text = sortable(str(second))
    assert text is not None
    assert (low <= text <= high) == (second.version == network.version and second in network)
