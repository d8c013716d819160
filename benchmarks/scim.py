"""
What does a request of an identity provider cost, beside the same call of a service?

Run ``python benchmarks/scim.py``: 10,000 users in a SQLite file of its own.
"""

import gc
import io
import json
import sys
import tempfile
import tracemalloc
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any, Final, cast
from urllib.parse import quote
from uuid import UUID
from wsgiref.util import setup_testing_defaults

from winbooks_identity import Dossier, Licence, WinBooksAdministration
from winbooks_identity.adapters.embedded import open_office
from winbooks_identity.adapters.scim import TokenFile, scim_application
from winbooks_identity.authorization import Distributor
from winbooks_identity.language import Language
from winbooks_identity.level import Level
from winbooks_identity.names import CompanyName, PersonName
from winbooks_identity.portal import Portal
from winbooks_identity.portal_user import CredentialSource, PortalUser, Status
from winbooks_identity.ports import UnitOfWork
from winbooks_identity.role import Role
from winbooks_identity.winbooks_id import WinBooksId


USERS: Final = 10_000
TIMES: Final = 15

BY: Final = Distributor("WB-1", operator="benchmark")


def person(number: int) -> PortalUser:
    """
    Return one of the staff; one in a hundred has a role and a dossier.
    """
    is_chosen = number % 100 == 0
    return PortalUser(
        id=UUID(int=number * 7919 + 1),
        winbooks_id=WinBooksId(f"user{number}@example.org"),
        licence="WB-1",
        level=Level.ADMINISTRATOR if number == 0 else Level.POWER_USER,
        status=Status.ACTIVE,
        credential_source=CredentialSource.PORTAL,
        first_name=PersonName("An"),
        last_name=PersonName(f"Peeters {number}"),
        company_name=CompanyName("Fiduciaire Peeters"),
        language=Language.DUTCH,
        phone=None,
        dossiers=frozenset({"1001"}) if is_chosen else frozenset(),
        roles=frozenset({Role.VIEW_ADMIN}) if is_chosen else frozenset(),
        notify_all_dossiers=False,
        external_id=f"e-{number}",
    )


def fill(portal: Portal) -> None:
    """
    Register the licence and add its users.
    """
    licence = Licence.parse(
        {"number": "WB-1", "product": "Classic", "holder": "Peeters", "language": "nl"}
    )
    dossiers = [
        Dossier(number=str(1000 + each), name=CompanyName(f"Dossier {each}"))
        for each in range(200)
    ]
    portal.provisioning.register_licence(licence, dossiers, by=WinBooksAdministration())
    users = [person(number) for number in range(USERS)]
    for start in range(0, USERS, 1000):
        portal.storage.run(partial(add_all, users[start : start + 1000]))


def add_all(users: Sequence[PortalUser], unit: UnitOfWork) -> None:
    """
    Add *users*.
    """
    unit.users.add_all(users)


def milliseconds(work: Callable[[], object], times: int = TIMES) -> float:
    """
    Return what *work* takes, the median of several times.
    """
    work()
    taken = []
    for _ in range(times):
        start = perf_counter()
        work()
        taken.append(perf_counter() - start)
    return median(taken) * 1000


def megabytes(work: Callable[[], object]) -> float:
    """
    Return how much memory *work* has in use at its most.
    """
    gc.collect()
    tracemalloc.start()
    work()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / 1e6


class Client:
    """
    Sends requests to the application as a server would pass them on.
    """

    def __init__(self, app: Any, token: str) -> None:  # noqa: ANN401  Any WSGI application.
        self._app = app
        self._token = token

    def __call__(self, method: str, path: str, sent: object = None) -> Any:  # noqa: ANN401  JSON.
        """
        Return the body of the answer.
        """
        raw = b"" if sent is None else json.dumps(sent).encode()
        at, _, query = path.partition("?")
        environ: dict[str, Any] = {
            "REQUEST_METHOD": method,
            "PATH_INFO": f"/v2{at}",
            "QUERY_STRING": query,
            "CONTENT_LENGTH": str(len(raw)),
            "CONTENT_TYPE": "application/scim+json",
            "wsgi.input": io.BytesIO(raw),
            "HTTP_AUTHORIZATION": f"Bearer {self._token}",
        }
        setup_testing_defaults(environ)
        status: list[str] = []
        body = b"".join(
            self._app(environ, cast("Any", lambda code, _: status.append(code)))
        )
        if status[0][0] != "2":
            raise RuntimeError(status[0])
        return json.loads(body or b"{}")


def compare(
    name: str, request: Callable[[], object], call: Callable[[], object]
) -> None:
    """
    Print what *request* takes beside *call*, and its memory.
    """
    ours, service = milliseconds(request), milliseconds(call)
    print(
        f"{name:34} {ours:9.2f} {service:9.2f} {ours / service:6.1f}"
        f" {megabytes(request):8.2f}"
    )


def main() -> None:
    """
    Print a line for each kind of request.
    """
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "office.sqlite3"
        with open_office(file, new=True) as portal:
            fill(portal)
            tokens = TokenFile(Path(folder) / "tokens.json")
            token = tokens.issue("WB-1", "benchmark").reveal()
            client = Client(scim_application(portal, tokens), token)
            print(f"{USERS} users; SQLite, {sys.version.split()[0]}")
            print(f"{'':34} {'SCIM ms':>9} {'service':>9} {'times':>6} {'MB':>8}")
            measure(client, portal)


def measure(client: Client, portal: Portal) -> None:
    """
    Compare requests with calls of services.
    """
    an = WinBooksId("user5000@example.org")
    user = portal.provisioning.find(an, by=BY)

    def look_up(text: str, kind: str = "Users", more: str = "") -> Callable[[], object]:
        return lambda: client("GET", f"/{kind}?filter={quote(text)}{more}")

    def find() -> object:
        return portal.provisioning.find(an, by=BY)

    def page(number: int) -> Callable[[], object]:
        return lambda: portal.storage.read(
            lambda unit: unit.users.of_licence("WB-1", after=None, limit=number)
        )

    def everyone() -> object:
        return sum(1 for _ in portal.provisioning.users(by=BY))

    def turn(at: list[bool]) -> None:
        at[0] = not at[0]
        given = "An" if at[0] else "Anna"
        change = {"op": "replace", "path": "name.givenName", "value": given}
        client("PATCH", f"/Users/{user.id}", {"Operations": [change]})

    def notify(at: list[bool]) -> None:
        at[0] = not at[0]
        stored = portal.provisioning.find(an, by=BY)
        portal.administration.notify(stored, all_dossiers=at[0], by=BY)

    of_request, of_call = [False], [False]
    compare("look up by userName", look_up('userName eq "USER5000@example.org"'), find)
    compare("look up by externalId", look_up('externalId eq "e-5000"'), find)
    compare("one user", lambda: client("GET", f"/Users/{user.id}"), find)
    compare("first page of 100", lambda: client("GET", "/Users?count=100"), page(100))
    compare(
        "page of 100 in the middle",
        lambda: client("GET", "/Users?startIndex=5001&count=100"),
        page(100),
    )
    compare("first page of 500", lambda: client("GET", "/Users?count=500"), page(500))
    compare(
        "look up a group, no members",
        look_up('displayName eq "View.Admin"', "Groups", "&excludedAttributes=members"),
        lambda: portal.provisioning.dossiers(by=BY),
    )
    compare(
        "look up a group of 100 members",
        look_up('displayName eq "View.Admin"', "Groups"),
        page(100),
    )
    compare("change of a name", lambda: turn(of_request), lambda: notify(of_call))
    compare("any filter", look_up('name.familyName co "5000"'), everyone)


if __name__ == "__main__":
    main()
