"""Encryption for one browser (RFC 8291): content coding aes128gcm (RFC 8188), with a key that only that browser can agree on."""

from typing import Final

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from frontdesk.core.ids import new_bytes

SALT: Final = 16
AUTH: Final = 16
POINT: Final = 65  # an uncompressed point of P-256
RECORD: Final = 4096
LARGEST: Final = 3_000  # bytes of plain text; every push service takes what that becomes
_LAST_RECORD: Final = b"\x02"


def encrypt(
    plain: bytes,
    public_key: bytes,
    auth: bytes,
    *,
    sender: ec.EllipticCurvePrivateKey | None = None,
    salt: bytes | None = None,
) -> bytes:
    """The body of a push message in one record. `sender` and `salt` are fresh ones, unless a test names them.

    Raises a `ValueError` for a key that is no point of the curve.
    """
    if len(plain) > LARGEST:
        message = f"{len(plain)} bytes are too many for a push message"
        raise ValueError(message)
    sender = sender or ec.generate_private_key(ec.SECP256R1())
    salt = salt or new_bytes(SALT)
    receiver = read_public_key(public_key)
    own = sender.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    shared = sender.exchange(ec.ECDH(), receiver)
    keying = _derive(auth, shared, b"WebPush: info\x00" + public_key + own, 32)
    content_key = _derive(salt, keying, b"Content-Encoding: aes128gcm\x00", 16)
    nonce = _derive(salt, keying, b"Content-Encoding: nonce\x00", 12)
    sealed = AESGCM(content_key).encrypt(nonce, plain + _LAST_RECORD, None)
    return salt + RECORD.to_bytes(4, "big") + bytes([len(own)]) + own + sealed


def read_public_key(point: bytes) -> ec.EllipticCurvePublicKey:
    """Raises a `ValueError` for what is no uncompressed point of the curve."""
    if len(point) != POINT:
        message = "not an uncompressed point of P-256"
        raise ValueError(message)
    return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)


def _derive(salt: bytes, secret: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=info).derive(secret)
