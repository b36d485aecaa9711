"""Sending mail by the operator's SMTP server. Without `mail.url` there is none, and nothing offers what would need it."""

from email.message import EmailMessage
from email.utils import formataddr, make_msgid, parseaddr
from typing import Final
from urllib.parse import unquote, urlsplit

import aiosmtplib

from frontdesk.core.errors import ErrorKind, FrontdeskError, invalid
from frontdesk.platform.config import Config, Mail

TIMEOUT: Final = 20.0
_PORTS: Final = {"smtp": 587, "smtps": 465, "smtp+plain": 25}


def check_mail(config: Config) -> None:
    """Raise an `invalid` error that names what the configuration has wrong; for the start."""
    if not config.mail.url:
        return
    _server(config.mail)
    if "@" not in parseaddr(config.mail.sender)[1]:
        raise invalid(
            "config.value",
            "The configuration is wrong: mail.sender is no address.",
            hint="Like: Frontdesk <desk@example.com>.",
        )
    if not config.listen.public_url:
        raise invalid(
            "config.value",
            "The configuration is wrong: mail.url needs listen.public_url.",
            hint="Links in mails lead there; what a request says of its host may be anybody's.",
        )


async def send_mail(config: Mail, *, to: str, subject: str, text: str) -> None:
    """Hand a mail to the server. Raises `unavailable` when it is not taken; what is in it is in no message of ours."""
    host, port, username, password, scheme = _server(config)
    mail = EmailMessage()
    name, address = parseaddr(config.sender)
    mail["From"], mail["To"], mail["Subject"] = formataddr((name, address)), to, subject
    mail["Message-ID"] = make_msgid(domain=address.rpartition("@")[2])
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(text)
    try:
        await aiosmtplib.send(
            mail,
            hostname=host,
            port=port,
            username=username,
            password=password,
            use_tls=scheme == "smtps",
            start_tls=scheme == "smtp",
            timeout=TIMEOUT,
        )
    except (aiosmtplib.SMTPException, OSError, ValueError) as error:
        raise FrontdeskError(
            ErrorKind.UNAVAILABLE,
            "platform.mail",
            f"The mail server has not taken a mail: {type(error).__name__}.",
            hint="Look at mail.url, and at the log of that server.",
        ) from error


def _server(config: Mail) -> tuple[str, int, str | None, str | None, str]:
    try:
        parts = urlsplit(config.url)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in _PORTS or not parts.hostname or parts.path.strip("/"):
        raise invalid(
            "config.value",
            "The configuration is wrong: mail.url is no address of an SMTP server.",
            hint="Like smtp://user:password@mail.example.com:587, or smtps:// for a server that speaks TLS at once.",
        )
    username = unquote(parts.username) if parts.username else None
    password = unquote(parts.password) if parts.password else None
    return parts.hostname, port or _PORTS[parts.scheme], username, password, parts.scheme
