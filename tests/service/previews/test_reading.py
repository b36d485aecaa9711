"""An agent learns what a link leads to without opening it; who may ask, for what, and how often."""

import pytest

from frontdesk.conversations import Card, CardButton, Draft, EntryKind, Sender, Whisper, recall
from frontdesk.conversations.entries import Colleague
from frontdesk.core.clock import ManualClock
from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.core.subject import Role, SubjectKind
from frontdesk.platform import Platform
from frontdesk.previews import LinkPreview, Problem
from frontdesk.previews.previewer import BURST
from frontdesk.settings import change
from tests.kit.receiver import Reply
from tests.service.previews.site import Site, page
from tests.service.test_conversations_log import AGENT, OTHER_AGENT, agent, visitor

STAFF = Sender(SubjectKind.AGENT, str(AGENT), "Mei")
LAMP = page(
    "<title>Lamp</title><meta property='og:site_name' content='灯笼小店'>"
    "<meta property='og:title' content='Paper lamp &amp; shade'><meta name=description content='Warm\n light'>"
)


async def test_an_agent_is_told_site_title_and_description(site: Site) -> None:
    site.pages["/lamp"] = LAMP
    told = await site.look(site.url("/lamp?id=7#price"))
    assert told == LinkPreview("127.0.0.1", "灯笼小店", "Paper lamp & shade", "Warm light")
    (heard,) = site.server.heard
    assert heard.path == "/lamp?id=7"
    assert not {"cookie", "referer", "accept-language", "authorization"} & set(heard.headers)
    assert heard.headers["user-agent"].endswith("(link preview)")


async def test_nothing_is_fetched_before_an_agent_asks(site: Site) -> None:
    await site.said(f"{site.url('/unsubscribe')} {site.url('/reset?token=1')}")
    assert site.server.connections == 0


async def test_a_link_is_found_wherever_it_stands_for_staff(site: Site) -> None:
    link = site.url("/lamp")
    site.pages["/lamp"] = LAMP
    card = Card("Lamp", f"more at {link}.", buttons=(CardButton("Open", link=link),))
    whisper = Draft(EntryKind.WHISPER, STAFF, Whisper(f"see {link}", Colleague(str(AGENT), "Mei")))
    for seq in (
        await site.said(link),
        await site.said(f"（{link}）"),
        await site.said(f"go to {link}, please"),
        await site.said(f"**{link}**", sender=STAFF, markdown=True),
        await site.said(f"[the lamp]({link})和灯罩", sender=STAFF, markdown=True),
        await site.noted(f"对比一下{link}"),
        await site.appended(Draft(EntryKind.MESSAGE, STAFF, card)),
        await site.appended(whisper),
    ):
        assert (await site.look(link, seq=seq)).title == "Paper lamp & shade", seq
    assert len(site.server.heard) == 1  # the others were remembered


async def test_what_does_not_stand_in_the_entry_is_not_fetched(site: Site) -> None:
    site.pages["/"] = LAMP
    here = site.url("/lamp/red")
    seq = await site.said(f"{here} and javascript:alert(1) file:///etc/passwd")
    await site.said("nothing")
    plain = await site.said(f"[words]({here})和", sender=STAFF)
    for place, link in (
        (seq, site.url("/lamp")),
        (seq, site.url("/")),
        (seq, here.removesuffix("d")),
        (seq, f"{here}/"),
        (seq, here.upper()),
        (seq, "javascript:alert(1)"),
        (seq, "file:///etc/passwd"),
        (seq, ""),
        (seq, "http://" + "x" * 5_000),
        (seq, "http://\ud800"),
        (seq + 1, here),
        (plain, here),
        (1, here),
        (9_999, here),
        ((1 << 63) - 1, here),
    ):
        with pytest.raises(FrontdeskError) as caught:
            await site.look(link, seq=place)
        assert (caught.value.kind, caught.value.message) == (ErrorKind.NOT_FOUND, "This link does not exist.")
    assert site.server.connections == 0


async def test_a_message_that_was_taken_back_has_no_links(site: Site) -> None:
    site.pages["/lamp"] = LAMP
    seq = await site.said(site.url("/lamp"), sender=STAFF)
    await recall(site.platform, agent(site.organization), site.conversation.id, seq)
    with pytest.raises(FrontdeskError) as caught:
        await site.look(site.url("/lamp"), seq=seq)
    assert caught.value.kind is ErrorKind.NOT_FOUND


async def test_who_may_not_read_the_conversation_gets_no_page_of_it(
    site: Site, other_organization: int
) -> None:
    site.pages["/lamp"] = LAMP
    link = site.url("/lamp")
    seq = await site.said(link)
    for who, kind in (
        (visitor(site.organization), ErrorKind.FORBIDDEN),
        (agent(site.organization, OTHER_AGENT), ErrorKind.NOT_FOUND),
        (agent(other_organization, AGENT, Role.ADMINISTRATOR), ErrorKind.NOT_FOUND),
    ):
        with pytest.raises(FrontdeskError) as caught:
            await site.look(link, seq=seq, who=who)
        assert caught.value.kind is kind
    assert site.server.connections == 0


async def test_an_organization_switches_previews_off_for_all_its_agents(site: Site) -> None:
    site.pages["/lamp"] = LAMP
    administrator = agent(site.organization, 999, Role.ADMINISTRATOR)
    await change(site.platform, administrator, {"link_previews": False})
    with pytest.raises(FrontdeskError) as caught:
        await site.look(site.url("/lamp"))
    assert (caught.value.kind, caught.value.code) == (ErrorKind.FORBIDDEN, "previews.off")
    assert site.server.connections == 0
    await change(site.platform, administrator, {"link_previews": None})
    assert (await site.look(site.url("/lamp"))).title


async def test_what_was_fetched_is_kept_an_hour_and_a_failure_a_minute(
    site: Site, clock: ManualClock
) -> None:
    site.pages["/lamp"] = LAMP
    lamp, gone = site.url("/lamp"), site.url("/gone")
    assert (await site.look(gone)).problem is Problem.REFUSED
    await site.look(lamp)
    clock.advance(seconds=59)
    site.pages["/gone"] = page("<title>Back again</title>")
    await site.look(lamp)
    assert (await site.look(gone)).problem is Problem.REFUSED
    assert len(site.server.heard) == 2
    clock.advance(seconds=2)
    assert (await site.look(gone)).title == "Back again"
    clock.advance(seconds=3_600)
    await site.look(lamp)
    assert len(site.server.heard) == 4


async def test_an_agent_who_asks_for_very_many_pages_is_asked_to_wait_and_others_are_not(
    site: Site, platform: Platform, clock: ManualClock
) -> None:
    for number in range(BURST):
        site.pages[f"/{number}"] = page("<title>x</title>")
        await site.look(site.url(f"/{number}"))
    await site.look(site.url("/0"))  # is known
    with pytest.raises(FrontdeskError) as caught:
        await site.look(site.url("/more"))
    assert caught.value.kind is ErrorKind.BUSY
    assert caught.value.retry_after
    administrator = agent(site.organization, 999, Role.ADMINISTRATOR)
    assert (await site.look(site.url("/more"), who=administrator)).problem is Problem.REFUSED
    clock.advance(seconds=2)
    site.pages["/late"] = Reply(204)
    assert (await site.look(site.url("/late"))).problem is Problem.REFUSED
