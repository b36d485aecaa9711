"""A real Traefik in front of processes of the test, with the files of `deploy/traefik` and other addresses in them."""

import asyncio
import shutil
import signal
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx

from tests.kit.certificates import Certificate, make_certificate
from tests.kit.nginx import Proxy, replaced
from tests.kit.server import free_port

SHIPPED = Path(__file__).resolve().parents[2] / "deploy" / "traefik"


def write_files(folder: Path, *, port: int, plain: int, backend: int) -> Certificate:
    shutil.copytree(SHIPPED, folder)
    certificate = make_certificate(folder)
    static, dynamic = folder / "traefik.yaml", folder / "frontdesk.yaml"
    static.write_text(
        replaced(
            static.read_text(),
            {
                '":80"': f'"127.0.0.1:{plain}"',
                '":443"': f'"127.0.0.1:{port}"',
                "to: websecure": f'to: ":{port}"',
                "/etc/traefik/frontdesk.yaml": str(dynamic),
                "  format: json\n  fields": f"  format: json\n  filePath: {folder}/access.log\n  fields",
            },
        )
    )
    addresses = {f"http://127.0.0.1:{8081 + at}": f"http://127.0.0.1:{backend}" for at in range(4)}
    tls = {
        "/etc/traefik/tls/fullchain.pem": str(certificate.chain),
        "/etc/traefik/tls/privkey.pem": str(certificate.key),
    }
    dynamic.write_text(replaced(dynamic.read_text(), {**addresses, **tls}))
    return certificate


@asynccontextmanager
async def running_traefik(folder: Path, backend: int) -> AsyncGenerator[Proxy]:
    """Traefik for the length of a block, once it serves. What it said is in the error when it does not."""
    port, plain = free_port(), free_port()
    certificate = write_files(folder, port=port, plain=plain, backend=backend)
    log = folder / "traefik.log"
    with log.open("wb") as output:
        process = await asyncio.create_subprocess_exec(
            str(Path(sys.executable).with_name("traefik")),
            f"--configFile={folder / 'traefik.yaml'}",
            stdout=output,
            stderr=output,
        )
    try:
        proxy = Proxy(f"https://localhost:{port}", f"http://127.0.0.1:{plain}", certificate, folder)
        await _routing(process, proxy, log)
        yield proxy
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGKILL)
        await asyncio.wait_for(process.wait(), 20)


async def _routing(process: asyncio.subprocess.Process, proxy: Proxy, log: Path) -> None:
    """Traefik listens before it has read what to do: the first answers are 404, with a certificate of its own."""
    async with httpx.AsyncClient(verify=proxy.certificate.trust, base_url=proxy.url) as http:
        for _ in range(400):
            if process.returncode is not None:
                break
            try:
                if (await http.get("/health")).status_code == 200:
                    return
            except httpx.TransportError:
                pass
            await asyncio.sleep(0.05)
    raise RuntimeError(_what_went_wrong(log))


def _what_went_wrong(log: Path) -> str:
    return f"Traefik did not come up:\n{log.read_text()}"
