"""
What does it take to provision an office of 10,000 by SCIM, over HTTP?

Run ``python benchmarks/scim_over_http.py``: `scim serve` runs in a process of its own
on a SQLite file of its own, whose memory is read from the system (Linux) after each
thousand requests.  Memory is flat if the last figures of a step are those before.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from time import perf_counter
from typing import Any, Final

from winbooks_identity.adapters.scim import TokenFile


OFFICE: Final = """
[licence]
number = "WB-1"
product = "on Web"
holder = "Fiduciaire Peeters BV"
language = "nl"

[[dossier]]
number = "1001"
name = "Bakkerij Claes BV"
"""
USER: Final = "urn:ietf:params:scim:schemas:core:2.0:User"
SHOWN: Final = 1000


class Client:
    """
    Sends requests on one connection, as identity providers do.
    """

    def __init__(self, port: int, token: str) -> None:
        self._connection = HTTPConnection("127.0.0.1", port)
        self._headers = {
            "Authorization": f"Bearer {token}",
            "Content-Type": "application/scim+json",
        }

    def __call__(self, method: str, path: str, sent: object = None) -> Any:  # noqa: ANN401  JSON.
        """
        Return the body of the answer.
        """
        body = None if sent is None else json.dumps(sent)
        self._connection.request(method, f"/scim/v2{path}", body, self._headers)
        answer = self._connection.getresponse()
        content = answer.read()
        if answer.status not in {200, 201, 204, 429}:
            raise RuntimeError(f"{method} {path}: {answer.status} {content[:200]!r}")
        return {**json.loads(content or b"{}"), "status": answer.status}

    def close(self) -> None:
        """
        Close the connection.
        """
        self._connection.close()


def megabytes(process: int) -> float:
    """
    Return the memory of *process* that is in use.
    """
    for line in Path(f"/proc/{process}/status").read_text("ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1000
    raise RuntimeError("the system does not tell")


def person(number: int) -> dict[str, object]:
    """
    Return one of the staff as an identity provider sends them.
    """
    return {
        "schemas": [USER],
        "userName": f"user{number}@example.org",
        "externalId": f"e-{number}",
        "name": {"givenName": "An", "familyName": f"Peeters {number}"},
        "active": True,
    }


def measured(name: str, process: int, requests: Iterable[Callable[[], object]]) -> None:
    """
    Send *requests*; print how many there were, how long each took, and the memory.
    """
    start, sent, seen = perf_counter(), 0, list[float]()
    for request in requests:
        request()
        sent += 1
        if sent % SHOWN == 0:
            seen.append(megabytes(process))
    seen.append(megabytes(process))
    each = (perf_counter() - start) / sent * 1000
    memory = " ".join(f"{one:.0f}" for one in seen)
    print(f"{name:12} {sent:6} {each:7.1f} ms each; MB: {memory}", flush=True)


def pages(client: Client, size: int) -> Iterator[list[dict[str, Any]]]:
    """
    Yield all users, page by page.
    """
    start = 1
    while True:
        page = client("GET", f"/Users?startIndex={start}&count={size}")
        yield page["Resources"]
        start += len(page["Resources"])
        if start > page["totalResults"] or not page["Resources"]:
            return


def provision(client: Client, process: int, users: int) -> None:
    """
    Create everyone, list and look them up, change them and deactivate some.
    """
    print(f"before: {megabytes(process):.0f} MB")
    numbers = range(users)
    measured(
        "create",
        process,
        (partial(client, "POST", "/Users", person(each)) for each in numbers),
    )
    found: dict[str, str] = {}

    def note(page: list[dict[str, Any]]) -> None:
        found.update({each["id"]: each["userName"] for each in page})

    for size in (100, 500):
        measured(
            f"pages of {size}",
            process,
            (partial(note, page) for page in pages(client, size)),
        )
    if len(found) != users:
        raise RuntimeError(f"{len(found)} of {users} are listed")
    keys = list(found)

    def patch(key: str, path: str, value: object) -> dict[str, Any]:
        change = {"op": "replace", "path": path, "value": value}
        answer: dict[str, Any] = client(
            "PATCH", f"/Users/{key}", {"Operations": [change]}
        )
        return answer

    measured(
        "look up",
        process,
        (
            partial(client, "GET", f"/Users?filter=externalId+eq+%22e-{each}%22")
            for each in numbers
        ),
    )
    measured(
        "update",
        process,
        (partial(patch, key, "name.givenName", "Anna") for key in keys),
    )
    again = [patch(key, "active", value=False)["status"] for key in keys[:150]]
    print(
        f"deactivate: {again.count(200)} done, {again.count(429)} refused until tomorrow"
        f"; {megabytes(process):.0f} MB"
    )


def main() -> None:
    """
    Serve an office and provision it.
    """
    parser = argparse.ArgumentParser()
    parser.add_argument("--users", type=int, default=10_000)
    users = parser.parse_args().users
    command = [sys.executable, "-m", "winbooks_identity"]
    with tempfile.TemporaryDirectory() as folder:
        office, database = Path(folder) / "office.toml", Path(folder) / "office.sqlite3"
        office.write_text(OFFICE, "utf-8")
        number = tomllib.loads(OFFICE)["licence"]["number"]
        provided = [*command, "provision", str(office), "--database", str(database)]
        subprocess.run(provided, check=True, capture_output=True)  # noqa: S603  Our own words.
        tokens = TokenFile(database.with_name(f"{database.name}.scim"))
        token = tokens.issue(number, "benchmark").reveal()
        served = [*command, "scim", "serve", "--database", str(database), "--port", "0"]
        with subprocess.Popen(  # noqa: S603  Our own words.
            served, stderr=subprocess.PIPE, text=True
        ) as server:
            try:
                line = server.stderr.readline() if server.stderr else ""
                port = int(line.split("http://127.0.0.1:")[1].split("/")[0])
                with closing(Client(port, token)) as client:
                    provision(client, server.pid, users)
            finally:
                server.terminate()


if __name__ == "__main__":
    main()
