"""
A password gets one verdict at every entry of the services, for the person.

The forms have the same table in tests/forms/test_one_verdict.py.
"""

import ast
from collections.abc import Callable
from pathlib import Path
from typing import Final

import attrs
import pytest

import winbooks_identity
from office import Office
from people import ADA, JOAN, LICENCE, PASSWORD, person
from winbooks_identity import Distributor, NewEmployee, WinBooksAdministration
from winbooks_identity.dossier import Dossier
from winbooks_identity.errors import Invalid, InvalidFields
from winbooks_identity.level import Level
from winbooks_identity.licence import Product
from winbooks_identity.names import CompanyName, PersonName
from winbooks_identity.passwords import Password, PasswordJudge, PasswordPolicy
from winbooks_identity.passwords.breached import Found, LookUp, NotFound, key_of
from winbooks_identity.passwords.named import NAMED
from winbooks_identity.personal_texts import texts_about


LEAKED: Final = "Gelekt!Kasteel-7481-Vijver"
PASSWORDS: Final = {
    "own name": "VerhoevenJan-2026-Verhoeven",
    "office": "Fiduciaire-Peeters-2026!",
    "dossier": "Zonnebloem-Zonnebloem-1!",
    "leaked": LEAKED,
    "weak": "Aaaaaaaaaaa1!",
    "good": "krokus Zadel 71 ventilator?",
}
"""
What people choose, and one that every policy accepts.
"""

JAN: Final = attrs.evolve(
    person("jan", Level.POWER_USER, dossiers=frozenset({"2001"})),
    last_name=PersonName("Verhoeven"),
)


class Leaks:
    """
    One leaked password.
    """

    def look_up(self, key: bytes) -> LookUp:
        """
        Return what is known about the password with this key.
        """
        return Found(3) if key == key_of(LEAKED) else NotFound()


def office_under(policy: PasswordPolicy) -> Office:
    """
    Return an office where Jan works on a dossier with a telling name.
    """
    office = Office(policy=policy, breached=Leaks())
    sunflower = Dossier(number="2001", name=CompanyName("Bakkerij Zonnebloem"))
    licence = office.run(lambda unit: unit.licences.find("WB-1"))
    assert licence is not None
    office.portal.provisioning.register_licence(
        licence, [sunflower], by=WinBooksAdministration()
    )
    office.add(ADA, JOAN)
    return office


def codes(call: Callable[[], object], field: str = "password") -> set[str]:
    """
    Return the codes by which *call* refuses the password.
    """
    try:
        call()
    except InvalidFields as invalid:
        return {each.code for each in invalid.by_field[field]}
    except Invalid as invalid:
        return {each.code for each in invalid.problems}
    return set()


def created(office: Office, password: str, licence: str = "WB-1") -> set[str]:
    """
    Create Jan; the form was read without the policy.
    """
    new = NewEmployee(
        winbooks_id=JAN.winbooks_id,
        password=Password(password),
        level=JAN.level,
        first_name=JAN.first_name,
        last_name=JAN.last_name,
        company_name=JAN.company_name,
        language=JAN.language,
        dossiers=JAN.dossiers,
    )
    return codes(
        lambda: office.portal.provisioning.create(new, by=Distributor(licence))
    )


def reset(office: Office, password: str) -> set[str]:
    """
    Let the Administrator choose it.
    """
    office.add(JAN)
    return codes(
        lambda: office.portal.logins.reset_password(JAN, Password(password), by=ADA)
    )


def changed(office: Office, password: str) -> set[str]:
    """
    Let Jan change their own.
    """
    office.add(JAN)
    return codes(
        lambda: office.portal.own_login.change_password(
            JAN.winbooks_id, PASSWORD, Password(password)
        )
    )


def set_by_link(office: Office, password: str) -> set[str]:
    """
    Let Jan choose it behind a link.
    """
    office.add(JAN)
    office.forget_password(JAN.winbooks_id)
    token = office.token_to(JAN.winbooks_id.address)
    return codes(
        lambda: office.portal.own_login.set_password(token, Password(password))
    )


def signed_in(office: Office, password: str) -> set[str]:
    """
    Let Jan sign in with one that an unknown policy accepted.
    """
    office.add(JAN, password=Password(password))
    stored = office.credential(JAN)
    office.run(
        lambda unit: unit.credentials.put(attrs.evolve(stored, policy="unknown"))
    )
    found = office.portal.sign_in.verify(JAN.winbooks_id, Password(password))
    return {each.code for each in found.broken_rules}


def created_on_web(office: Office, password: str) -> set[str]:
    """
    Create Jan by hand on a licence of WinBooks on Web, where the password is right.
    """
    licence = attrs.evolve(LICENCE, number="WB-9", product=Product.ON_WEB)
    sunflower = Dossier(number="2001", name=CompanyName("Bakkerij Zonnebloem"))
    office.portal.provisioning.register_licence(
        licence, [sunflower], by=WinBooksAdministration()
    )
    office.on_web.add(JAN.winbooks_id, Password(password))
    found = created(office, password, licence="WB-9")
    first = {"password.change_it_on_web_first"} if found else set[str]()
    assert first <= found
    return found - first


ENTRIES: Final = [created, reset, changed, set_by_link, signed_in, created_on_web]


def expected(policy: PasswordPolicy, password: str) -> set[str]:
    """
    Return what the judge says, who has everything.
    """
    office = office_under(policy)
    licence = office.run(lambda unit: unit.licences.find("WB-1"))
    assert licence is not None
    dossiers = office.run(lambda unit: unit.licences.dossiers("WB-1"))
    judge = PasswordJudge(policy=policy, breached=Leaks())
    texts = texts_about(
        JAN,
        licence=licence,
        dossiers=[each for each in dossiers if each.number == "2001"],
    )
    return {each.code for each in judge.check(password, personal=texts)}


class TestOneVerdict:
    """
    Whatever a policy says is asked everywhere, for the person.
    """

    @pytest.mark.parametrize("name", sorted(NAMED))
    @pytest.mark.parametrize("entry", ENTRIES)
    def test_every_named_policy(
        self, name: str, entry: Callable[[Office, str], set[str]]
    ) -> None:
        """
        The same codes as the judge's, for every kind of password.
        """
        policy = NAMED[name]
        found = {
            kind: entry(office_under(policy), password)
            for kind, password in PASSWORDS.items()
        }

        assert found == {
            kind: expected(policy, password) for kind, password in PASSWORDS.items()
        }

    @pytest.mark.parametrize("entry", ENTRIES)
    @pytest.mark.parametrize("kind", ["own name", "office", "dossier", "leaked"])
    def test_the_recommended_policy_refuses(
        self, kind: str, entry: Callable[[Office, str], set[str]]
    ) -> None:
        """
        What others know of the person, and what has leaked.
        """
        found = entry(office_under(NAMED["recommended"]), PASSWORDS[kind])

        code = "breached" if kind == "leaked" else "personal_words"
        assert f"password.{code}" in found


class TestTheOnlyWay:
    """
    Nothing asks a policy but the judge.
    """

    def test_no_other_module_asks_a_policy(self) -> None:
        """
        A call such as ``policy.check(text)`` would forget the person.

        The test kit compares policies, and judges no one.
        """
        package = Path(winbooks_identity.__file__).parent
        calls = [
            f"{file.relative_to(package)}:{node.lineno}"
            for file in package.rglob("*.py")
            if file.relative_to(package).parts[0] not in {"passwords", "testing"}
            for node in ast.walk(ast.parse(file.read_text("utf-8")))
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in {"check", "parse", "generate"}
            and "policy" in ast.unparse(node.func.value).lower()
        ]

        assert calls == []
