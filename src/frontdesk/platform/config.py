"""One typed configuration tree, read from a TOML file and from the environment; printed by `frontdesk config`.

Each field names its environment variable by its path: `database.path` is `FRONTDESK_DATABASE__PATH`. The environment
wins over the file. An unknown key or a value of the wrong type stops the start with a sentence that names it.
"""

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Final, Literal, get_type_hints

import msgspec
from msgspec import Meta, Struct

from frontdesk.core.errors import invalid

_PREFIX: Final = "FRONTDESK_"
_password: Final = re.compile(r"(://[^/@,]*:)[^/@,]*@").sub


class Listen(Struct, frozen=True, forbid_unknown_fields=True):
    host: Annotated[str, Meta(description="Address to listen on. 0.0.0.0 serves other machines.")] = (
        "127.0.0.1"
    )
    port: Annotated[
        int, Meta(description="Port for everything: HTTP, sockets, console, widget.", ge=0, le=65535)
    ] = 8080
    public_url: Annotated[
        str, Meta(description="Address people use, when a proxy stands in front. Empty: as asked.")
    ] = ""
    trusted_proxies: Annotated[
        str, Meta(description="Proxies whose X-Forwarded-For is believed, comma separated.")
    ] = ""


class Storage(Struct, frozen=True, forbid_unknown_fields=True):
    path: Annotated[Path, Meta(description="Folder of the embedded database, files and keys.")] = Path("data")
    max_upload: Annotated[int, Meta(description="Largest upload in bytes.", ge=1)] = 20 * 1024 * 1024


class Database(Struct, frozen=True, forbid_unknown_fields=True):
    url: Annotated[
        str,
        Meta(
            description="PostgreSQL to use: postgresql://user:password@host/name. Empty: SQLite in storage.path."
        ),
    ] = ""
    owner_url: Annotated[
        str,
        Meta(description="The same database, signed in as its owner, for migrations. Empty: database.url."),
    ] = ""
    pool: Annotated[
        int, Meta(description="Connections to PostgreSQL a process may open, and two for its leases.", ge=2)
    ] = 12


class Bus(Struct, frozen=True, forbid_unknown_fields=True):
    servers: Annotated[
        str,
        Meta(
            description="NATS servers, as nats://user:password@host:4222, comma separated. Empty: one process, none needed."
        ),
    ] = ""
    wait: Annotated[float, Meta(description="Seconds to wait for NATS at the start.", ge=0)] = 10.0


class Blobs(Struct, frozen=True, forbid_unknown_fields=True):
    url: Annotated[
        str, Meta(description="Bucket for files, as s3://bucket/prefix. Empty: a folder under storage.path.")
    ] = ""
    endpoint: Annotated[
        str, Meta(description="Address of the S3 server, where it is not Amazon's. http:// is allowed.")
    ] = ""
    region: Annotated[str, Meta(description="Region of the bucket. Empty: as AWS_REGION says.")] = ""
    access_key: Annotated[
        str, Meta(description="Access key. Empty: as AWS_ACCESS_KEY_ID says, or the machine's role.")
    ] = ""
    secret_key: Annotated[str, Meta(description="Secret key. Empty: as AWS_SECRET_ACCESS_KEY says.")] = ""


class Access(Struct, frozen=True, forbid_unknown_fields=True):
    heartbeat: Annotated[float, Meta(description="Seconds between pings of a quiet client.", gt=0)] = 25.0
    hello_timeout: Annotated[float, Meta(description="Seconds a new socket has to say hello.", gt=0)] = 10.0
    max_frame: Annotated[int, Meta(description="Largest frame from a client in bytes.", ge=1024)] = 64 * 1024
    write_buffer: Annotated[
        int, Meta(description="Bytes queued to a slow reader before it is cut.", ge=1024)
    ] = 256 * 1024
    rate: Annotated[float, Meta(description="Frames a second a connection may send on average.", gt=0)] = 20.0
    burst: Annotated[int, Meta(description="Frames a connection may send at once.", ge=1)] = 60
    drain: Annotated[float, Meta(description="Seconds given to open work when stopping.", ge=0)] = 5.0
    allowed_origins: Annotated[
        str, Meta(description="Origins that may open a socket, comma separated. Empty: any.")
    ] = ""


class Tokens(Struct, frozen=True, forbid_unknown_fields=True):
    access_ttl: Annotated[int, Meta(description="Seconds an agent's access token lives.", ge=10)] = 600
    refresh_ttl: Annotated[int, Meta(description="Seconds a refresh token lives.", ge=60)] = 30 * 86400
    key_days: Annotated[int, Meta(description="Days after which a new key signs tokens.", ge=1)] = 90
    visitor_ttl: Annotated[int, Meta(description="Seconds a visitor's token lives.", ge=10)] = 3600


class Webhooks(Struct, frozen=True, forbid_unknown_fields=True):
    allow_http: Annotated[
        bool, Meta(description="Whether webhooks may go to http:// addresses, in the clear.")
    ] = False
    ports: Annotated[str, Meta(description="Ports that webhooks may go to, comma separated.")] = "443,8443"
    allow_networks: Annotated[
        str,
        Meta(description="Networks that webhooks may reach besides the public internet, comma separated."),
    ] = ""


class Sso(Struct, frozen=True, forbid_unknown_fields=True):
    allow_http: Annotated[
        bool, Meta(description="Whether identity providers may be at http:// addresses, in the clear.")
    ] = False
    ports: Annotated[str, Meta(description="Ports that identity providers may be at, comma separated.")] = (
        "443,8443"
    )
    allow_networks: Annotated[
        str,
        Meta(
            description="Networks that identity providers may be in besides the public internet, comma separated."
        ),
    ] = ""


class Push(Struct, frozen=True, forbid_unknown_fields=True):
    contact: Annotated[
        str,
        Meta(
            description="Whom browsers' push services may write to about this installation, as mailto:ops@example.com. Empty: listen.public_url."
        ),
    ] = ""
    allow_http: Annotated[
        bool, Meta(description="Whether push services may be at http:// addresses, in the clear.")
    ] = False
    ports: Annotated[str, Meta(description="Ports that push services may be at, comma separated.")] = (
        "443,8443"
    )
    allow_networks: Annotated[
        str,
        Meta(
            description="Networks that push services may be in besides the public internet, comma separated."
        ),
    ] = ""


class Previews(Struct, frozen=True, forbid_unknown_fields=True):
    allow_http: Annotated[
        bool,
        Meta(description="Whether pages at http:// addresses are fetched to preview a link, in the clear."),
    ] = True
    ports: Annotated[str, Meta(description="Ports of pages that are fetched, comma separated.")] = "80,443"
    allow_networks: Annotated[
        str,
        Meta(
            description="Networks whose pages are fetched besides the public internet, comma separated: a company's own wiki."
        ),
    ] = ""


class Translation(Struct, frozen=True, forbid_unknown_fields=True):
    allow_http: Annotated[
        bool, Meta(description="Whether translation services may be at http:// addresses, in the clear.")
    ] = False
    ports: Annotated[str, Meta(description="Ports that translation services may be at, comma separated.")] = (
        "443,8443"
    )
    allow_networks: Annotated[
        str,
        Meta(
            description="Networks that translation services may be in besides the public internet, comma separated."
        ),
    ] = ""


class Mail(Struct, frozen=True, forbid_unknown_fields=True):
    url: Annotated[
        str,
        Meta(
            description="SMTP server for mail, as smtp://user:password@host:587 (STARTTLS) or smtps://; smtp+plain:// is in the clear. Empty: none."
        ),
    ] = ""
    sender: Annotated[str, Meta(description="Whom mail is from, as Frontdesk <desk@example.com>.")] = ""


class Logs(Struct, frozen=True, forbid_unknown_fields=True):
    level: Annotated[
        Literal["debug", "info", "warning", "error"], Meta(description="debug, info, warning or error.")
    ] = "info"
    json: Annotated[bool, Meta(description="One JSON object a line instead of text for people.")] = False


class Telemetry(Struct, frozen=True, forbid_unknown_fields=True):
    otlp_url: Annotated[
        str,
        Meta(
            description="Collector that takes traces by OTLP over HTTP: http://host:4318. Empty: no traces."
        ),
    ] = ""
    share: Annotated[
        float, Meta(description="Share of messages and requests that are traced.", gt=0, le=1)
    ] = 0.01


class Config(Struct, frozen=True, forbid_unknown_fields=True):
    listen: Listen = msgspec.field(default_factory=Listen)
    storage: Storage = msgspec.field(default_factory=Storage)
    database: Database = msgspec.field(default_factory=Database)
    bus: Bus = msgspec.field(default_factory=Bus)
    blobs: Blobs = msgspec.field(default_factory=Blobs)
    access: Access = msgspec.field(default_factory=Access)
    tokens: Tokens = msgspec.field(default_factory=Tokens)
    webhooks: Webhooks = msgspec.field(default_factory=Webhooks)
    sso: Sso = msgspec.field(default_factory=Sso)
    push: Push = msgspec.field(default_factory=Push)
    previews: Previews = msgspec.field(default_factory=Previews)
    translation: Translation = msgspec.field(default_factory=Translation)
    mail: Mail = msgspec.field(default_factory=Mail)
    logs: Logs = msgspec.field(default_factory=Logs)
    telemetry: Telemetry = msgspec.field(default_factory=Telemetry)


def load(file: Path | None, environment: Mapping[str, str] = os.environ) -> Config:
    """Read the configuration. Raises an `invalid` error that names the key which is unknown or of the wrong type."""
    tree: dict[str, Any] = {}
    if file is not None:
        try:
            tree = tomllib.loads(file.read_text(encoding="utf-8"))
        except OSError as error:
            raise invalid("config.file", f"The configuration file cannot be read: {error}.") from error
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise invalid("config.syntax", f"{file} is not valid TOML: {error}.") from error
    for name, value in environment.items():
        if name.startswith(_PREFIX) and "__" in name:
            section, _, key = name.removeprefix(_PREFIX).lower().partition("__")
            known = tree.setdefault(section, {})
            if isinstance(known, dict):  # else the file is wrong there, which is told below
                known[key] = value
    try:
        return msgspec.convert(tree, Config, strict=False, dec_hook=_special)
    except msgspec.ValidationError as error:
        raise invalid(
            "config.value",
            f"The configuration is wrong: {error}.",
            hint="`frontdesk config` lists every key.",
        ) from error


def _special(kind: type, value: object) -> object:
    if kind is Path and isinstance(value, str) and value:
        return Path(value)
    raise TypeError(f"Expected `{kind.__name__}`, got `{type(value).__name__}`")


def document(config: Config) -> Iterator[tuple[str, str, object, str]]:
    """Every key as (path, environment variable, value in force, description). Secrets are not shown."""
    for section in config.__struct_fields__:
        part: Struct = getattr(config, section)
        for key, hint in get_type_hints(type(part), include_extras=True).items():
            meta: Meta = hint.__metadata__[0]
            variable = f"{_PREFIX}{section.upper()}__{key.upper()}"
            yield f"{section}.{key}", variable, _shown(key, getattr(part, key)), meta.description or ""


def _shown(key: str, value: object) -> object:
    if not isinstance(value, str):
        return value
    if key.startswith("secret") and value:
        return "•••"
    return _password(r"\1•••@", value)
