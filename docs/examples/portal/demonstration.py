"""
How does the demonstration begin?

The office is made in a new file, with a history of some weeks.  A product has its own
users, and nothing of this module.
"""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, NamedTuple

import attrs
from sqlalchemy import Engine

from winbooks_identity import (
    NewEmployee,
    NewEndCustomer,
    Password,
    Portal,
    PortalUser,
    Role,
    WinBooksAdministration,
    WinBooksId,
)
from winbooks_identity.adapters.argon2 import CHEAPEST, Argon2Hasher
from winbooks_identity.adapters.embedded import open_office
from winbooks_identity.adapters.letters import StandardLetters, StandardLinkLetters
from winbooks_identity.adapters.memory import InMemoryMailer
from winbooks_identity.adapters.sqlalchemy import SqlAlchemyOutboxQueue, open_sqlite

from .office import (
    DISTRIBUTOR,
    DOSSIERS,
    LICENCE,
    PORTAL,
    SENDER,
    Invented,
    invented_people,
)


__all__ = ["Person", "invented_office"]

_FIRST: Final = Password("Eerste-Keer-1")


class Person(NamedTuple):
    """
    Someone to sign in as, and with which password.
    """

    user: PortalUser
    password: str


@contextmanager
def invented_office(folder: Path) -> Generator[tuple[Portal, tuple[Person, ...]]]:
    """
    Yield the services on a new file in *folder*, and whom to sign in as.
    """
    file = folder / "office.sqlite3"
    with open_office(
        file,
        new=True,
        hasher=Argon2Hasher(CHEAPEST),  # For a demonstration; a product leaves it out.
        letters=StandardLetters(SENDER, f"{PORTAL}/"),
        link_letters=StandardLinkLetters(
            SENDER,
            f"{PORTAL}/",
            set_password_url=f"{PORTAL}/login/set-password",
            confirm_id_url=f"{PORTAL}/login/confirm-id",
        ),
    ) as portal:
        engine = open_sqlite(file)
        try:
            people = _settled(_Past(portal, engine))
        finally:
            engine.dispose()
        yield portal, people


class _Past(NamedTuple):
    """
    The services as they were.
    """

    portal: Portal
    engine: Engine

    def ago(self, days: int) -> Portal:
        """
        Return the services of some *days* ago.
        """
        then = datetime.now(UTC) - timedelta(days=days)
        return attrs.evolve(
            self.portal,
            clock=lambda: then,
            queue=SqlAlchemyOutboxQueue(self.engine, clock=lambda: then),
        )


def _settled(past: _Past) -> tuple[Person, ...]:
    """
    Make everyone, and let some things happen to them.
    """
    provisioning = past.portal.provisioning
    provisioning.register_licence(LICENCE, DOSSIERS, by=WinBooksAdministration())
    people = tuple(_created(past, invented) for invented in invented_people())
    els, marc, _, karim, ingrid, luc, _ = (person.user for person in people)
    past.ago(19).administration.grant_dossiers(ingrid, {"VLIERBEEK"}, by=els)
    luc = past.ago(12).administration.revoke_roles(luc, {Role.VIEW_USER}, by=marc)
    past.ago(9).administration.deactivate(karim, by=els)
    new_id = WinBooksId.parse("luc.lambert@lilas.example.com")
    past.portal.logins.change_id(luc, new_id, by=els)
    return people


def _created(past: _Past, invented: Invented) -> Person:
    """
    Return who was made by the form; who signed in since then chose the password.
    """
    form, days = dict(invented.form), invented.days
    password = str(form["password"])
    if invented.has_signed_in:
        form["password"] = _FIRST.reveal()
    kind = NewEndCustomer if form["level"] == "User" else NewEmployee
    new = kind.parse(form, licence=LICENCE)
    user = past.ago(days).provisioning.create(new, by=DISTRIBUTOR).user
    if invented.has_signed_in:
        then = past.ago(days - 1)
        user = then.own_login.change_password(
            user.winbooks_id, _FIRST, Password(password)
        )
        then.relay(InMemoryMailer()).deliver()
    return Person(user, password)
