"""
The office that people can try, and someone who reads its pages without a script.
"""

import re
from collections.abc import Generator
from contextlib import contextmanager
from html import unescape
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from portal.app import make_app
from portal.demonstration import Person, invented_office
from werkzeug.test import TestResponse

from winbooks_identity import Portal, PortalUser, WinBooksId


ELS = "els.peeters@kantoor.example.org"
MARC = "marc.dubois@kantoor.example.org"
SOFIE = "sofie.claes@kantoor.example.org"
KARIM = "karim.haddad@kantoor.example.org"
INGRID = "ingrid@korenaar.example.com"
LUC = "luc@lilas.example.com"
CANARY = "Canary-7f3a-Zq"
CHOSEN = "krokus Zadel 71 ventilator?"


class Reader:
    """
    Someone with a browser that runs no script, who reads Dutch.
    """

    def __init__(self, app: Flask) -> None:
        self.client: FlaskClient = app.test_client()
        self.client.get("/language/nl")

    def see(self, address: str) -> str:
        """
        Return what a page says.
        """
        return unescape(self.client.get(address).text)

    def send(self, address: str, page: str = "", /, **form: object) -> TestResponse:
        """
        Send a form as *page*, or the page of the same address, has it.
        """
        shown = self.client.get(page or address).text
        hidden = re.findall(r'type="hidden" name="(\w+)" value="(.*?)"', shown)
        hidden += re.findall(r'name="(\w+)" type="hidden" value="(.*?)"', shown)
        return self.client.post(address, data={**dict(hidden), **form})

    def sign_in(self, winbooks_id: str, password: str) -> TestResponse:
        """
        Sign in.
        """
        form = {"winbooks_id": winbooks_id, "password": password}
        return self.send("/login/sign-in", "/login/forgotten-password", **form)

    def step(self, winbooks_id: str, name: str, /, **form: object) -> str:
        """
        Take a step, and return what is seen then.
        """
        answer = self.send(f"/users/{winbooks_id}/{name}", **form)
        return self.see(answer.location) if answer.location else unescape(answer.text)

    def mailed_link(self, page: str) -> str:
        """
        Return where the latest mailed link to a page leads.
        """
        mails = self.client.get("/mails").text
        found = re.findall(rf'href="(/login/{page}\?token=[^"]+)"', mails)
        return unescape(found[0])


class Demonstration:
    """
    The office of the demonstration, and its pages.
    """

    def __init__(self, portal: Portal, people: tuple[Person, ...]) -> None:
        self.portal = portal
        self.app = make_app(portal, people)
        self._people = {each.user.winbooks_id.address: each for each in people}

    def user(self, winbooks_id: str) -> PortalUser:
        """
        Return a user as they are now.
        """
        return self.portal.provisioning.find(
            WinBooksId.parse(winbooks_id), by=self._people[ELS].user
        )

    def sign_in(self, winbooks_id: str, app: Flask | None = None) -> Reader:
        """
        Return someone who is signed in, to other pages if those are given.
        """
        reader = Reader(app or self.app)
        reader.sign_in(winbooks_id, self._people[winbooks_id].password)
        return reader


@contextmanager
def demonstration_in(folder: Path) -> Generator[Demonstration]:
    """
    Yield a new office in *folder*.
    """
    with invented_office(folder) as (portal, people):
        yield Demonstration(portal, people)
