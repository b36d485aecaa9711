"""Attribute rules: what is known of who waits (language, page, product, VIP level …) says what the agent must know.

Every rule whose conditions all hold counts: of the levels that they ask for in one skill the highest holds, of the head
starts the longest. What a page's address says is the visitor's claim: it may choose a team's skills, never a right.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from urllib.parse import parse_qs, urlsplit

from frontdesk.dispatch.types import AttributeRule, Comparison, Condition, Facts, Routing, Rules, Waiting

_PARAMETER = "parameter."


def needs(waiting: Waiting, rules: Rules) -> Mapping[str, int]:
    """The skills that this conversation asks for by itself and by the team's rules."""
    if not rules.attributes:
        return waiting.needs
    found = dict(waiting.needs)
    for rule in rules.attributes:
        if holds(rule, waiting.facts):
            for skill, level in rule.needs.items():
                found[skill] = max(level, found.get(skill, 0))
    return found


def head_start_s(facts: Facts, routing: Routing) -> int:
    """How many seconds the team's rules put this one ahead of its arrival."""
    by_rules = max((rule.head_start_s for rule in routing.attributes if holds(rule, facts)), default=0)
    return max(facts.vip * routing.vip_head_start_s, by_rules)


def holds(rule: AttributeRule, facts: Facts) -> bool:
    """Whether every condition of the rule is true of these facts."""
    for condition in rule.when:  # noqa: SIM110 - for every rule at every decision: a generator costs twice as much
        if not _true(condition, facts):
            return False
    return True


def parameter(page: str, name: str) -> str:
    """The first value of a parameter in a page's address; empty when it has none or is no address."""
    values = _parameters(page).get(name)
    return values[0] if values else ""


@lru_cache(maxsize=1024)
def _parameters(page: str) -> Mapping[str, Sequence[str]]:
    """Every rule of a team may ask the same address."""
    try:
        return parse_qs(urlsplit(page).query, max_num_fields=100)
    except ValueError:
        return {}


def _true(condition: Condition, facts: Facts) -> bool:
    known, value = _value(condition.attribute, facts).casefold(), condition.value.casefold()
    match condition.test:
        case Comparison.IS:
            return known == value
        case Comparison.CONTAINS:
            return value in known
        case Comparison.STARTS_WITH:
            return known.startswith(value)
        case Comparison.AT_LEAST:
            return known.isdecimal() and value.isdecimal() and int(known) >= int(value)


def _value(attribute: str, facts: Facts) -> str:
    if attribute.startswith(_PARAMETER):
        return parameter(facts.page, attribute.removeprefix(_PARAMETER))
    return {
        "language": facts.language,
        "channel": facts.channel,
        "page": facts.page,
        "referrer": facts.referrer,
        "vip": str(facts.vip),
    }.get(attribute, "")
