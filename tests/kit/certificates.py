"""A certificate authority for one test, and what it signs for this machine's own address."""

import ssl
from dataclasses import dataclass
from pathlib import Path

import trustme


@dataclass(frozen=True)
class Certificate:
    """PEM files of a server, and a context of a client that trusts it and nobody else."""

    chain: Path
    key: Path
    trust: ssl.SSLContext


def make_certificate(folder: Path) -> Certificate:
    authority = trustme.CA()
    issued = authority.issue_cert("localhost", "127.0.0.1")
    chain, key = folder / "fullchain.pem", folder / "privkey.pem"
    chain.write_bytes(b"".join(blob.bytes() for blob in issued.cert_chain_pems))
    issued.private_key_pem.write_to_path(str(key))
    trust = ssl.create_default_context(cadata=authority.cert_pem.bytes().decode())
    return Certificate(chain, key, trust)
