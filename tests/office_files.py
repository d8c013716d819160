"""
An office as plain fields, and the file that says it: for tests that change one.
"""

import json
from collections.abc import Mapping
from typing import Any, Final

import attrs

from people import LICENCE, NOW
from winbooks_identity.adapters.aesgcm import AesGcmSealer
from winbooks_identity.adapters.argon2 import CHEAPEST, Argon2Hasher
from winbooks_identity.adapters.letters import StandardLetters
from winbooks_identity.authorization import Distributor
from winbooks_identity.forms.provisioning_file import Office
from winbooks_identity.portal import Portal
from winbooks_identity.portal_user import PortalUser
from winbooks_identity.ports import Storage
from winbooks_identity.synchronisation import Limits, OfficePlan, Options


BY: Final = Distributor("WB-1")

#: As many changes as anyone likes.
WITHOUT_LIMITS: Final = Options(limits=Limits(floor=1000, percentage=100, count=1000))

Fields = Mapping[str, Any]


@attrs.frozen(kw_only=True)
class File:
    """
    What an office file says.
    """

    holder: str = "Fiduciaire Peeters"
    language: str = "nl"
    dossiers: Mapping[str, str] = attrs.field(
        factory=lambda: {"1001": "Bakkerij", "1002": "Garage"}
    )
    people: Mapping[str, Fields] = attrs.field(factory=dict[str, Fields])

    @property
    def text(self) -> str:
        """
        Return the file as it is written.
        """
        licence = {"number": "WB-1", "product": "Classic", "holder": self.holder}
        tables = [_table("[licence]", {**licence, "language": self.language})]
        for number, name in self.dossiers.items():
            tables.append(_table("[[dossier]]", {"number": number, "name": name}))
        for name, fields in self.people.items():
            is_staff = fields.get("level", "User") != "User"
            kind = "[[employee]]" if is_staff else "[[end_customer]]"
            fixed = {"winbooks_id": f"{name}@example.org", "generate_password": True}
            tables.append(_table(kind, {**fixed, **fields}))
        return "\n".join(tables)

    @property
    def office(self) -> Office:
        """
        Return what the file asks for.
        """
        return Office.parse(self.text)

    def having(self, **people: Fields) -> "File":
        """
        Return the file with other fields of *people*, or with new people.
        """
        fields = {
            name: {**self.people.get(name, {}), **given}
            for name, given in people.items()
        }
        return attrs.evolve(self, people={**self.people, **fields})

    def without(self, name: str) -> "File":
        """
        Return the file without a person.
        """
        people = {each: self.people[each] for each in self.people if each != name}
        return attrs.evolve(self, people=people)


def staff(level: str = "Power User", **fields: object) -> Fields:
    """
    Return an employee.
    """
    names = {"first_name": "Ada", "last_name": "Lovelace"}
    return {"level": level, "activate": True, **names, **fields}


def customer(**fields: object) -> Fields:
    """
    Return an end customer.
    """
    return {
        "level": "User",
        "activate": True,
        "first_name": "Joan",
        "last_name": "Clarke",
        "company_name": "Bakkerij",
        "language": "nl",
        "dossiers": ["1001"],
        "roles": ["View.User"],
        **fields,
    }


OFFICE: Final = File(
    people={
        "boss": staff("Administrator"),
        "ada": staff(dossiers=["1001"], roles=["View.Admin"]),
        "joan": customer(),
    }
)


def portal_on(storage: Storage) -> Portal:
    """
    Return every service on *storage*, with cheap hashes.
    """
    return Portal(
        storage,
        hasher=Argon2Hasher(CHEAPEST),
        letters=StandardLetters("portal@firm.example", "https://firm.example/"),
        sealer=AesGcmSealer({"1": b"s" * 32}),
        clock=lambda: NOW,
    )


def register(portal: Portal) -> None:
    """
    Register the licence, without dossiers.
    """
    portal.storage.run(lambda unit: unit.licences.register(LICENCE, []))


def plan_of(
    portal: Portal, file: File, options: Options = WITHOUT_LIMITS
) -> OfficePlan:
    """
    Return the plan of the distributor.
    """
    return portal.offices.plan(file.office, by=BY, options=options)


def apply(
    portal: Portal, file: File, options: Options = WITHOUT_LIMITS
) -> list[tuple[str, str]]:
    """
    Plan and carry out; return what came of whom.
    """
    plan = plan_of(portal, file, options)
    return [
        (each.change.winbooks_id.address.partition("@")[0], each.result.value)
        for each in portal.offices.apply(plan, by=BY)
    ]


def users_of(portal: Portal) -> dict[str, PortalUser]:
    """
    Return everybody by the first part of their address.
    """
    found = portal.storage.run(lambda unit: unit.users.of_licence("WB-1", limit=1000))
    return {user.winbooks_id.address.partition("@")[0]: user for user in found}


def _table(header: str, fields: Mapping[str, Any]) -> str:
    lines = (f"{name} = {json.dumps(value)}" for name, value in fields.items())
    return "\n".join([header, *lines, ""])
