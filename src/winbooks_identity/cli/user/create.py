"""
How is one user created from a shell, with questions for what is missing?
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Annotated, Final

from cyclopts import Parameter
from rich.console import RenderableType
from rich.text import Text

from ...adapters.phonenumbers import NationalPhoneParser
from ...dossier import Dossier
from ...errors import InvalidFields
from ...fields import Fields
from ...forms.new_user import GeneratedPassword, NewEmployee, NewEndCustomer, NewUser
from ...language import Language
from ...level import Level
from ...licence import Licence
from ...passwords import PasswordJudge
from ...problems import Missing, Problem
from ...role import END_CUSTOMER_ROLES, Role
from ...services.creation import Created
from ..acting import NoOnWebConnection, whoever_acts
from ..answer import Answer, in_json, withheld
from ..mailing import letters_with
from ..opening import opened
from ..options import (
    ActingAs,
    Database,
    Hasher,
    KeyFile,
    LicenceNumber,
    OnScreen,
    Operator,
    PasswordRules,
    PortalUrl,
    Sender,
    ShowPasswords,
)
from ..password import ask_new_password, read_password
from ..people import people_table, person_in_json
from ..policy_file import judge_of
from ..screen import Screen


__all__ = ["create"]


def create(
    winbooks_id: Annotated[str, Parameter(help="cli.option.new_winbooks_id")] = "",
    /,
    *,
    database: Database,
    key_file: KeyFile = None,
    licence: LicenceNumber = None,
    acting_as: ActingAs = None,
    operator: Operator = None,
    generate_password: Annotated[
        bool, Parameter(help="cli.option.generate_password")
    ] = False,
    level: Annotated[str, Parameter(help="cli.option.level")] = "",
    first_name: Annotated[str, Parameter(help="cli.field.first_name")] = "",
    last_name: Annotated[str, Parameter(help="cli.field.last_name")] = "",
    company_name: Annotated[str, Parameter(help="cli.field.company_name")] = "",
    phone: Annotated[str, Parameter(help="cli.field.phone")] = "",
    user_language: Annotated[str, Parameter(help="cli.option.user_language")] = "",
    activate: Annotated[
        bool, Parameter(negative="--no-activate", help="cli.option.activate")
    ] = True,
    send_credentials: Annotated[
        bool, Parameter(help="cli.option.send_credentials")
    ] = False,
    dossier: Annotated[tuple[str, ...], Parameter(help="cli.option.dossier")] = (),
    role: Annotated[tuple[str, ...], Parameter(help="cli.option.role")] = (),
    notify_all_dossiers: Annotated[
        bool, Parameter(help="cli.option.notify_all_dossiers")
    ] = False,
    sender: Sender = None,
    portal_url: PortalUrl = None,
    rules: PasswordRules | None = None,
    show_passwords: ShowPasswords = False,
    screen: OnScreen,
    hasher: Hasher = None,
) -> Answer:
    """
    Create one user; what is missing is asked for.

    A password that is not generated is asked for on a terminal; otherwise it is
    the first line of standard input. It is never an argument.
    """
    form: dict[str, object] = {
        "winbooks_id": winbooks_id,
        "generate_password": generate_password,
        "level": level,
        "first_name": first_name,
        "last_name": last_name,
        "company_name": company_name,
        "phone": phone,
        "language": user_language,
        "activate": activate,
        "send_credentials": send_credentials,
        "dossiers": dossier,
        "roles": role,
        "notify_all_dossiers": notify_all_dossiers,
    }
    shows = show_passwords or screen.is_watched
    letters = None
    if send_credentials:
        letters = letters_with(sender, portal_url, screen.translator)
    judge = judge_of(rules, screen)
    with opened(
        database,
        key_file=key_file,
        hasher=hasher,
        letters=letters,
        policy=judge.policy,
        breached=judge.breached,
    ) as portal:
        by = whoever_acts(
            portal, acting_as=acting_as, licence=licence, operator=operator
        )
        reading = partial(
            _read,
            licence=portal.provisioning.licence(by=by),
            dossiers=portal.provisioning.dossiers(by=by),
            judge=judge,
        )
        new = _filled_in(form, reading, screen)
        is_generated = isinstance(new.password, GeneratedPassword)
        if is_generated and not (shows or new.send_credentials):
            return withheld(screen)
        created = portal.provisioning.create(new, by=by)
    return _answer(created, screen, shows_password=is_generated)


def _filled_in(
    form: dict[str, object],
    reading: Callable[[dict[str, object]], NewUser],
    screen: Screen,
) -> NewUser:
    if not (form["generate_password"] or screen.can_ask):
        form["password"] = read_password(screen)
    while True:
        try:
            return reading(form)
        except InvalidFields as invalid:
            if not screen.can_ask:
                raise
            for field, problems in invalid.by_field.items():
                _ask(field, problems, form, screen)


def _read(
    form: dict[str, object],
    *,
    licence: Licence,
    dossiers: Sequence[Dossier],
    judge: PasswordJudge,
) -> NewUser:
    """
    Return whom *form* makes: its level says which kind of user that is.

    Raises:
        NoOnWebConnection: the password would be one of WinBooks on Web.
        InvalidFields: with every problem of every field.
    """
    text = str(form["level"])
    unknown = Level.check(text) if text.strip() else ()
    is_end_customer = text.strip() and not unknown and Level.parse(text) is Level.USER
    kind = NewEndCustomer if is_end_customer else NewEmployee
    # Who is asked for a level first may be an end customer.
    if text.strip() and kind.is_on_web(licence):
        raise NoOnWebConnection
    try:
        return kind.read(
            Fields(form),
            licence=licence,
            judge=judge,
            dossiers=dossiers,
            phone=NationalPhoneParser(),
        )
    except InvalidFields as invalid:
        # Here, and not on the forms, every level can be chosen.
        problems = {"level": unknown} if unknown else {}
        raise InvalidFields({**invalid.by_field, **problems}) from None


def _ask(
    field: str,
    problems: Sequence[Problem],
    form: dict[str, object],
    screen: Screen,
) -> None:
    """
    Say what is wrong with a field and ask for it; a field left empty is just asked.
    """
    for problem in problems:
        if problem != Missing():
            screen.err.print(screen.message(problem), style="red")
    if field == "password":
        password = ask_new_password(screen)
        form["password"] = password
        form["generate_password"] = not password
        return
    asked = screen.text(f"cli.field.{field}")
    if hint := _HINTS.get(field):
        asked += f" ({hint})"
    answer = screen.err.input(f"{asked}: ")
    is_list = field in {"dossiers", "roles"}
    form[field] = answer.replace(",", " ").split() if is_list else answer


_HINTS: Final = {
    "level": ", ".join(level.value for level in Level),
    "language": ", ".join(language.value for language in Language),
    "roles": ", ".join(role.value for role in Role if role in END_CUSTOMER_ROLES),
}


def _answer(created: Created, screen: Screen, *, shows_password: bool) -> Answer:
    user = created.user
    password = created.password if shows_password else None
    happened = Text(screen.text("cli.fate.created"), "green")
    results: list[RenderableType] = [
        people_table(screen, [(user, happened)], last_column="result")
    ]
    words = [Text(screen.message(notice), "yellow") for notice in created.notices]
    if created.mailed:
        words.append(Text(screen.text("cli.mails.waiting", number=1)))
    if password is not None:
        results += [
            Text(screen.text("cli.provision.passwords", number=1), "bold yellow"),
            Text(password.reveal(), "bold"),
        ]
    return Answer(
        document={
            "user": person_in_json(user),
            "mailed": created.mailed,
            "notices": [in_json(notice, screen) for notice in created.notices],
            "password": password.reveal() if password else None,
        },
        results=tuple(results),
        words=tuple(words),
    )
