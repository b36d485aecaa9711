"""What we tell programs about ourselves (OpenID Connect Discovery, RFC 8414)."""

from frontdesk.auth.keys import IDENTITY_ALGORITHM
from frontdesk.auth.oauth.types import SCOPES


def metadata(issuer: str) -> dict[str, object]:
    """The document at both well-known addresses."""
    proofs = ["client_secret_basic", "client_secret_post"]
    return {
        "issuer": issuer,
        "authorization_endpoint": f"{issuer}/console/authorize",
        "token_endpoint": f"{issuer}/oauth/token",
        "userinfo_endpoint": f"{issuer}/oauth/userinfo",
        "introspection_endpoint": f"{issuer}/oauth/introspect",
        "revocation_endpoint": f"{issuer}/oauth/revoke",
        "end_session_endpoint": f"{issuer}/oauth/logout",
        "jwks_uri": f"{issuer}/.well-known/jwks.json",
        "scopes_supported": list(SCOPES),
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code", "refresh_token", "client_credentials"],
        "code_challenge_methods_supported": ["S256"],
        "token_endpoint_auth_methods_supported": [*proofs, "none"],
        "introspection_endpoint_auth_methods_supported": proofs,
        "revocation_endpoint_auth_methods_supported": [*proofs, "none"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": [IDENTITY_ALGORITHM],
        "claims_supported": ["sub", "iss", "aud", "exp", "iat", "nonce", "sid", "preferred_username", "role", "organization"],
        "authorization_response_iss_parameter_supported": True,
    }  # fmt: skip
