"""
An event loop is never blocked, and those who wait take no place from others.
"""

from threading import Event, Lock, Semaphore
from typing import Final

import anyio
import attrs
import pytest
from anyio import to_thread, wait_all_tasks_blocked
from fastapi import FastAPI
from httpx2 import ASGITransport, AsyncClient
from starlette.middleware.sessions import SessionMiddleware

from login_portal import ADDRESS, CHOSEN, new_portal, settled_user
from winbooks_identity import Password, Portal
from winbooks_identity.adapters.asynchronous import AsyncPortal
from winbooks_identity.adapters.fastapi import Login, install_problem_details
from winbooks_identity.attempts import Standing
from winbooks_identity.errors import HasherBusy
from winbooks_identity.ports import PasswordHasher


SIGN_IN: Final = {"winbooks_id": ADDRESS, "password": CHOSEN}


@pytest.fixture
def anyio_backend() -> str:
    """
    Return the event loop that servers run.
    """
    return "asyncio"


class Slow:
    """
    A hasher that takes its time: until it is told to go on.
    """

    def __init__(self, hasher: PasswordHasher) -> None:
        self._hasher = hasher
        self._lock = Lock()
        self.arrived: Final = Semaphore(0)
        self.go_on: Final = Event()
        self.go_on.set()
        self.at_work: int = 0
        self.most: int = 0
        self.dummy_hash: str = hasher.dummy_hash

    def hash(self, password: Password) -> str:
        """
        Hash at once.
        """
        return self._hasher.hash(password)

    def verify(
        self,
        password_hash: str,
        password: Password,
        *,
        standing: Standing = Standing.NEW,
    ) -> None:
        """
        Wait, and compare.
        """
        with self._lock:
            self.at_work += 1
            self.most = max(self.most, self.at_work)
        self.arrived.release()
        self.go_on.wait()
        with self._lock:
            self.at_work -= 1
        self._hasher.verify(password_hash, password, standing=standing)

    def needs_rehash(self, password_hash: str) -> bool:
        """
        Tell whether a hash is of today.
        """
        return self._hasher.needs_rehash(password_hash)


@pytest.fixture
def portal() -> Portal:
    """
    Return services with a user who has chosen a password, and no limits.
    """
    portal = new_portal()
    settled_user(portal)
    return attrs.evolve(portal, hasher=Slow(portal.hasher), attempts=None)


def application(portal: AsyncPortal) -> FastAPI:
    """
    Return a product's application.
    """
    app = FastAPI()
    install_problem_details(app)
    app.add_middleware(SessionMiddleware, secret_key="of no use")
    app.include_router(Login(portal).router)
    return app


def browser(app: FastAPI) -> AsyncClient:
    """
    Return a browser.
    """
    return AsyncClient(transport=ASGITransport(app), base_url="http://testserver")


async def everyone_waits(slow: Slow, threads: int) -> None:
    """
    Return when so many threads hash, and whoever is left waits for one.
    """
    for _ in range(threads):
        await to_thread.run_sync(slow.arrived.acquire)
    await wait_all_tasks_blocked()


@pytest.mark.anyio
class TestSignIns:
    """
    Many people sign in at one time.
    """

    async def test_a_hundred_keep_no_one_else_waiting(self, portal: Portal) -> None:
        """
        Who is in goes on, while a hundred wait for a hash in sixteen threads.
        """
        slow = portal.hasher
        assert isinstance(slow, Slow)
        services = AsyncPortal(portal, hashing_threads=16)
        app = application(services)
        answers: list[int] = []

        async def sign_in() -> None:
            async with browser(app) as stranger:
                answer = await stranger.post("/sign-in", json=SIGN_IN)
            answers.append(answer.status_code)

        async with browser(app) as here:
            await here.post("/sign-in", json=SIGN_IN)
            slow.arrived.acquire()
            slow.go_on.clear()
            try:
                async with anyio.create_task_group() as tasks:
                    for _ in range(100):
                        tasks.start_soon(sign_in)
                    await everyone_waits(slow, 16)
                    assert 84 == services.waiting
                    for _ in range(3):
                        assert 200 == (await here.get("/me")).status_code
                    asked = {"winbooks_id": ADDRESS}
                    answer = await here.post("/forgotten-password", json=asked)
                    assert 202 == answer.status_code
                    assert [] == answers
                    slow.go_on.set()
            finally:
                slow.go_on.set()

        assert [200] * 100 == answers
        assert 16 == slow.most

    async def test_those_who_would_wait_too_long(self, portal: Portal) -> None:
        """
        They are sent away at once, and nothing is done.
        """
        slow = portal.hasher
        assert isinstance(slow, Slow)
        services = AsyncPortal(portal, hashing_threads=1, max_waiting=2)
        slow.go_on.clear()

        async def sign_in() -> None:
            async with browser(application(services)) as stranger:
                await stranger.post("/sign-in", json=SIGN_IN)

        try:
            async with anyio.create_task_group() as tasks:
                for _ in range(3):
                    tasks.start_soon(sign_in)
                await everyone_waits(slow, 1)
                assert 2 == services.waiting
                with pytest.raises(HasherBusy):
                    await services.run_hashing(lambda _: None)
                assert "done" == await services.run(lambda _: "done")
                slow.go_on.set()
        finally:
            slow.go_on.set()

        assert 1 == slow.most


def test_every_event_loop_has_its_threads() -> None:
    """
    A portal outlives the loop of a test or a worker.
    """
    services = AsyncPortal(new_portal(), other_threads=1)

    async def ask() -> bool:
        return await services.run(lambda portal: portal is services.services)

    assert [True, True] == [anyio.run(ask), anyio.run(ask)]
