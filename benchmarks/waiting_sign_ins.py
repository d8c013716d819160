"""
Do people who are in notice that a hundred others sign in?

Run with ``python benchmarks/waiting_sign_ins.py``.  One process and one event loop
serve a hundred sign-ins at one time, and somebody who is in asks for a page over and
over.  Printed is how long that page takes, in milliseconds, where the services are
called in the event loop, in the threads that Starlette shares out, and through
`AsyncPortal`, as `Login` does.
"""

import platform
import statistics
from collections.abc import Callable
from time import perf_counter
from typing import Annotated, Final

import anyio
from fastapi import Depends, FastAPI, Request
from httpx2 import ASGITransport, AsyncClient
from starlette.middleware.sessions import SessionMiddleware

from winbooks_identity import (
    Distributor,
    NewEmployee,
    Password,
    Portal,
    PortalUser,
    WinBooksAdministration,
    WinBooksId,
)
from winbooks_identity.adapters import login_steps
from winbooks_identity.adapters.aesgcm import AesGcmSealer
from winbooks_identity.adapters.argon2 import Argon2Hasher
from winbooks_identity.adapters.fastapi import Login, install_problem_details
from winbooks_identity.adapters.key_ring import generate_key
from winbooks_identity.adapters.letters import StandardLetters
from winbooks_identity.adapters.memory import InMemoryStorage
from winbooks_identity.testing import samples


SIGN_INS: Final = 100
#: Seconds between two pages.
PAUSE: Final = 0.01

FORM: Final = {"winbooks_id": "ada@example.org", "password": "krokus Zadel 71!"}

Body = dict[str, str]


def new_portal() -> Portal:
    """
    Return services with somebody who can sign in, at the price of a real hash.
    """
    portal = Portal(
        InMemoryStorage(),
        hasher=Argon2Hasher(max_waiting=1_000),
        letters=StandardLetters("portal@office.example", "https://office.example/"),
        sealer=AesGcmSealer({"1": generate_key()}),
    )
    licence = samples.licence()
    portal.provisioning.register_licence(licence, by=WinBooksAdministration())
    ada = FORM | {"password": "Correct-Horse-9", "level": "Administrator"}
    new = NewEmployee.parse(
        ada | {"first_name": "Ada", "last_name": "Lovelace"}, licence=licence
    )
    portal.provisioning.create(new, by=Distributor(licence.number))
    portal.own_login.change_password(
        WinBooksId(FORM["winbooks_id"]),
        Password("Correct-Horse-9"),
        Password(FORM["password"]),
    )
    return portal


def in_the_loop(portal: Portal) -> FastAPI:
    """
    Return an application whose endpoints block.
    """
    app = FastAPI()

    async def sign_in(request: Request, form: Body) -> None:
        entered = login_steps.sign_in(portal, form, source=None)
        request.session["stamp"] = entered.stamp

    async def me(request: Request) -> str:
        return str(login_steps.resume(portal, request.session["stamp"]).id)

    app.add_api_route("/sign-in", sign_in, methods=["POST"])
    app.add_api_route("/me", me)
    return app


def in_shared_threads(portal: Portal) -> FastAPI:
    """
    Return an application whose endpoints run where all others do.
    """
    app = FastAPI()

    def sign_in(request: Request, form: Body) -> None:
        entered = login_steps.sign_in(portal, form, source=None)
        request.session["stamp"] = entered.stamp

    def me(request: Request) -> str:
        return str(login_steps.resume(portal, request.session["stamp"]).id)

    app.add_api_route("/sign-in", sign_in, methods=["POST"])
    app.add_api_route("/me", me)
    return app


def in_threads_of_their_own(portal: Portal) -> FastAPI:
    """
    Return an application as the page shows it.
    """
    app = FastAPI()
    login = Login(portal)
    install_problem_details(app)

    async def me(user: Annotated[PortalUser, Depends(login.current_user)]) -> str:
        return str(user.id)

    app.add_api_route("/me", me)
    app.include_router(login.router)
    return app


async def measure(app: FastAPI) -> tuple[list[float], float]:
    """
    Return the milliseconds of each page, and the seconds of all sign-ins.
    """
    app.add_middleware(SessionMiddleware, secret_key="of no use")  # noqa: S106  Invented.
    pages: list[float] = []
    left = SIGN_INS
    transport = ASGITransport(app)

    async def sign_in(client: AsyncClient) -> None:
        nonlocal left
        answer = await client.post("/sign-in", json=FORM)
        answer.raise_for_status()
        left -= 1

    async with AsyncClient(
        transport=transport, base_url="http://office.example"
    ) as in_:
        await sign_in(in_)
        left = SIGN_INS
        begun = perf_counter()
        async with anyio.create_task_group() as tasks:
            for _ in range(SIGN_INS):
                stranger = AsyncClient(
                    transport=transport, base_url="http://office.example"
                )
                tasks.start_soon(sign_in, stranger)
            while left:
                asked = perf_counter()
                await anyio.sleep(PAUSE)
                (await in_.get("/me")).raise_for_status()
                pages.append((perf_counter() - asked - PAUSE) * 1_000)
    return pages, perf_counter() - begun


def main() -> None:
    """
    Print a line for each way.
    """
    print(f"Python {platform.python_version()}, {SIGN_INS} sign-ins at one time")
    print(f"{'':32}{'pages':>8}{'median ms':>12}{'longest ms':>12}{'all s':>8}")
    ways: tuple[Callable[[Portal], FastAPI], ...] = (
        in_the_loop,
        in_shared_threads,
        in_threads_of_their_own,
    )
    for way in ways:
        pages, seconds = anyio.run(measure, way(new_portal()))
        print(
            f"{way.__name__.replace('_', ' '):32}{len(pages):8}"
            f"{statistics.median(pages):12.1f}{max(pages):12.1f}{seconds:8.1f}"
        )


if __name__ == "__main__":
    main()
