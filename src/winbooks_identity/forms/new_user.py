"""
What does the creation form ask, of staff and of end customers?

Sources: the Portal's page on creating a WinBooks ID (spec § 2) and, for end
customers, the public pages P7 and P9.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import partial
from typing import ClassVar, NamedTuple, Self, cast, final

import attrs

from ..dossier import Dossier, DossierNumber, parse_number
from ..errors import InvalidFields
from ..fields import Fields, Reading
from ..language import Language
from ..level import Level
from ..licence import Licence, Product
from ..names import CompanyName, PersonName
from ..passwords import Password, PasswordJudge, PasswordPolicy
from ..passwords.breached import BreachedPasswords
from ..passwords.strength import StrengthEstimator
from ..personal_texts import texts_of
from ..phone import PhoneNumber
from ..problems import Missing, NotOneOf, Problem
from ..role import (
    END_CUSTOMER_ROLES,
    STAFF_ROLES,
    NotForEndCustomers,
    NotForStaff,
    Role,
)
from ..winbooks_id import WinBooksId


__all__ = [
    "DossierRequired",
    "GeneratedPassword",
    "GenerationNotAllowed",
    "NewEmployee",
    "NewEndCustomer",
    "NewUser",
    "RoleRequired",
    "TypedAndGenerated",
]


@attrs.frozen
class TypedAndGenerated(Problem):
    """
    A password is typed or generated, never both.  [R15]
    """

    code: ClassVar[str] = "password.typed_and_generated"


@attrs.frozen
class GenerationNotAllowed(Problem):
    """
    On an on Web licence the password is the on Web one; none is generated.  [R61]
    """

    code: ClassVar[str] = "password.generation_not_allowed"


@attrs.frozen
class DossierRequired(Problem):
    """
    An end customer needs at least one dossier.  [R38]
    """

    code: ClassVar[str] = "dossier.required"


@attrs.frozen
class RoleRequired(Problem):
    """
    An end customer needs at least one role.  [R51]
    """

    code: ClassVar[str] = "role.required"


@final
@attrs.frozen
class GeneratedPassword:
    """
    Asks for a generated password of *length* characters.
    """

    length: int = 16


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

        On an on Web licence the policy is not asked here: whether the password
        is the on Web one comes first, and `ProvisioningService.create` asks.

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
        return cls.read(
            Fields(form), licence=licence, judge=judge, dossiers=dossiers, phone=phone
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
        password = _read_password(fields, licence, judge, dossiers)
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


@final
@attrs.frozen(kw_only=True)
class NewEmployee(NewUser):
    """
    A new member of the licence holder's staff (nl *medewerker*).

    >>> licence = Licence.parse(
    ...     {
    ...         "number": "WB-1",
    ...         "product": "Classic",
    ...         "holder": "Fiduciaire Peeters",
    ...         "language": "nl",
    ...     }
    ... )
    >>> form = {
    ...     "winbooks_id": "ada@example.org",
    ...     "generate_password": "on",
    ...     "level": "Power User",
    ...     "first_name": "Ada",
    ...     "last_name": "Lovelace",
    ... }
    >>> ada = NewEmployee.parse(form, licence=licence)
    >>> str(ada.company_name)
    'Fiduciaire Peeters'
    """

    @staticmethod
    def check_level(level: Level) -> tuple[Problem, ...]:
        """
        Staff are Power User or Administrator.  [R21]
        """
        return _check_level(level, [each for each in Level if each.is_staff])

    @staticmethod
    def check_dossiers(dossiers: AbstractSet[DossierNumber]) -> tuple[Problem, ...]:
        """
        Staff may start without dossiers.  [R39]
        """
        del dossiers
        return ()

    @staticmethod
    def check_roles(roles: AbstractSet[Role]) -> tuple[Problem, ...]:
        """
        Staff hold staff roles, or none yet.  [R47, R50]
        """
        return tuple(
            NotForStaff(role.value) for role in Role if role in roles - STAFF_ROLES
        )

    @staticmethod
    def defaults(licence: Licence) -> Defaults:
        """
        Company and language are those of the licence.  [R33, Q1, Q2]
        """
        return Defaults(company=(licence.holder,), language=(licence.language,))


@final
@attrs.frozen(kw_only=True)
class NewEndCustomer(NewUser):
    """
    A new client of the licence holder, an entrepreneur (nl *eindklant*).

    >>> licence = Licence.parse(
    ...     {
    ...         "number": "WB-1",
    ...         "product": "Classic",
    ...         "holder": "Fiduciaire Peeters",
    ...         "language": "nl",
    ...     }
    ... )
    >>> try:
    ...     NewEndCustomer.parse({"winbooks_id": "joan@example.org"}, licence=licence)
    ... except InvalidFields as invalid:
    ...     sorted(invalid.by_field)
    ['company_name', 'dossiers', 'first_name', 'language', 'last_name', 'password', 'roles']
    """

    @staticmethod
    def check_level(level: Level) -> tuple[Problem, ...]:
        """
        End customers are User.  [R22]
        """
        return _check_level(level, [each for each in Level if not each.is_staff])

    @staticmethod
    def check_dossiers(dossiers: AbstractSet[DossierNumber]) -> tuple[Problem, ...]:
        """
        End customers start with at least one dossier.  [R38]
        """
        return () if dossiers else (DossierRequired(),)

    @staticmethod
    def check_roles(roles: AbstractSet[Role]) -> tuple[Problem, ...]:
        """
        End customers hold at least one role, and end customers' roles only.

        [R48, R51]
        """
        if not roles:
            return (RoleRequired(),)
        return tuple(
            NotForEndCustomers(role.value)
            for role in Role
            if role in roles - END_CUSTOMER_ROLES
        )

    @staticmethod
    def defaults(licence: Licence) -> Defaults:
        """
        The level is User; company and language are asked.  [R22, Q1, Q2]
        """
        del licence
        return Defaults(level=(Level.USER,))


def _check_level(level: Level, allowed: Sequence[Level]) -> tuple[Problem, ...]:
    if level in allowed:
        return ()
    return (NotOneOf(", ".join(each.value for each in allowed)),)


def _read_password(
    fields: Fields, licence: Licence, judge: PasswordJudge, dossiers: Iterable[Dossier]
) -> Reading[Password | GeneratedPassword]:
    """
    Read the password and the generate button: exactly one of them.  [R15, R61]

    The other fields have to be read before: they say who the person is.
    """
    on_web = licence.product is Product.ON_WEB
    judged = partial(judge.parse, personal=_known(fields, licence, dossiers))
    generate = fields.read_box("generate_password", default=False)
    typed = fields.read_secret("password", Password if on_web else judged, None)
    if generate.problems:
        # The box has the problem, not the password.
        return fields.keep("password", Reading(GeneratedPassword()))
    if generate.value:
        is_typed = typed.problems or typed.value
        refused: tuple[Problem, ...] = (GenerationNotAllowed(),) if on_web else ()
        refused += (TypedAndGenerated(),) if is_typed else ()
        return fields.keep("password", Reading(GeneratedPassword(), problems=refused))
    if typed.problems:
        return Reading[Password | GeneratedPassword](problems=typed.problems)
    if typed.value is None:
        missing = Reading[Password | GeneratedPassword](problems=(Missing(),))
        return fields.keep("password", missing)
    return Reading(typed.value)


def _known(
    fields: Fields, licence: Licence, dossiers: Iterable[Dossier]
) -> tuple[str, ...]:
    """
    Return what the good fields of the form say of the person.
    """
    found = (
        fields.kept("first_name", PersonName),
        fields.kept("last_name", PersonName),
        fields.kept("winbooks_id", WinBooksId),
        fields.kept("company_name", CompanyName),
    )
    chosen = cast("frozenset[str]", fields.kept("dossiers", frozenset) or frozenset())
    by_number: dict[str, Dossier] = {each.number: each for each in dossiers}
    return texts_of(
        (each for each in found if each is not None),
        licence=licence,
        dossiers=[by_number.get(number, number) for number in sorted(chosen)],
    )
