"""A wrong configuration stops the start with a sentence that names what is wrong."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.core.errors import ErrorKind, FrontdeskError
from frontdesk.platform.config import Blobs, Bus, Config, document, load

SECTIONS = ["listen", "storage", "access", "tokens", "logs"]


def refusal(tmp_path: Path, text: str | bytes, environment: dict[str, str] | None = None) -> str:
    file = tmp_path / "frontdesk.toml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(FrontdeskError) as refused:
        load(file, environment or {})
    assert refused.value.kind is ErrorKind.INVALID
    assert "\n" not in refused.value.message
    return refused.value.message


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[listen", "not valid TOML"),
        (b"[listen]\nhost = '\xff'", "not valid TOML"),
        ("[listen]\nhostname = 'a'", "hostname"),
        ("[lisen]\nhost = 'a'", "lisen"),
        ("[listen]\nport = 'eighty'", "listen.port"),
        ("[listen]\nport = 65536", "listen.port"),
        ("[logs]\nlevel = 'loud'", "logs.level"),
        ("[access]\nwrite_buffer = -1", "access.write_buffer"),
        ("listen = 5", "listen"),
        ("[storage]\npath = 7", "storage.path"),
    ],
)
def test_what_is_wrong_is_named_when_the_file_is_wrong(tmp_path: Path, text: str | bytes, named: str) -> None:
    assert named in refusal(tmp_path, text)


def test_a_wrong_section_is_named_also_when_a_variable_speaks_of_it(tmp_path: Path) -> None:
    assert "listen" in refusal(tmp_path, "listen = 5", {"FRONTDESK_LISTEN__PORT": "80"})


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FrontdeskError, match=r"nowhere\.toml"):
        load(tmp_path / "nowhere.toml", {})


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    file = tmp_path / "frontdesk.toml"
    file.write_text("[listen]\nport = 1\nhost = 'a'\n")
    config = load(
        file, {"FRONTDESK_LISTEN__PORT": "2", "FRONTDESK_STORAGE__PATH": "/x", "FRONTDESK_PORT": "3"}
    )
    assert (config.listen.port, config.listen.host, config.storage.path) == (2, "a", Path("/x"))


@given(
    st.dictionaries(st.sampled_from([f"FRONTDESK_{s.upper()}__X" for s in SECTIONS]), st.text(), min_size=1)
)
def test_an_unknown_variable_is_refused_whatever_it_holds(environment: dict[str, str]) -> None:
    with pytest.raises(FrontdeskError):
        load(None, environment)


def test_no_secret_is_shown() -> None:
    bus = Bus(servers="nats://hana:opensesame@one:4222, tls://:opensesame@two, nats://three:4222")
    config = Config(bus=bus, blobs=Blobs(url="s3://files", access_key="AKIA7", secret_key="opensesame"))
    shown = {key: value for key, _variable, value, _text in document(config)}
    assert shown["bus.servers"] == "nats://hana:•••@one:4222, tls://:•••@two, nats://three:4222"
    assert (shown["blobs.access_key"], shown["blobs.secret_key"]) == ("AKIA7", "•••")
    assert not any("opensesame" in str(value) for value in shown.values())
