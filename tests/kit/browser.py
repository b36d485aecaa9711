"""A browser's side of web push, written from the RFCs and not from our code: it makes keys, and reads what comes."""

import base64
from typing import Any

import msgspec
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.kit.receiver import Heard


def to_text(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).decode().rstrip("=")


def to_bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Browser:
    """One browser with one subscription."""

    def __init__(self, private: int | None = None, auth: bytes = b"0123456789abcdef") -> None:
        curve = ec.SECP256R1()
        self._key = (
            ec.generate_private_key(curve) if private is None else ec.derive_private_key(private, curve)
        )
        self.public = self._key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        self.auth = auth

    def keys(self) -> dict[str, str]:
        """As in `PushSubscription.toJSON().keys`."""
        return {"p256dh": to_text(self.public), "auth": to_text(self.auth)}

    def decrypt(self, body: bytes) -> bytes:
        """RFC 8188 with the keys of RFC 8291."""
        salt, length = body[:16], body[20]
        sender = body[21 : 21 + length]
        shared = self._key.exchange(
            ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender)
        )
        keying = _hkdf(self.auth, shared, b"WebPush: info\0" + self.public + sender, 32)
        key = _hkdf(salt, keying, b"Content-Encoding: aes128gcm\0", 16)
        nonce = _hkdf(salt, keying, b"Content-Encoding: nonce\0", 12)
        record = AESGCM(key).decrypt(nonce, body[21 + length :], None).rstrip(b"\0")
        assert record[-1:] == b"\x02", "the last record ends with a 2"
        return record[:-1]

    def read(self, heard: Heard) -> Any:  # noqa: ANN401 - whatever JSON holds
        return msgspec.json.decode(self.decrypt(heard.body))


def vapid(heard: Heard) -> tuple[dict[str, Any], str]:
    """What the sender says of itself, signed by the key that it names, as a push service checks it."""
    scheme, _, rest = heard.headers["authorization"].partition(" ")
    assert scheme == "vapid"
    parts = dict(part.strip().split("=", 1) for part in rest.split(","))
    header, claims, signature = parts["t"].split(".")
    assert msgspec.json.decode(to_bytes(header)) == {"typ": "JWT", "alg": "ES256"}
    raw = to_bytes(signature)
    numbers = (int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), to_bytes(parts["k"]))
    key.verify(encode_dss_signature(*numbers), f"{header}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))
    return msgspec.json.decode(to_bytes(claims)), parts["k"]


def _hkdf(salt: bytes, secret: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=salt, info=info).derive(secret)
