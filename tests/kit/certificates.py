"""A certificate authority for one test, and what it signs: for this machine's own address, or for other names."""

import ssl
from dataclasses import dataclass
from pathlib import Path

import trustme


@dataclass(frozen=True)
class Certificate:
    """PEM files of a server and of who signed them, and a context of a client that trusts it and nobody else."""

    chain: Path
    key: Path
    authority: Path
    trust: ssl.SSLContext


def make_certificate(folder: Path, *names: str) -> Certificate:
    authority = trustme.CA()
    issued = authority.issue_cert(*(names or ("localhost", "127.0.0.1")))
    chain, key, root = folder / "fullchain.pem", folder / "privkey.pem", folder / "root.pem"
    authority.cert_pem.write_to_path(str(root))
    chain.write_bytes(b"".join(blob.bytes() for blob in issued.cert_chain_pems))
    issued.private_key_pem.write_to_path(str(key))
    trust = ssl.create_default_context(cadata=authority.cert_pem.bytes().decode())
    return Certificate(chain, key, root, trust)
