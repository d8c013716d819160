"""
The office of the example products, on a SQLite file with a first Administrator.
"""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

from winbooks_identity import (
    Distributor,
    Licence,
    NewEmployee,
    Portal,
    WinBooksAdministration,
)
from winbooks_identity.adapters.embedded import is_there, open_office
from winbooks_identity.adapters.letters import StandardLetters, StandardLinkLetters
from winbooks_identity.adapters.mail_printer import MailPrinter


DATABASE = Path("office.sqlite3")

SENDER = "portal@office.example"

LICENCE = Licence.parse(
    {
        "number": "WB-2041",
        "product": "Classic",
        "holder": "Fiduciaire Peeters & Dubois BV",
        "language": "nl",
    }
)
AN = {
    "winbooks_id": "an.peeters@example.org",
    "generate_password": True,
    "level": "Administrator",
    "first_name": "An",
    "last_name": "Peeters",
}


def open_example(url: str, *, set_password: str, confirm_id: str) -> Portal:
    """
    Return the services; the first time, make the office and print how An signs in.

    The product is at *url*; the paths are those of the pages that mailed links lead to.
    """
    is_new = not is_there(DATABASE)
    portal = open_office(
        DATABASE,
        new=is_new,
        letters=StandardLetters(SENDER, url),
        link_letters=StandardLinkLetters(
            SENDER,
            url,
            set_password_url=f"{url}{set_password}",
            confirm_id_url=f"{url}{confirm_id}",
        ),
    )
    if is_new:
        portal.provisioning.register_licence(LICENCE, by=WinBooksAdministration())
        created = portal.provisioning.create(
            NewEmployee.parse(AN, licence=LICENCE), by=Distributor(LICENCE.number)
        )
        if created.password is not None:
            print(f"Sign in as {created.user.winbooks_id}, for the first time with")
            print(created.password.reveal())
    return portal


@contextmanager
def delivering_mails(portal: Portal) -> Generator[None]:
    """
    Write every mail on the terminal, in a thread of its own.
    """
    relay, stop = portal.relay(MailPrinter()), Event()
    thread = Thread(target=relay.run, args=(stop,))
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
