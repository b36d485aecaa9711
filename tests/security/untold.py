"""Routes that change something and leave no entry in the audit log, and why that is right."""

from collections.abc import Mapping
from typing import Final

_STEP: Final = "a step of signing in or of proving oneself; what comes of it is told"
_OWN: Final = "one's own: nobody else is concerned"
_LOG: Final = "the conversation's log says who did it"
_HISTORY: Final = "the contact's history says who changed what, and from what"
_TICKET: Final = "the ticket's own history says who did what, and from what"
_VISITOR: Final = "a visitor's own; the conversation and the contact say it"
_TRIED: Final = "tries something out, and changes nothing"
_TRANSLATED: Final = "asks for words in another language, and changes nothing"
_FILTER: Final = "says what to look for, and opens nothing; only who made it changes it"
_MACRO: Final = "steps with a name, and no right to do them; only who made it changes it"
_LIVE: Final = "a connection; what is said on it is in the log"

UNTOLD: Final[Mapping[str, str]] = {
    "POST /v1/auth/refresh": _STEP,
    "POST /v1/auth/enrolment": _STEP,
    "POST /v1/auth/passkey/challenge": _STEP,
    "POST /v1/auth/password-reset": _STEP,
    "POST /v1/auth/sso/{provider_id}": _STEP,
    "POST /v1/me/second-factor": _STEP,
    "POST /v1/me/passkeys/challenge": _STEP,
    "POST /oauth/token": "a grant of a person who was asked, which is told, or of a service that was registered, as well",
    "POST /oauth/introspect": "an application asks about its own tokens",
    "POST /oauth/revoke": "an application gives back its own tokens",
    "PATCH /v1/me": _OWN,
    "PATCH /v1/me/passkeys/{passkey_id}": _OWN,
    "PUT /v1/me/status": "the ledger of states says it",
    "DELETE /v1/me/wrap-up": _OWN,
    "PUT /v1/mentions/seen": _OWN,
    "PUT /v1/conversations/{conversation_id}/draft": _OWN,
    "PUT /v1/conversations/{conversation_id}/marks": _OWN,
    "PUT /v1/push": _OWN,
    "DELETE /v1/push": _OWN,
    "POST /v1/push/test": _OWN,
    "PATCH /v1/desk/preferences": _OWN,
    "POST /v1/conversations/{conversation_id}/entries/{seq}/translation": _TRANSLATED,
    "POST /v1/conversations/{conversation_id}/translation": _TRANSLATED,
    "POST /v1/desk/filters": _FILTER,
    "PATCH /v1/desk/filters/{filter_id}": _FILTER,
    "DELETE /v1/desk/filters/{filter_id}": _FILTER,
    "POST /v1/desk/macros": _MACRO,
    "PATCH /v1/desk/macros/{macro_id}": _MACRO,
    "DELETE /v1/desk/macros/{macro_id}": _MACRO,
    "POST /v1/desk/bulk": "each step is told as if it was done by hand",
    "POST /v1/desk/macros/{macro_id}/run": "each step is told as if it was done by hand",
    "PATCH /v1/contacts/{contact_id}": _HISTORY,
    "PUT /v1/contacts/{contact_id}/tags/{tag_id}": _HISTORY,
    "DELETE /v1/contacts/{contact_id}/tags/{tag_id}": _HISTORY,
    "PUT /v1/conversations/{conversation_id}/tags/{tag_id}": "a mark by which it is found, taken off as easily",
    "DELETE /v1/conversations/{conversation_id}/tags/{tag_id}": "a mark by which it was found, put on as easily",
    "POST /v1/conversations/{conversation_id}/human": _LOG,
    "DELETE /v1/conversations/{conversation_id}/human": _LOG,
    "POST /v1/conversations/{conversation_id}/callback": _VISITOR,
    "POST /v1/conversations/{conversation_id}/take": _LOG,
    "POST /v1/conversations/{conversation_id}/accept": _LOG,
    "POST /v1/conversations/{conversation_id}/decline": _LOG,
    "DELETE /v1/conversations/{conversation_id}/transfer": "takes back a question; nothing has changed hands",
    "POST /v1/conversations/{conversation_id}/guests": "asks a colleague; the log says who came of it, and who asked",
    "DELETE /v1/conversations/{conversation_id}/guests/{agent_id}": _LOG,
    "POST /v1/conversations/{conversation_id}/notes": _LOG,
    "POST /v1/conversations/{conversation_id}/whispers": _LOG,
    "DELETE /v1/conversations/{conversation_id}/join": _LOG,
    "POST /v1/conversations/{conversation_id}/snooze": _LOG,
    "DELETE /v1/conversations/{conversation_id}/snooze": _LOG,
    "POST /v1/conversations/{conversation_id}/wrap-up": _LOG,
    "POST /v1/conversations/{conversation_id}/invite-rating": _LOG,
    "POST /v1/conversations/{conversation_id}/rating": _LOG,
    "POST /v1/conversations/{conversation_id}/entries/{seq}/rating": _LOG,
    "PATCH /v1/leave-messages/{message_id}": "the message itself says who handled it",
    "POST /v1/tickets": _TICKET,
    "PATCH /v1/tickets/{ticket_id}": _TICKET,
    "POST /v1/tickets/{ticket_id}/remarks": _TICKET,
    "POST /v1/visitor/session": _VISITOR,
    "DELETE /v1/visitor/session": _VISITOR,
    "POST /v1/visitor/conversations": _VISITOR,
    "POST /v1/visitor/leave-messages": _VISITOR,
    "PATCH /v1/visitor/attributes": "the contact shows it, as what a page says",
    "POST /v1/conversations/{conversation_id}/transcript": "sends a visitor what is theirs, and keeps nothing of it",
    "POST /v1/media": "a file is its sender's until it is sent, and then it is in the log",
    "POST /v1/teams/{team_id}/routing/try": _TRIED,
    "POST /v1/teams/{team_id}/routing/what-if": _TRIED,
    "POST /v1/bots/{bot_id}/try": _TRIED,
    "POST /v1/webhooks/{webhook_id}/test": "its line keeps it, and nothing is set by it",
    "POST /v1/panels/{panel_id}/context": "an agent looks, and nothing is set by it",
    "POST /v1/realtime/sessions": _LIVE,
    "POST /v1/realtime/sessions/{connection}/frames": _LIVE,
}
