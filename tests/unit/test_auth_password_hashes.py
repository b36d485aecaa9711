"""What is kept of a password, and what it costs to find out whether one is right."""

from typing import Final

import pytest
from argon2 import extract_parameters

from frontdesk.auth.passwords import hash_password, matches

pytestmark = pytest.mark.usefixtures("costly_passwords")
OWASP: Final = "$argon2id$v=19$m=19456,t=2,p=1$"


async def test_a_hash_costs_what_owasp_recommends_and_no_two_are_alike() -> None:
    first, second = await hash_password("a lantern in the rain"), await hash_password("a lantern in the rain")
    assert first != second
    for hashed in (first, second):
        assert hashed.text.startswith(OWASP)
        assert extract_parameters(hashed.text).hash_len >= 32
        assert await matches(hashed.text, "a lantern in the rain")
        assert not await matches(hashed.text, "a lantern in the Rain")


async def test_what_stands_for_nobodys_hash_costs_as_much(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def verify(hashed: str, _password: str) -> bool:
        asked.append(hashed)
        return True

    monkeypatch.setattr("frontdesk.auth.passwords._verify", verify)
    assert not await matches(None, "a lantern in the rain")
    assert [hashed.startswith(OWASP) for hashed in asked] == [True]
