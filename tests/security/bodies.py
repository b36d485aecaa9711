"""A good body for every route that takes one, in the ids of one organization."""

from typing import Any, Final

_PAGE: Final = {"url": "https://shop.example/", "title": "Shop", "referrer": ""}

# {name} stands for that id of the organization whose objects are meant.
BODIES: Final[dict[str, Any]] = {
    "POST /v1/auth/sign-in": {"organization": "lantern", "username": "ada", "password": "not this one"},
    "PUT /v1/channels/{channel_id}/retention": {"days": 30},
    "POST /v1/auth/password": {"old": "not this one", "new": "a longer new password"},
    "PATCH /v1/sign-in-policy": {"password_length": 13},
    "POST /v1/oauth/authorizations": {
        "request": {
            "client_id": "{client_code}",
            "redirect_uri": "https://app.example/back",
            "response_type": "code",
            "scope": "openid",
            "code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
            "code_challenge_method": "S256",
        }
    },
    "POST /v1/oauth/clients": {"name": "Changed"},
    "PATCH /v1/oauth/clients/{client_id}": {"name": "Changed"},
    "POST /v1/agents": {"username": "new", "name": "New", "password": "a lantern in the sun"},
    "PATCH /v1/agents/{agent_id}": {"name": "Changed"},
    "POST /v1/agents/{agent_id}/password": {"password": "a lantern in the sun"},
    "PATCH /v1/me": {"nickname": "Me"},
    "PUT /v1/me/status": {"status": "busy"},
    "PUT /v1/agents/{agent_id}/status": {"status": "away", "reason": "Changed"},
    "POST /v1/roles": {"name": "Changed", "permissions": ["search.use"]},
    "PATCH /v1/roles/{role_id}": {"name": "Changed"},
    "POST /v1/departments": {"name": "Changed"},
    "PATCH /v1/departments/{department_id}": {"name": "Changed"},
    "POST /v1/teams": {"name": "Changed"},
    "PATCH /v1/teams/{team_id}": {"name": "Changed"},
    "PUT /v1/teams/{team_id}/members": [{"agent_id": "{agent_id}", "weight": 1}],
    "PUT /v1/teams/{team_id}/routing": {"routing": {"owner_wait_s": 7}},
    "POST /v1/teams/{team_id}/routing/try": {"language": "en", "waited_s": 1},
    "POST /v1/teams/{team_id}/routing/what-if": {"routing": {"owner_wait_s": 7}, "days": 7},
    "POST /v1/direct-codes": {"code": "changed", "agent_id": "{agent_id}"},
    "PUT /v1/contacts/{contact_id}/care": {"owner_id": None, "vip": 1},
    "POST /v1/quick-replies": {"title": "Changed", "text": "Changed", "personal": False},
    "PATCH /v1/quick-replies/{reply_id}": {"text": "Changed"},
    "PATCH /v1/contacts/{contact_id}": {
        "remark": "Changed",
        "company": "Changed",
        "fields": {"plan": "Changed"},
    },
    "POST /v1/contact-fields": {"key": "changed", "label": "Changed", "kind": "text"},
    "POST /v1/tags": {"name": "Changed", "color": "red"},
    "PATCH /v1/tags/{tag_id}": {"name": "Changed"},
    "PATCH /v1/contact-fields/{field_id}": {"label": "Changed"},
    "PATCH /v1/settings": {"max_waiting": 7},
    "PUT /v1/wrap-up-categories": {"items": ["Changed"]},
    "POST /v1/conversations/{conversation_id}/transfer": {"agent_id": "{lin}", "note": "Changed"},
    "POST /v1/conversations/{conversation_id}/close": {},
    "POST /v1/conversations/{conversation_id}/wrap-up": {"category": "Changed", "remark": ""},
    "POST /v1/conversations/{conversation_id}/rating": {"score": 1, "remark": "Changed", "resolved": False},
    "POST /v1/conversations/{conversation_id}/notes": {"text": "Changed"},
    "POST /v1/conversations/{conversation_id}/whispers": {"text": "Changed"},
    "POST /v1/conversations/{conversation_id}/assign": {"agent_id": "{lin}", "force": True},
    "PUT /v1/mentions/seen": {"up_to": "1"},
    "POST /v1/conversations/{conversation_id}/decline": {"reason": "Changed"},
    "PUT /v1/conversations/{conversation_id}/draft": {"text": "Changed"},
    "PUT /v1/conversations/{conversation_id}/marks": {"pinned": True, "important": False},
    "POST /v1/knowledge-bases": {"name": "Changed"},
    "PATCH /v1/knowledge-bases/{base_id}": {"name": "Changed"},
    "POST /v1/knowledge-bases/{base_id}/questions": {"question": "Changed?", "answer": "Changed"},
    "PATCH /v1/questions/{question_id}": {"answer": "Changed"},
    "PATCH /v1/bots/{bot_id}": {"max_suggestions": 1},
    "POST /v1/bots/{bot_id}/try": {"text": "question", "language": "en"},
    "POST /v1/visitor/session": {"channel": "{channel_code}", "language": "en", "page": _PAGE},
    "POST /v1/visitor/conversations": {"language": "en", "page": _PAGE},
    "POST /v1/channels": {"name": "Changed"},
    "PATCH /v1/channels/{channel_id}": {"name": "Changed"},
    "POST /v1/webhooks": {"url": "https://127.0.0.1:9/", "events": ["message.created"]},
    "PATCH /v1/webhooks/{webhook_id}": {"description": "Changed"},
    "POST /v1/webhooks/{webhook_id}/replay": {"state": "dead"},
    "POST /v1/visitor/leave-messages": {
        "client_id": "again",
        "name": "Changed",
        "email": "changed@example.org",
        "text": "Changed",
    },
    "PATCH /v1/leave-messages/{message_id}": {"state": "handled", "remark": "Changed"},
    "POST /v1/realtime/sessions": {"t": "hello", "token": "forged", "device": "x", "heads": {}},
    "POST /v1/realtime/sessions/{connection}/frames": [{"t": "ping"}],
}
CSV: Final = b"question,answer\nChanged?,Changed\n"
# Routes whose body is a form with one file.
FORMS: Final = {
    "POST /v1/media": ("note.txt", b"a note", "text/plain"),
    "POST /v1/knowledge-bases/{base_id}/import": ("questions.csv", CSV, "text/csv"),
}
QUERIES: Final = {
    "GET /v1/search": "?q=CANARY",
    "GET /v1/conversations/{conversation_id}/find": "?q=CANARY",
    "GET /v1/conversations/{conversation_id}/day": "?from=0",
    "GET /v1/conversations": "?view=all",
    "GET /v1/media/{media_id}/{name}": "?o=1&e=99999&s=forged",
}
