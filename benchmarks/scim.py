"""
What does a request of an identity provider cost, beside the same call of a service?

Run ``python benchmarks/scim.py``: 10,000 users in a SQLite file of its own.  Beside
each request run the call of a service with the same effect, and that call with what
an answer cannot do without: what the history says of its users, and JSON.
"""

import gc
import io
import json
import sys
import tempfile
import tracemalloc
from collections.abc import Callable, Sequence
from functools import partial
from itertools import cycle
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any, Final, cast
from urllib.parse import quote
from uuid import UUID
from wsgiref.util import setup_testing_defaults

import attrs

from winbooks_identity import Dossier, Licence, WinBooksAdministration
from winbooks_identity.adapters.embedded import open_office
from winbooks_identity.adapters.scim import TokenFile, scim_application
from winbooks_identity.adapters.scim.entries import KnownUser
from winbooks_identity.adapters.scim.known import Known
from winbooks_identity.authorization import Distributor
from winbooks_identity.language import Language
from winbooks_identity.level import Level
from winbooks_identity.life_cycle import Details
from winbooks_identity.names import CompanyName, PersonName
from winbooks_identity.portal import Portal
from winbooks_identity.portal_user import CredentialSource, PortalUser, Status
from winbooks_identity.ports import Listing, UnitOfWork
from winbooks_identity.role import Role
from winbooks_identity.winbooks_id import WinBooksId


USERS: Final = 10_000
TIMES: Final = 9

#: Seconds, many times as long as the clock is exact.
LONG_ENOUGH: Final = 0.02

#: Of users who are looked up in turns.
NUMBERS: Final = range(1, USERS, 7)

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


def milliseconds(*works: Callable[[], object]) -> list[float]:
    """
    Return what each of *works* takes of the processor, in turns: medians.
    """
    taken: list[list[float]] = [[] for _ in works]
    for work in works:
        work()
    for _ in range(TIMES):
        for work, times in zip(works, taken, strict=True):
            number, start = 0, process_time()
            while process_time() - start < LONG_ENOUGH:
                work()
                number += 1
            times.append((process_time() - start) / number)
    return [median(times) * 1000 for times in taken]


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

    def asking(
        self, method: str, paths: Sequence[str], sent: Sequence[object] = (None,)
    ) -> Callable[[], bytes]:
        """
        Return what sends the next one of some requests, over and over.

        What a client does is done before: it writes its requests and reads answers
        on another machine.
        """
        prepared = cycle(
            [
                (self._environ(method, path, raw), raw)
                for path in paths
                for raw in [
                    b"" if each is None else json.dumps(each).encode() for each in sent
                ]
            ]
        )

        def ask() -> bytes:
            environ, raw = next(prepared)
            return self._answer({**environ, "wsgi.input": io.BytesIO(raw)})

        return ask

    def _environ(self, method: str, path: str, raw: bytes) -> dict[str, Any]:
        at, _, query = path.partition("?")
        environ: dict[str, Any] = {
            "REQUEST_METHOD": method,
            "PATH_INFO": f"/v2{at}",
            "QUERY_STRING": query,
            "CONTENT_LENGTH": str(len(raw)),
            "CONTENT_TYPE": "application/scim+json",
            "HTTP_AUTHORIZATION": f"Bearer {self._token}",
        }
        setup_testing_defaults(environ)
        return environ

    def _answer(self, environ: dict[str, Any]) -> bytes:
        status: list[str] = []
        body = b"".join(
            self._app(environ, cast("Any", lambda code, _: status.append(code)))
        )
        if status[0][0] != "2":
            raise RuntimeError(status[0])
        return body


def compare(
    name: str,
    request: Callable[[], object],
    call: Callable[[], object],
    answer: Callable[[], object],
) -> None:
    """
    Print what *request* takes beside *call* and beside *answer*, and its memory.
    """
    ours, service, least = milliseconds(request, call, answer)
    print(
        f"{name:30} {ours:8.2f} {service:8.2f} {ours / service:5.1f}"
        f" {least:8.2f} {ours / least:5.1f} {megabytes(request):6.2f}"
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
            print(
                f"{'ms of CPU':30} {'SCIM':>8} {'service':>8} {'times':>5}"
                f" {'+JSON':>8} {'times':>5} {'MB':>6}"
            )
            measure(client, portal)
            measure_a_change(client, portal)


def answered(portal: Portal, users: Sequence[PortalUser]) -> str:
    """
    Return *users* as an answer has them: with the times of the history, in JSON.
    """
    keys = {user.id for user in users}
    spans = portal.storage.read(lambda unit: unit.history.spans(keys))
    return json.dumps(
        [KnownUser(Known(each, spans.get(each.id))).document() for each in users]
    )


def measure(client: Client, portal: Portal) -> None:
    """
    Compare requests with calls of services.
    """
    numbers = cycle(NUMBERS)

    def look_up(text: str, kind: str = "Users", more: str = "") -> Callable[[], object]:
        sought = [quote(text.replace("#", str(each))) for each in NUMBERS]
        return client.asking("GET", [f"/{kind}?filter={each}{more}" for each in sought])

    def find() -> PortalUser:
        an = WinBooksId(f"user{next(numbers)}@example.org")
        return portal.provisioning.find(an, by=BY)

    def listed(number: int, start: int = 0, **chosen: Any) -> Sequence[PortalUser]:  # noqa: ANN401  Of a listing.
        listing = Listing(licence="WB-1", **chosen)
        return portal.storage.read(
            lambda unit: unit.users.listed(listing, start=start, limit=number)
        )

    def counted(number: int, start: int = 0) -> Sequence[PortalUser]:
        """
        Return a page; how many there are, which an answer says, is asked for too.
        """
        listing = Listing(licence="WB-1")
        _, users = portal.storage.read(
            lambda unit: (
                unit.users.count_listed(listing),
                unit.users.listed(listing, start=start, limit=number),
            )
        )
        return users

    def called() -> Sequence[PortalUser]:
        return listed(1, external_id=f"e-{next(numbers)}")

    def page(name: str, query: str, number: int, start: int = 0) -> None:
        compare(
            name,
            client.asking("GET", [f"/Users?{query}"]),
            lambda: counted(number, start),
            lambda: answered(portal, counted(number, start)),
        )

    def group() -> list[str]:
        return [str(each.id) for each in listed(500, role=Role.VIEW_ADMIN)]

    def dossiers() -> Sequence[Dossier]:
        return portal.provisioning.dossiers(by=BY)

    def everyone() -> list[str]:
        users = portal.provisioning.users(by=BY)
        return [str(each.id) for each in users if "5000" in str(each.last_name)]

    one = partial(answered, portal)
    compare(
        "look up by userName",
        look_up('userName eq "USER#@example.org"'),
        find,
        lambda: one([find()]),
    )
    compare(
        "look up by externalId",
        look_up('externalId eq "e-#"'),
        called,
        lambda: one(called()),
    )
    compare(
        "one user",
        client.asking(
            "GET", [f"/Users/{UUID(int=each * 7919 + 1)}" for each in NUMBERS]
        ),
        find,
        lambda: one([find()]),
    )
    page("first page of 100", "count=100", 100)
    compare(
        "the same, beside no total",
        client.asking("GET", ["/Users?count=100"]),
        lambda: listed(100),
        lambda: answered(portal, listed(100)),
    )
    page("page of 100 in the middle", "startIndex=5001&count=100", 100, 5000)
    page("first page of 500", "count=500", 500)
    compare(
        "look up a group, no members",
        look_up(
            'displayName eq "1100 Dossier 100"', "Groups", "&excludedAttributes=members"
        ),
        dossiers,
        lambda: json.dumps([each.number for each in dossiers()]),
    )
    compare(
        "look up a group of 100 members",
        look_up('displayName eq "View.Admin"', "Groups"),
        group,
        lambda: json.dumps(group()),
    )
    compare(
        "any filter",
        look_up('name.familyName co "5000"'),
        everyone,
        lambda: json.dumps(everyone()),
    )


def measure_a_change(client: Client, portal: Portal) -> None:
    """
    Compare a change with that of a service; both wait for the disk.
    """
    winbooks_id = WinBooksId("user5000@example.org")
    key = portal.provisioning.find(winbooks_id, by=BY).id
    names = ["An", "Anna", "Annemie"]
    given = cycle(names)
    patch = client.asking(
        "PATCH",
        [f"/Users/{key}"],
        [
            {"Operations": [{"op": "replace", "path": "name.givenName", "value": each}]}
            for each in names
        ],
    )

    def rectify() -> PortalUser:
        stored = portal.provisioning.find(winbooks_id, by=BY)
        named = attrs.evolve(Details.of(stored), first_name=PersonName(next(given)))
        return portal.administration.rectify(stored, named, by=BY)

    put = client.asking(
        "PUT",
        [f"/Users/{key}"],
        [
            {
                "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
                "userName": "user5000@example.org",
                "externalId": "e-5000",
                "name": {"givenName": each, "familyName": "Peeters 5000"},
                "active": True,
            }
            for each in names
        ],
    )

    def answer() -> str:
        return answered(portal, [rectify()])

    compare("change of a name, PATCH", patch, rectify, answer)
    compare("change of a name, PUT", put, rectify, answer)


if __name__ == "__main__":
    main()
