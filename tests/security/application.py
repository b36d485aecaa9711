"""An application that its person has let do very little."""

from typing import Final
from urllib.parse import parse_qs, urlsplit

import httpx

from tests.security.people import Organization, Person

BACK: Final = "https://app.example/back"
SCOPES: Final = ("openid", "contact.read")
# The example of RFC 7636, appendix B.
_VERIFIER: Final = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
_CHALLENGE: Final = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


async def application_of(http: httpx.AsyncClient, organization: Organization, person: Person) -> Person:
    """Acts for this person, who may do a lot, and may itself see contacts alone."""
    body = {"name": "Little", "redirect_uris": [BACK], "scopes": SCOPES}
    client = (await organization.people["ada"].get("POST", "/v1/oauth/clients", body))["client"]
    request = {
        "client_id": client["client_id"],
        "redirect_uri": BACK,
        "response_type": "code",
        "scope": " ".join(SCOPES),
        "code_challenge": _CHALLENGE,
        "code_challenge_method": "S256",
    }
    asked = {"request": request, "agreed": True}
    answer = await person.get("POST", "/v1/oauth/authorizations", asked)
    sent = str(answer["redirect_to"])
    form: dict[str, str] = {
        "grant_type": "authorization_code",
        "client_id": client["client_id"],
        "code": parse_qs(urlsplit(sent).query)["code"][0],
        "redirect_uri": BACK,
        "code_verifier": _VERIFIER,
    }
    given = await http.post("/oauth/token", data=form)
    assert given.is_success, given.text
    return Person(http, given.json()["access_token"], person.facts)
