"""
How do the accounts of a project become users of the Portal, each keeping its account?

What cannot be adopted is told and left alone: twins, which are one WinBooks ID, and
what the form refuses.  No account is ever merged with another.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar, Final, TypeAlias, final
from uuid import UUID, uuid5

import attrs
from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from ...authorization import Actor
from ...collisions import Likeness, find_collisions
from ...dossier import Dossier
from ...errors import InvalidFields, Refused
from ...forms.new_user import NewEmployee, NewEndCustomer, NewUser
from ...level import Level
from ...licence import Licence
from ...problems import Problem
from ...refusals import Taken
from .account_links import links
from .wiring import portal


__all__ = ["Candidate", "MakeForm", "Twins", "adopt", "candidates", "form_of"]

#: What an account says in the creation form; `None` for one to leave alone.
MakeForm: TypeAlias = Callable[[Any], Mapping[str, object] | None]

#: An account is adopted once, however often it is tried.
_REQUESTS: Final = UUID("6f0fd1f8-5a0e-4a53-9b8e-52c5a1a6f3f1")


@attrs.frozen
class Twins(Problem):
    """
    Several accounts have one WinBooks ID, and are not merged.  [R4]
    """

    code: ClassVar[str] = "adoption.twins"

    others: str


@final
@attrs.frozen(kw_only=True)
class Candidate:
    """
    An account, and the user that it becomes, or why not.
    """

    account: Any
    address: str = attrs.field(repr=False)
    new: NewUser | None = None
    problems: Mapping[str, tuple[Problem, ...]] = attrs.Factory(
        dict[str, tuple[Problem, ...]]
    )


def form_of(account: Any) -> Mapping[str, object]:
    """
    Return what an account of Django's own user model says in the creation form.
    """
    return {
        "winbooks_id": getattr(account, account.get_email_field_name(), ""),
        "first_name": getattr(account, "first_name", ""),
        "last_name": getattr(account, "last_name", ""),
        "activate": account.is_active,
    }


def candidates(
    *, by: Actor, level: Level, make_form: MakeForm = form_of
) -> Sequence[Candidate]:
    """
    Return the accounts that no user of the Portal has, and what becomes of them.

    Nothing is changed.

    Args:
        by: who makes the users, in the licence that they stand in.
        level: what they become, where *make_form* does not say.
        make_form: what an account says in the form; `None` to leave it alone.

    Raises:
        IdentityError: what `ProvisioningService.licence` raises.
    """
    licence = portal().provisioning.licence(by=by)
    dossiers = portal().provisioning.dossiers(by=by)
    linked = {*links().values_list("account", flat=True)}
    forms = {
        str(account.pk): (account, form)
        for account in _accounts().order_by("pk").iterator()
        if str(account.pk) not in linked
        if (form := make_form(account)) is not None
    }
    rows = [(key, _address(form)) for key, (_, form) in forms.items()]
    read = [
        *_read(forms, _twins(rows), level=level, licence=licence, dossiers=dossiers)
    ]
    return [*_without_taken(read)]


def adopt(candidate: Candidate, *, by: Actor, keep_password: bool = False) -> Candidate:
    """
    Make the user of *candidate*, who signs in to their account from now on.

    A call that was cut off is finished by the next one.

    Args:
        candidate: one without problems.
        by: who makes the user.
        keep_password: let the password in the account open it as well.

    Returns:
        *candidate*, with its problems if it was refused.

    Raises:
        ValueError: *candidate* has problems.
        Unavailable: call again.
    """
    if candidate.new is None or candidate.problems:
        raise ValueError("a candidate with problems is left alone")
    account = candidate.account
    request_id = uuid5(_REQUESTS, f"{account._meta.label_lower}:{account.pk}")  # noqa: SLF001  Django's place for it.
    try:
        user = (
            portal()
            .provisioning.create(candidate.new, by=by, request_id=request_id)
            .user
        )
    except Refused as refused:
        return attrs.evolve(candidate, problems={"winbooks_id": refused.problems})
    links().update_or_create(user_id=user.id, defaults={"account": str(account.pk)})
    if not keep_password:
        account.set_unusable_password()
        account.save(update_fields=["password"])
    return candidate


def _read(
    forms: Mapping[str, tuple[Any, Mapping[str, object]]],
    twins: Mapping[str, tuple[str, ...]],
    *,
    level: Level,
    licence: Licence,
    dossiers: Iterable[Dossier],
) -> Iterator[Candidate]:
    for key, (account, said) in forms.items():
        form = {"level": level, "generate_password": True, **said}
        address = _address(form)
        if key in twins:
            problem = Twins(", ".join(twins[key]))
            yield Candidate(
                account=account, address=address, problems={"winbooks_id": (problem,)}
            )
            continue
        is_customer = str(getattr(form["level"], "value", form["level"])) == "User"
        kind = NewEndCustomer if is_customer else NewEmployee
        try:
            new = kind.parse(form, licence=licence, dossiers=dossiers)
        except InvalidFields as invalid:
            yield Candidate(account=account, address=address, problems=invalid.by_field)
        else:
            yield Candidate(account=account, address=address, new=new)


def _address(form: Mapping[str, object]) -> str:
    # A column of e-mail addresses may hold null.
    return str(form["winbooks_id"] or "")


def _without_taken(read: Sequence[Candidate]) -> Iterator[Candidate]:
    ids = {each.new.winbooks_id for each in read if each.new is not None}
    taken = portal().storage.read(
        lambda unit: unit.users.taken(ids, now=portal().clock())
    )
    for each in read:
        if each.new is not None and each.new.winbooks_id in taken:
            yield attrs.evolve(each, problems={"winbooks_id": (Taken(),)})
        else:
            yield each


def _twins(rows: Iterable[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    return {
        account.identifier: tuple(
            other.identifier for other in collision.accounts if other is not account
        )
        for collision in find_collisions(rows)
        if collision.likeness is Likeness.TWINS
        for account in collision.accounts
    }


def _accounts() -> "QuerySet[Any]":
    found: QuerySet[Any] = get_user_model()._default_manager.all()  # noqa: SLF001  As Django's own backends.
    return found
