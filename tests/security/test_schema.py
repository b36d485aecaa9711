"""The API against its own description: whatever fits it, or just does not, no fault of ours and no answer beside it.

`FRONTDESK_SCHEMA_CASES` sets how many cases each operation gets; a few by default.
"""

import asyncio
import os
from pathlib import Path
from typing import Any, Final

import httpx
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error  # pyright: ignore[reportUnknownVariableType]  its types have gaps
from schemathesis.specs.openapi.checks import response_schema_conformance  # pyright: ignore[reportUnknownVariableType]  the same

from tests.kit.server import running_server

CASES: Final = int(os.environ.get("FRONTDESK_SCHEMA_CASES", "4"))
# Ends the session that everything else is asked in; streams without an end.
LEFT_OUT: Final = frozenset(
    {"/v1/auth/sign-out", "/v1/auth/password", "/v1/realtime/sessions/{connection}/events"}
)


async def test_every_operation_keeps_to_its_description(tmp_path: Path) -> None:
    async with running_server(tmp_path / "data", "up") as server:
        async with httpx.AsyncClient(base_url=server.url, trust_env=False, timeout=30) as http:
            body = {"organization": "demo", "username": "admin", "password": "frontdesk-demo"}
            answer = await http.post("/v1/auth/sign-in", json=body)
            document = (await http.get("/v1/openapi.json")).json()
        await asyncio.to_thread(ask_all, document, server.url, answer.json()["access_token"])


def ask_all(document: dict[str, Any], url: str, token: str) -> None:
    schema: Any = schemathesis.openapi.from_dict(document)
    schema.config.update(base_url=url)
    sparing = settings(
        max_examples=CASES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
    )
    headers = {"authorization": f"Bearer {token}"}
    checks: list[Any] = [not_a_server_error, response_schema_conformance]
    wrong: list[str] = []
    asked = 0

    def ask(case: Any) -> None:  # noqa: ANN401 - the checker's own, whose types have gaps
        case.call_and_validate(headers=headers, checks=checks, timeout=20)

    for result in schema.get_all_operations():
        operation = result.ok()
        if operation.path in LEFT_OUT:
            continue
        asked += 1
        try:
            sparing(given(case=operation.as_strategy())(ask))()
        except Exception as error:  # noqa: BLE001 - whatever it is: one run names all operations that fail
            wrong.append(f"{operation.label}: {str(error)[:1_500]}")
    assert asked > 60
    assert not wrong, "\n\n".join(wrong)
