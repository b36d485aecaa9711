"""A real S3 server (SeaweedFS) on free ports of this machine."""

import json
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import obstore
from obstore.exceptions import BaseError

from frontdesk.platform.blobs.s3 import S3Blobs
from tests.kit.server import free_ports

ACCESS_KEY, SECRET_KEY, REGION = "test-key", "test-secret", "us-east-1"
_PARTS = ("master", "volume", "filer", "s3")
_UNUSED = ("-s3.port.iceberg=0", "-s3.port.lance=0")


class S3Server:
    """A running server. A bucket is made by the first write into it."""

    def __init__(self, url: str) -> None:
        self.url = url

    def blobs(self, prefix: str, *, secret_key: str = SECRET_KEY) -> S3Blobs:
        return S3Blobs(
            f"s3://frontdesk/{prefix}",
            endpoint=self.url,
            region=REGION,
            access_key=ACCESS_KEY,
            secret_key=secret_key,
        )

    def settings(self, prefix: str) -> dict[str, str]:
        """With which a process keeps its files here."""
        return {
            "FRONTDESK_BLOBS__URL": f"s3://frontdesk/{prefix}",
            "FRONTDESK_BLOBS__ENDPOINT": self.url,
            "FRONTDESK_BLOBS__REGION": REGION,
            "FRONTDESK_BLOBS__ACCESS_KEY": ACCESS_KEY,
            "FRONTDESK_BLOBS__SECRET_KEY": SECRET_KEY,
        }

    def copy(self, source: str, target: str) -> int:
        """Every file below one prefix to another, as tools for buckets do; returns how many."""
        old, new = self.blobs(source)._store, self.blobs(target)._store
        keys = [each["path"] for batch in old.list() for each in batch]  # pyright: ignore[reportUnknownMemberType]  its Arrow form has no types
        for key in keys:
            obstore.put(new, key, obstore.get(old, key).bytes(), use_multipart=False)
        return len(keys)


@contextmanager
def running_s3(folder: Path) -> Generator[S3Server]:
    """A server for the length of a block. What it printed is in the error when it does not come up."""
    names = [name for part in _PARTS for name in (f"{part}.port", f"{part}.port.grpc")]
    ports = dict(zip(names, free_ports(len(names)), strict=True))
    keys = [{"accessKey": ACCESS_KEY, "secretKey": SECRET_KEY}]
    access = folder / "s3.json"
    access.write_text(
        json.dumps({"identities": [{"name": "test", "credentials": keys, "actions": ["Admin"]}]})
    )
    log = folder / "weed.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [
                str(Path(sys.executable).with_name("weed")),
                f"-logdir={folder}",
                "server",
                f"-dir={folder}",
                "-ip=127.0.0.1",
                "-ip.bind=127.0.0.1",
                "-s3",
                f"-s3.config={access}",
                f"-filer.localSocket={folder / 'filer.sock'}",
                f"-s3.localSocket={folder / 's3.sock'}",
                "-master.volumeSizeLimitMB=64",
                *_UNUSED,
                *(f"-{name}={port}" for name, port in ports.items()),
            ],
            stdout=output,
            stderr=output,
        )
    server = S3Server(f"http://127.0.0.1:{ports['s3.port']}")
    try:
        _wait(server, process, log)
        yield server
    finally:
        process.kill()
        process.wait()


def _wait(server: S3Server, process: subprocess.Popen[bytes], log: Path) -> None:
    """Until it takes a file: it answers before its parts have found each other."""
    for _ in range(300):
        if process.poll() is not None:
            break
        try:
            obstore.put(server.blobs("start")._store, "a", b"a", use_multipart=False)
        except BaseError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"weed did not come up:\n{log.read_text(errors='replace')[-4_000:]}")
