"""
SCIM as identity providers meet it: a process that speaks HTTP.
"""

import json
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Generator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import urlsplit

import attrs
import pytest
from scim_sanity.probe.runner import run_probe_api
from sqlalchemy import URL

from winbooks_identity.cli.application import run


pytestmark = pytest.mark.slow(
    is_measured=True
)  # Processes start, and load all that SCIM needs.

PROGRAM = (sys.executable, "-m", "winbooks_identity")

LICENCES = """\
[licence]
number = "WB-{number}"
product = "Classic"
holder = "Fiduciaire Peeters"
language = "nl"
"""

USER = "urn:ietf:params:scim:schemas:core:2.0:User"
NEL = {
    "schemas": [USER],
    "userName": "nel@example.org",
    "name": {"givenName": "Nel", "familyName": "Dubois"},
}

Place: TypeAlias = tuple[str, ...]


@attrs.frozen
class Client:
    """
    An identity provider with a token.
    """

    url: str
    token: str

    def __call__(
        self, method: str, path: str, sent: object = None, **headers: str
    ) -> tuple[int, Mapping[str, Any]]:
        """
        Return status and body of the answer to one request.
        """
        at = urlsplit(self.url)
        assert at.hostname is not None
        connection = HTTPConnection(at.hostname, at.port, timeout=60)
        try:
            connection.request(
                method,
                at.path + path,
                None if sent is None else json.dumps(sent),
                {
                    "Authorization": f"Bearer {self.token}",
                    "Content-Type": "application/scim+json",
                    **{key.replace("_", "-"): text for key, text in headers.items()},
                },
            )
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read() or b"{}")
        finally:
            connection.close()


@pytest.fixture(params=["file", "server"])
def place(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Place:
    """
    Return the options that name a database with two licences, of each kind.
    """
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    place: Place = ("--database", "o.sqlite3")
    if request.param == "server":
        url: URL = request.getfixturevalue("emptied_postgresql")
        address = url.render_as_string(hide_password=False)
        monkeypatch.setenv("WINBOOKS_IDENTITY_KEY_FILE", "o.keys")
        monkeypatch.setenv("WINBOOKS_IDENTITY_SCIM_TOKENS", "o.tokens")
        run(["key", "create", "o.keys"])
        place = ("--database", address)
    for number in (1, 2):
        Path("office.toml").write_text(LICENCES.format(number=number), "utf-8")
        assert 0 == run(["provision", "office.toml", *place])
    return place


@pytest.fixture
def token(place: Place, capsys: pytest.CaptureFixture[str]) -> Callable[[str], str]:
    """
    Return what makes the token of a licence.
    """

    def made(licence: str) -> str:
        capsys.readouterr()
        run(
            [
                *("scim", "token", "create", "--client=Okta", "--show-token"),
                *("--licence", licence, *place),
            ]
        )
        return capsys.readouterr().out.strip()

    return made


@contextmanager
def serving(
    *options: str, stopped_by: signal.Signals = signal.SIGTERM
) -> Generator[str, None, None]:
    """
    Serve SCIM until the block ends, and give the address.
    """
    command = [*PROGRAM, "scim", "serve", "--port=0", "--json", *options]
    with subprocess.Popen(  # noqa: S603  Our own program.
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            yield json.loads(process.stdout.readline())["url"]
        finally:
            process.send_signal(stopped_by)
            _, said = process.communicate(timeout=60)
    assert 130 == process.returncode, said
    assert "Traceback" not in said
    assert said.endswith("Interrupted.\n")


def test_a_day_of_an_identity_provider(
    place: Place, token: Callable[[str], str]
) -> None:
    """
    It looks, makes, changes and deletes; a token of another licence sees none of it.
    """
    okta = token("WB-1")
    other = token("WB-2")
    with serving(*place) as url:
        client = Client(url, okta)
        assert 0 == client("GET", "/Users?filter=userName+eq+%22a@b.org%22")[1].get(
            "totalResults"
        )
        status, made = client("POST", "/Users", NEL)
        assert (201, f"{url}/Users/{made['id']}") == (
            status,
            made["meta"]["location"],
        )
        status, changed = client(
            "PUT", f"/Users/{made['id']}", {**NEL, "active": False}
        )
        assert (200, False) == (status, changed["active"])
        assert 404 == Client(url, other)("GET", f"/Users/{made['id']}")[0]
        assert 409 == Client(url, other)("POST", "/Users", NEL)[0]
        assert 401 == Client(url, "wbscim_wrong")("GET", "/Users")[0]
        assert 204 == client("DELETE", f"/Users/{made['id']}")[0]
        assert 413 == client("POST", "/Users", {"x": "x" * 1_050_000})[0]


def test_of_one_licence(place: Place, token: Callable[[str], str]) -> None:
    """
    Only tokens of the licences that are named are taken, and only there it erases.
    """
    okta, other = token("WB-1"), token("WB-2")
    with serving("--licence=WB-1", "--erase=WB-1", *place) as url:
        client = Client(url, okta)
        assert 401 == Client(url, other)("GET", "/Users")[0]
        _, made = client("POST", "/Users", NEL)
        assert 204 == client("DELETE", f"/Users/{made['id']}")[0]
        # The ID of who was erased is held back.
        assert 409 == client("POST", "/Users", NEL)[0]


@pytest.mark.parametrize("place", ["file"], indirect=True)
def test_retries(place: Place, token: Callable[[str], str]) -> None:
    """
    A creation that is sent several times at once makes one user.
    """
    okta = token("WB-1")
    with serving(*place) as url, ThreadPoolExecutor(6) as pool:
        client = Client(url, okta)
        answers = list(pool.map(lambda _: client("POST", "/Users", NEL), range(6)))
        statuses = {status for status, _ in answers}
        # Who comes late is refused and looks for the user.
        assert 201 in statuses
        assert statuses <= {201, 409}
        assert 1 == len({body["id"] for status, body in answers if status == 201})
        assert 1 == client("GET", "/Users")[1]["totalResults"]


@pytest.mark.parametrize("place", ["file"], indirect=True)
def test_public_probe(place: Place, token: Callable[[str], str]) -> None:
    """
    The checker scim-sanity is content, but for what the Portal does not keep.
    """
    okta = token("WB-1")
    with serving(*place) as url:
        found = run_probe_api(url, token=okta, user_domain="example.org")

    assert {"POST /Groups", "GET /Users/{id} after PUT"} == {
        each["name"]
        for each in found["results"]
        if each["status"] not in {"pass", "skip"}
    }
    (after,) = (each for each in found["results"] if "after PUT" in each["name"])
    assert "displayName" in after["message"]


@pytest.mark.parametrize("place", ["file"], indirect=True)
def test_behind_a_proxy(place: Place, token: Callable[[str], str]) -> None:
    """
    What a proxy says of the address is believed of that proxy only.
    """
    okta = token("WB-1")
    told = {"X_Forwarded_Proto": "https", "X_Forwarded_Host": "portal.example"}
    for options, begins in (
        (("--proxy=127.0.0.1",), "https://portal.example/scim/v2/"),
        ((), "http://127.0.0.1"),
    ):
        with serving(*options, *place, stopped_by=signal.SIGINT) as url:
            _, said = Client(url, okta)("GET", "/ServiceProviderConfig", **told)
            assert said["meta"]["location"].startswith(begins)


@pytest.mark.parametrize("place", ["file"], indirect=True)
@pytest.mark.parametrize(
    "host,is_told",
    [("localhost", False), ("127.0.0.1", False), ("0.0.0.0", True)],  # noqa: S104  It is what the remark is about.
)
def test_an_address_that_others_reach(
    place: Place, token: Callable[[str], str], host: str, is_told: bool
) -> None:
    """
    Who is asked from outside without TLS is told so.
    """
    token("WB-1")
    command = [*PROGRAM, "scim", "serve", "--port=0", f"--host={host}", *place]
    with subprocess.Popen(  # noqa: S603  Our own program.
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        said = [process.stderr.readline() for _ in range(1 + is_told)]
        process.send_signal(signal.SIGTERM)
        _, rest = process.communicate(timeout=60)

    assert f"http://{host}:" in said[0]
    assert is_told is ("reached from outside" in "".join([*said, rest]))


@pytest.mark.parametrize("place", ["file"], indirect=True)
def test_what_cannot_be_served(place: Place, token: Callable[[str], str]) -> None:
    """
    A port in use, an address elsewhere, no tokens, or no such licence is told at once.
    """
    assert 69 == run(["scim", "serve", *place])
    token("WB-1")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert 69 == run(["scim", "serve", f"--port={port}", *place])
    assert 2 == run(["scim", "serve", "--port=70000", *place])
    assert 1 == run(["scim", "serve", "--licence=WB-9", *place])
    assert 1 == run(["scim", "serve", "--erase=WB-9", *place])
    assert 2 == run(["scim", "serve", "--send-credentials", *place])
