"""What browsers and authenticators send, read and verified by the library, with one outcome for whatever is wrong."""

import re
from dataclasses import dataclass
from typing import Any, Final

import webauthn
from cryptography.exceptions import UnsupportedAlgorithm
from webauthn.helpers import (
    base64url_to_bytes,
    bytes_to_base64url,
    options_to_json_dict,
    parse_client_data_json,
)
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from frontdesk.auth.passkeys.relying_party import RelyingParty
from frontdesk.auth.passkeys.types import Passkey
from frontdesk.auth.types import Account

Json = dict[str, Any]
_CREDENTIAL: Final = re.compile(
    r"[A-Za-z0-9_-]{1,1364}"
)  # base64url of the 1,023 bytes that the specification allows
# Hostile bytes reach parsers of CBOR, keys and certificates; what those raise is as wrong as what the library says.
_WRONG: Final = (
    WebAuthnException,
    UnsupportedAlgorithm,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    OverflowError,
)


@dataclass(frozen=True, slots=True)
class NewCredential:
    credential: str
    public_key: str
    sign_count: int


def creation_options(
    party: RelyingParty, account: Account, organization: str, challenge: bytes, known: list[Passkey]
) -> Json:
    """For `navigator.credentials.create`: a key that the authenticator finds by itself, and whose owner it verifies."""
    options = webauthn.generate_registration_options(
        rp_id=party.id,
        rp_name=organization,
        user_id=user_handle(account.id),
        user_name=account.username,
        challenge=challenge,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[
            PublicKeyCredentialDescriptor(id=base64url_to_bytes(each.credential)) for each in known
        ],
    )
    return options_to_json_dict(options)


def request_options(party: RelyingParty, challenge: bytes) -> Json:
    """For `navigator.credentials.get`: any passkey of this place."""
    options = webauthn.generate_authentication_options(
        rp_id=party.id, challenge=challenge, user_verification=UserVerificationRequirement.REQUIRED
    )
    return options_to_json_dict(options)


def challenge_of(answer: Json) -> str:
    """The challenge that an answer says it answers; empty when it says none."""
    try:
        data = parse_client_data_json(base64url_to_bytes(answer["response"]["clientDataJSON"]))
    except _WRONG:
        return ""
    return bytes_to_base64url(data.challenge)


def credential_of(answer: Json) -> str:
    """The authenticator's name of the key that an answer is signed with; empty when there is none."""
    name = answer.get("id")
    return name if isinstance(name, str) and _CREDENTIAL.fullmatch(name) else ""


def verified_creation(party: RelyingParty, answer: Json, challenge: str) -> NewCredential | None:
    """The new key, if everything about it is right."""
    try:
        made = webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=party.id,
            expected_origin=party.origin,
            require_user_verification=True,
        )
    except _WRONG:
        return None
    return NewCredential(
        bytes_to_base64url(made.credential_id),
        bytes_to_base64url(made.credential_public_key),
        made.sign_count,
    )


def verified_use(party: RelyingParty, answer: Json, challenge: str, key: Passkey) -> int | None:
    """The key's counter now, if the answer is signed with it, for us, by its owner, and not by a copy of it."""
    try:
        shown = webauthn.verify_authentication_response(
            credential=answer,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=party.id,
            expected_origin=party.origin,
            credential_public_key=base64url_to_bytes(key.public_key),
            credential_current_sign_count=key.sign_count,
            require_user_verification=True,
        )
        handle = answer["response"]["userHandle"]
        if base64url_to_bytes(handle) != user_handle(key.account_id):
            return None
    except _WRONG:
        return None
    return shown.new_sign_count


def user_handle(account_id: int) -> bytes:
    """By what an authenticator knows an account: nothing that says who it is."""
    return account_id.to_bytes(8, "big")
