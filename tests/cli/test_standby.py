"""
Lists and exports ask a standby, where one is named.
"""

from collections.abc import Iterator
from pathlib import Path
from queue import Queue
from socketserver import BaseRequestHandler, TCPServer
from threading import Thread

import pytest
from sqlalchemy import URL

from winbooks_identity.cli.application import run
from winbooks_identity.cli.exit_code import ExitCode


OFFICE = Path(__file__).parents[2] / "docs/examples/office.toml"
SOMEONE = "info@de-korenaar.example"
COMMANDS = [
    ("user", "list"),
    ("user", "export", SOMEONE),
    ("user", "history", SOMEONE),
    ("policy", "impact", "portal"),
]


@pytest.fixture
def server(
    emptied_postgresql: URL, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """
    Let the environment name this worker's database, with an office in it.
    """
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    address = emptied_postgresql.render_as_string(hide_password=False)
    monkeypatch.setenv("WINBOOKS_IDENTITY_DATABASE", address)
    monkeypatch.setenv("WINBOOKS_IDENTITY_KEY_FILE", "portal.keys")
    run(("key", "create", "portal.keys"))
    run(("provision", str(OFFICE), "--mail-dir", "mails"))


@pytest.fixture
def asked() -> Iterator[tuple[str, Queue[object]]]:
    """
    Return the address of a standby that hangs up, and who asked it.
    """
    found: Queue[object] = Queue()

    class Handler(BaseRequestHandler):
        def handle(self) -> None:
            found.put(self.client_address)

    with TCPServer(("127.0.0.1", 0), Handler) as standby:
        thread = Thread(target=standby.serve_forever, args=(0.01,))
        thread.start()
        port = standby.server_address[1]
        yield f"postgresql://portal@127.0.0.1:{port}/identities", found
        standby.shutdown()
        thread.join()


@pytest.mark.usefixtures("server")
def test_a_standby_is_asked(
    asked: tuple[str, Queue[object]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """
    The primary answers for one that is not there.
    """
    address, found = asked

    def answered(*command: str) -> tuple[int, str]:
        capsys.readouterr()
        return run(command), capsys.readouterr().out

    before = [answered(*command) for command in COMMANDS]
    unasked = found.qsize()
    with_option = answered(*COMMANDS[0], "--standby", address)
    calls = [found.qsize()]
    monkeypatch.setenv("WINBOOKS_IDENTITY_STANDBY", address)
    for command, said in zip(COMMANDS, before, strict=True):
        assert said == answered(*command)
        calls.append(found.qsize())

    assert 0 == unasked
    assert before[0] == with_option
    assert len({unasked, *calls}) == 2 + len(COMMANDS)


@pytest.mark.parametrize(
    "database, standby",
    [
        ("office.sqlite3", "postgresql://db2/identities"),
        ("postgresql://db1/identities", "office.sqlite3"),
        ("postgresql://db1/identities", "postgresql://portal:Canary@db2/identities"),
    ],
)
def test_a_standby_is_a_server(
    database: str, standby: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """
    A file follows no server, and has no follower; nor does an address hold a secret.
    """
    place = ("--database", database, "--standby", standby, "--key-file", "no.keys")

    assert ExitCode.USAGE is run(("user", "list", *place))
    assert "Canary" not in capsys.readouterr().err
