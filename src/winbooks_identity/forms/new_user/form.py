"""
What does every creation form ask?
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from functools import partial
from typing import NamedTuple, Self

import attrs

from ...dossier import Dossier, DossierNumber, parse_number
from ...errors import InvalidFields
from ...fields import Fields
from ...language import Language
from ...level import Level
from ...licence import Licence, Product
from ...names import CompanyName, PersonName
from ...passwords import Password, PasswordJudge, PasswordPolicy
from ...passwords.breached import BreachedPasswords
from ...passwords.strength import StrengthEstimator
from ...phone import PhoneNumber
from ...problems import Problem
from ...role import (
    Role,
)
from ...winbooks_id import WinBooksId
from .password import GeneratedPassword, read_password


__all__ = ["Defaults", "NewUser"]


@attrs.frozen(kw_only=True)
class NewUser(ABC):
    """
    A creation form, filled in: a `NewEmployee` or a `NewEndCustomer`.

    Raises:
        InvalidFields: level, dossiers and roles are not for this kind of user.
    """

    winbooks_id: WinBooksId
    password: Password | GeneratedPassword
    level: Level
    first_name: PersonName
    last_name: PersonName
    company_name: CompanyName
    language: Language
    phone: PhoneNumber | None = None
    activate: bool = True
    send_credentials: bool = False
    dossiers: frozenset[DossierNumber] = frozenset()
    roles: frozenset[Role] = frozenset()
    notify_all_dossiers: bool = False

    def __attrs_post_init__(self) -> None:
        InvalidFields.raise_if_any(
            {
                "level": self.check_level(self.level),
                "dossiers": self.check_dossiers(self.dossiers),
                "roles": self.check_roles(self.roles),
            }
        )

    @staticmethod
    @abstractmethod
    def check_level(level: Level) -> tuple[Problem, ...]:
        """
        Return why this kind of user cannot have *level*.
        """

    @staticmethod
    @abstractmethod
    def check_dossiers(dossiers: AbstractSet[DossierNumber]) -> tuple[Problem, ...]:
        """
        Return why this kind of user cannot start with *dossiers*.
        """

    @staticmethod
    @abstractmethod
    def check_roles(roles: AbstractSet[Role]) -> tuple[Problem, ...]:
        """
        Return why this kind of user cannot start with *roles*.
        """

    @staticmethod
    @abstractmethod
    def defaults(licence: Licence) -> "Defaults":
        """
        Return what this kind of user need not fill in.
        """

    @classmethod
    def possible_levels(cls) -> tuple[Level, ...]:
        """
        Return the levels that this kind of user can have.
        """
        return tuple(level for level in Level if not cls.check_level(level))

    @classmethod
    def possible_roles(cls) -> tuple[Role, ...]:
        """
        Return the roles that this kind of user can hold.
        """
        return tuple(role for role in Role if not cls.check_roles({role}))

    @classmethod
    def is_on_web(cls, licence: Licence) -> bool:
        """
        Tell whether this kind of user signs in with the password of on Web.  [S56]

        On Web has a login for each employee of its licences, and none for end customers.
        """
        is_staff = any(level.is_staff for level in cls.possible_levels())
        return is_staff and licence.product is Product.ON_WEB

    @classmethod
    def parse(
        cls,
        form: Mapping[str, object],
        *,
        licence: Licence,
        policy: PasswordPolicy | None = None,
        breached: BreachedPasswords | None = None,
        estimator: StrengthEstimator | None = None,
        dossiers: Iterable[Dossier] = (),
        phone: Callable[[str], PhoneNumber] = PhoneNumber.parse,
    ) -> Self:
        """
        Return what *form* says; its keys are the field names of spec § 2.

        A ticked ``generate_password`` stands for the generate button.  Keys
        that the form does not have are left alone.

        A typed password is judged for the person: it must not rely on the
        names, the address and the company in the same form, on the licence and
        on the chosen dossiers, where the policy says so.

        For staff of an on Web licence the policy is not asked here: whether the
        password is the on Web one comes first, and `ProvisioningService.create` asks.

        Args:
            form: text by field name; truth values or what a web form sends
                for the boxes; several texts for dossiers and roles.  A mapping
                with several values under a name is read as what a browser
                posted, see `fields.Fields`.
            licence: where the user is made; it is not typed.  [R31]
            policy: what a typed password keeps to; the Portal's by default.
            breached: where leaked passwords are looked up; without it, the
                look-up counts as failed.
            estimator: who scores the strength; zxcvbn by default.
            dossiers: those of the licence, for their names.
            phone: reads a phone number; international notation by default.

        Raises:
            InvalidFields: with every problem of every field.
        """
        judge = PasswordJudge(
            policy=policy or PasswordPolicy(), breached=breached, estimator=estimator
        )
        fields = Fields(form)
        # A collector of local variables shows the password in it.
        del form
        return cls.read(
            fields, licence=licence, judge=judge, dossiers=dossiers, phone=phone
        )

    @classmethod
    def read(
        cls,
        fields: Fields,
        *,
        licence: Licence,
        judge: PasswordJudge,
        dossiers: Iterable[Dossier] = (),
        phone: Callable[[str], PhoneNumber] = PhoneNumber.parse,
    ) -> Self:
        """
        Return what *fields* say; afterwards they have the good values of a bad form.

        See `parse` for the arguments.

        Raises:
            InvalidFields: with every problem of every field.
        """
        defaults = cls.defaults(licence)
        winbooks_id = fields.read("winbooks_id", WinBooksId.parse)
        # Its place among the problems: it is judged when the person is known.
        fields.refuse("password", ())
        parse_level = partial(Level.parse, offered=cls.possible_levels())
        level = fields.read("level", parse_level, *defaults.level)
        activate = fields.read_box("activate", default=True)
        send_credentials = fields.read_box("send_credentials", default=False)
        chosen = fields.read_each("dossiers", parse_number)
        parse_role = partial(Role.parse, offered=cls.possible_roles())
        roles = fields.read_each("roles", parse_role)
        notify = fields.read_box("notify_all_dossiers", default=False)
        first_name = fields.read("first_name", PersonName.parse)
        last_name = fields.read("last_name", PersonName.parse)
        company = fields.read("company_name", CompanyName.parse, *defaults.company)
        number = fields.read("phone", phone, None)
        language = fields.read("language", Language.parse, *defaults.language)
        password = read_password(
            fields, licence, judge, dossiers, on_web=cls.is_on_web(licence)
        )
        if not level.problems:
            fields.refuse("level", cls.check_level(level.value))
        if not chosen.problems:
            fields.refuse("dossiers", cls.check_dossiers(chosen.value))
        if not roles.problems:
            fields.refuse("roles", cls.check_roles(roles.value))
        fields.raise_if_any()
        return cls(
            winbooks_id=winbooks_id.value,
            password=password.value,
            level=level.value,
            activate=activate.value,
            send_credentials=send_credentials.value,
            dossiers=chosen.value,
            roles=roles.value,
            notify_all_dossiers=notify.value,
            first_name=first_name.value,
            last_name=last_name.value,
            company_name=company.value,
            phone=number.value,
            language=language.value,
        )


class Defaults(NamedTuple):
    """
    What a kind of user need not fill in; an empty tuple makes it mandatory.
    """

    level: tuple[Level, ...] = ()
    company: tuple[CompanyName, ...] = ()
    language: tuple[Language, ...] = ()
