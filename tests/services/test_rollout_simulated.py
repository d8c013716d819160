"""
A policy is rolled out over a year, and back, to 5,000 users.

What happens is told twice: by the services, and by a model of one page.
"""

import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from functools import partial
from hashlib import sha256
from typing import Final
from uuid import UUID

import attrs
import pytest

from office import Office
from people import LICENCE, person
from winbooks_identity.adapters.memory import InMemoryStorage
from winbooks_identity.attempts import Standing
from winbooks_identity.authorization import WinBooksAdministration
from winbooks_identity.credential import Credential
from winbooks_identity.errors import InvalidFields
from winbooks_identity.level import Level
from winbooks_identity.licence import Licence
from winbooks_identity.passwords import Password, PasswordPolicy
from winbooks_identity.passwords.impact import StoredPasswordOutcome
from winbooks_identity.passwords.named import NAMED
from winbooks_identity.passwords.rollout import Rollout
from winbooks_identity.portal import Portal
from winbooks_identity.portal_user import PortalUser
from winbooks_identity.ports import UnitOfWork
from winbooks_identity.refusals import (
    PasswordChangeRequired,
    PasswordRefused,
    WrongPassword,
)
from winbooks_identity.services.password_impact import impact
from winbooks_identity.winbooks_id import WinBooksId


USERS: Final = 5_000
LICENCES: Final = ("WB-1", "WB-2", "WB-3")
BEGIN: Final = date(2027, 1, 4)
WEEK: Final = timedelta(weeks=1)

OLD: Final = PasswordPolicy()
#: By the week in which it begins, what the file of the policy says from then on.
PLANS: Final = {
    0: Rollout(asked=BEGIN + 4 * WEEK, notice=BEGIN + 8 * WEEK),
    12: Rollout(
        asked=BEGIN + 4 * WEEK, notice=BEGIN + 8 * WEEK, change=BEGIN + 16 * WEEK
    ),
    # Too many telephone calls: a step back.
    20: Rollout(asked=BEGIN + 4 * WEEK, notice=BEGIN + 8 * WEEK),
    26: Rollout(
        asked=BEGIN + 4 * WEEK,
        notice=BEGIN + 8 * WEEK,
        change=BEGIN + 28 * WEEK,
        refusal=BEGIN + 36 * WEEK,
    ),
    # All the way back, and forward to the end.
    42: Rollout(asked=BEGIN + 60 * WEEK),
    46: Rollout(asked=BEGIN, refusal=BEGIN + 46 * WEEK),
}

SHORT: Final = Password("Correct-Horse-1")
LONG: Final = Password("Correct-Horse-Battery-1")
RULES: Final = PasswordPolicy(min_length=16)


class QuickHasher:
    """
    A hasher that costs nothing, for many users.
    """

    @property
    def dummy_hash(self) -> str:
        """
        Return the hash of no password.
        """
        return ""

    def hash(self, password: Password) -> str:
        """
        Return a hash of *password*.
        """
        return sha256(password.reveal().encode()).hexdigest()

    def verify(
        self, password_hash: str, password: Password, *, standing: Standing
    ) -> None:
        """
        Raise unless *password_hash* was made of *password*.
        """
        del standing
        if password_hash != self.hash(password):
            raise WrongPassword

    def needs_rehash(self, password_hash: str) -> bool:
        """
        Tell that none is out of date.
        """
        return not password_hash


@attrs.define
class Model:
    """
    What is expected of one user.
    """

    is_long: bool
    known: str

    def expect(self, week: int, plan: Rollout) -> str:
        """
        Return what a sign-in in *week* is answered with, and remember what it learns.
        """
        self.known = "safe" if self.is_long else "breaks"
        day = BEGIN + week * WEEK
        if self.is_long:
            return "in"
        if plan.refusal is not None and day >= plan.refusal:
            return "refused"
        if plan.change is not None and day >= plan.change:
            return "change"
        if plan.notice is not None and day >= plan.notice:
            return "notice"
        return "in"


def answer(portal: Portal, winbooks_id: WinBooksId, password: Password) -> str:
    """
    Return what a sign-in is answered with.
    """
    try:
        signed_in = portal.sign_in.verify(winbooks_id, password)
    except PasswordChangeRequired:
        return "change"
    except PasswordRefused:
        return "refused"
    return "in" if signed_in.notice is None else "notice"


def change(portal: Portal, user: PortalUser, current: Password, new: Password) -> str:
    """
    Return what a change of the password is answered with.
    """
    try:
        portal.own_login.change_password(user.winbooks_id, current, new)
    except PasswordRefused:
        return "refused"
    except InvalidFields:
        return "asked"
    return "changed"


@pytest.mark.slow  # It signs in tens of thousands of times.
def test_a_year() -> None:
    """
    Every answer of every sign-in and every count of every week is the expected one.
    """
    chance = random.Random(17)  # noqa: S311  It can be repeated.
    office = Office(hasher=QuickHasher(), policy=OLD)
    assert isinstance(office.storage, InMemoryStorage)
    users, models = filled(office, chance)
    answers: Counter[str] = Counter()
    plan = PLANS[0]
    for week in range(53):
        plan = PLANS.get(week, plan)
        office.policy = attrs.evolve(RULES, rollout=plan)
        day = BEGIN + week * WEEK
        office.clock.now = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        seen = chance.sample(range(USERS), USERS // 20)

        def work(portal: Portal, seen: list[int] = seen, week: int = week) -> None:
            for number in seen:
                answers[one(portal, users[number], models[number], week)] += 1

        office.portal.together(work)
        # The mails that passwords were changed are delivered.
        office.storage.change(lambda state: state.outbox.clear())
        if week % 4 == 0:
            assert expected_counts(users, models) == counted(office)
    assert {"in", "notice", "asked", "change", "refused"} == set(answers)
    final = counted(office)
    assert all(found["breaks"] < found["safe"] for found in final.values())


def one(portal: Portal, user: PortalUser, model: Model, week: int) -> str:
    """
    Sign *user* in, as they do in that *week*, and return the most that happened.
    """
    rollout = portal.policy.rollout
    assert rollout is not None
    password = LONG if model.is_long else SHORT
    expected = model.expect(week, rollout)
    assert expected == answer(portal, user.winbooks_id, password)
    if expected == "refused":
        assert "refused" == change(portal, user, password, LONG)
        return expected
    if expected == "change":
        assert "changed" == change(portal, user, password, LONG)
        model.is_long, model.known = True, "safe"
        return "change"
    if expected == "notice" and user.id.int % 4 == 0:
        is_asked = rollout.asked is None or BEGIN + week * WEEK >= rollout.asked
        other = Password("Another-Horse-2")
        assert ("asked" if is_asked else "changed") == change(
            portal, user, password, other
        )
        assert "changed" == change(portal, user, password, LONG)
        model.is_long, model.known = True, "safe"
        return "asked"
    return expected


def filled(
    office: Office, chance: random.Random
) -> tuple[list[PortalUser], list[Model]]:
    """
    Fill *office*, and return the users and what is known of them.
    """
    users: list[PortalUser] = []
    models: list[Model] = []
    for number in range(USERS):
        model = Model(
            is_long=chance.random() < 0.3,
            known="check_at_sign_in" if chance.random() < 0.8 else "unknown",
        )
        users.append(
            attrs.evolve(
                person("user", Level.USER, licence=LICENCES[number % len(LICENCES)]),
                id=UUID(int=number + 1),
                winbooks_id=WinBooksId(f"user{number}@example.org"),
            )
        )
        models.append(model)

    def work(portal: Portal) -> None:
        for number in LICENCES[1:]:
            licence = attrs.evolve(LICENCE, number=number)
            portal.storage.run(partial(register, licence))
        for user, model in zip(users, models, strict=True):
            portal.storage.run(partial(store, user, model))

    office.portal.together(work)
    return users, models


def register(licence: Licence, unit: UnitOfWork) -> None:
    """
    Register *licence*.
    """
    unit.licences.register(licence, ())


def store(user: PortalUser, model: Model, unit: UnitOfWork) -> None:
    """
    Store *user* with the password that *model* knows.
    """
    known = OLD.fingerprint if model.known == "check_at_sign_in" else "0" * 64
    password = QuickHasher().hash(LONG if model.is_long else SHORT)
    unit.users.add(user)
    unit.credentials.put(
        Credential(user_id=user.id, password_hash=password, policy=known)
    )


def expected_counts(
    users: list[PortalUser], models: list[Model]
) -> dict[str, Counter[str]]:
    """
    Return what the model knows, by licence.
    """
    found = {licence: Counter[str]() for licence in LICENCES}
    for user, model in zip(users, models, strict=True):
        found[user.licence][model.known] += 1
    return found


def counted(office: Office) -> dict[str, Counter[str]]:
    """
    Return what is counted, by licence.
    """
    found = impact(
        office.storage,
        office.policy,
        known=[OLD, *NAMED.values()],
        by=WinBooksAdministration(),
    )
    return {
        licence: Counter(
            {
                outcome.name.lower(): numbers[outcome]
                for outcome in StoredPasswordOutcome
                if numbers[outcome]
            }
        )
        for licence, numbers in found.by_licence.items()
    }
