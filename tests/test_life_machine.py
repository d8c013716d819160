"""
Any sequence of steps by any actors, beside a model of plain fields.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

import attrs
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from office import Office
from people import PASSWORD, person
from winbooks_identity.authorization import Actor, Distributor
from winbooks_identity.errors import InvalidFields, Refused
from winbooks_identity.level import Level
from winbooks_identity.passwords import Password
from winbooks_identity.portal_user import PortalUser
from winbooks_identity.refusals import (
    DuplicateWinBooksId,
    OutOfDate,
    PasswordChangeRequired,
    SignInRefused,
)
from winbooks_identity.role import Role
from winbooks_identity.winbooks_id import WinBooksId


NAMES: Final = ("ada", "grace", "joan", "mary", "hedy")
LEVELS: Final = (
    Level.ADMINISTRATOR,
    Level.ADMINISTRATOR,
    Level.POWER_USER,
    Level.USER,
    Level.USER,
)
DISTRIBUTOR: Final = "distributor"
NEW: Final = Password("Battery-Staple-2")

names = st.sampled_from(NAMES)
actors = st.sampled_from((*NAMES, DISTRIBUTOR))
dossiers = st.sets(st.sampled_from(["1001", "1002"]), min_size=1)
addresses = st.sampled_from(["ada", "GRACE", "new", "New", "other"])


@attrs.define
class Model:
    """
    What someone is, as plain fields.
    """

    address: str
    level: Level
    dossiers: set[str]
    roles: set[Role]
    active: bool = True
    notify: bool = True
    waiting: str | None = None
    password: Password = PASSWORD
    version: int = 1

    @property
    def keys(self) -> set[str]:
        """
        Return the keys that he holds.
        """
        held = (self.address, self.waiting)
        return {address.lower() for address in held if address is not None}


class Lives(RuleBasedStateMachine):
    """
    Takes steps on an office and on its model, and compares.
    """

    def __init__(self) -> None:
        super().__init__()
        self.office = Office()
        self.model: dict[str, Model] = {}
        #: Who left which key; no one else gets it in the time that passes here.
        self.left: dict[str, str] = {}
        #: How everybody was shown first: what a slow colleague still has open.
        self.shown: dict[str, PortalUser] = {}

    @initialize()
    def begin(self) -> None:
        """
        Fill the office.
        """
        for name, level in zip(NAMES, LEVELS, strict=True):
            user = person(name, level)
            self.office.add(user)
            self.shown[name] = user
            self.model[name] = Model(
                address=user.winbooks_id.address,
                level=level,
                dossiers={"1001"},
                roles=set(user.roles),
            )

    # Who does what

    def user(self, name: str) -> PortalUser:
        """
        Return someone as they are stored.
        """
        return self.office.stored(self.shown[name]) or self.shown[name]

    def actor(self, name: str) -> Actor:
        """
        Return who asks.
        """
        return Distributor("WB-1") if name == DISTRIBUTOR else self.user(name)

    def may(self, by: str, name: str, *, after: set[str]) -> bool:
        """
        Tell whether *by* may change *name*, who can open *after* afterwards.
        """
        if name not in self.model or (by != DISTRIBUTOR and by not in self.model):
            return False
        if by == DISTRIBUTOR:
            return True
        actor, target = self.model[by], self.model[name]
        if not actor.active or actor.level is Level.USER:
            return False
        if actor.level is Level.ADMINISTRATOR:
            return True
        within = target.dossiers | after <= actor.dossiers
        return target.level is Level.USER and within

    def keeps_an_administrator(self, name: str) -> bool:
        """
        Tell whether there is an active Administrator besides *name*.
        """
        return any(
            each.active and each.level is Level.ADMINISTRATOR
            for other, each in self.model.items()
            if other != name
        )

    def is_last(self, name: str) -> bool:
        """
        Tell whether *name* is the last active Administrator.
        """
        found = self.model.get(name)
        is_one = found and found.active and found.level is Level.ADMINISTRATOR
        return bool(is_one) and not self.keeps_an_administrator(name)

    def take(
        self,
        name: str,
        *,
        by: str,
        allowed: bool,
        step: Callable[[PortalUser, Actor], object],
        change: Callable[[Model], bool],
        after: set[str] | None = None,
    ) -> None:
        """
        Take a step, which has to succeed exactly if the model allows it.
        """
        found = self.model.get(name)
        expected = allowed and self.may(
            by, name, after=after if after is not None else set()
        )
        try:
            step(self.user(name), self.actor(by))
        except (Refused, InvalidFields):
            assert not expected
        else:
            assert expected
            assert found is not None
            if change(found):
                found.version += 1

    # The steps

    @rule(name=names, by=actors)
    def activate(self, name: str, by: str) -> None:
        """
        Only the inactive are activated.
        """

        def change(found: Model) -> bool:
            found.active = True
            return True

        found = self.model.get(name)
        self.take(
            name,
            by=by,
            allowed=found is not None and not found.active,
            step=lambda user, actor: self.office.portal.administration.activate(
                user, by=actor
            ),
            change=change,
        )

    @rule(name=names, by=actors)
    def deactivate(self, name: str, by: str) -> None:
        """
        Only the active are deactivated, and not the last Administrator.
        """

        def change(found: Model) -> bool:
            found.active = False
            return True

        found = self.model.get(name)
        self.take(
            name,
            by=by,
            allowed=found is not None and found.active and not self.is_last(name),
            step=lambda user, actor: self.office.portal.administration.deactivate(
                user, by=actor
            ),
            change=change,
        )

    @rule(name=names, by=actors, level=st.sampled_from(Level))
    def change_level(self, name: str, by: str, level: Level) -> None:
        """
        Staff stay staff, and the last Administrator stays one.
        """

        def change(found: Model) -> bool:
            changed = found.level is not level
            found.level = level
            return changed

        found = self.model.get(name)
        fits = found is not None and found.level.is_staff == level.is_staff
        stays = level is Level.ADMINISTRATOR or not self.is_last(name)
        self.take(
            name,
            by=by,
            allowed=fits and stays,
            step=lambda user, actor: self.office.portal.administration.change_level(
                user, level, by=actor
            ),
            change=change,
        )

    @rule(name=names, by=actors, given=dossiers)
    def grant(self, name: str, by: str, given: set[str]) -> None:
        """
        What is given comes on top.
        """

        def change(found: Model) -> bool:
            changed = not given <= found.dossiers
            found.dossiers |= given
            return changed

        self.take(
            name,
            by=by,
            allowed=True,
            after=given,
            step=lambda user, actor: self.office.portal.administration.grant_dossiers(
                user, given, by=actor
            ),
            change=change,
        )

    @rule(name=names, by=actors, taken=dossiers)
    def revoke(self, name: str, by: str, taken: set[str]) -> None:
        """
        An end customer keeps one.
        """

        def change(found: Model) -> bool:
            changed = bool(found.dossiers & taken)
            found.dossiers -= taken
            return changed

        found = self.model.get(name)
        self.take(
            name,
            by=by,
            allowed=found is not None
            and (found.level.is_staff or bool(found.dossiers - taken)),
            step=lambda user, actor: self.office.portal.administration.revoke_dossiers(
                user, taken, by=actor
            ),
            change=change,
        )

    @rule(name=names, by=actors, ticked=st.booleans())
    def notify(self, name: str, by: str, *, ticked: bool) -> None:
        """
        The box is ticked or not.
        """

        def change(found: Model) -> bool:
            changed = found.notify != ticked
            found.notify = ticked
            return changed

        self.take(
            name,
            by=by,
            allowed=True,
            step=lambda user, actor: self.office.portal.administration.notify(
                user, all_dossiers=ticked, by=actor
            ),
            change=change,
        )

    @rule(name=names, by=actors)
    def reset_password(self, name: str, by: str) -> None:
        """
        The new one counts from now on.
        """

        def change(found: Model) -> bool:
            found.password = NEW
            return True

        self.take(
            name,
            by=by,
            # The own one is changed, with the current one.
            allowed=by != name,
            step=lambda user, actor: self.office.portal.logins.reset_password(
                user, NEW, by=actor
            ),
            change=change,
        )

    @rule(name=names, by=actors, address=addresses)
    def change_id(self, name: str, by: str, address: str) -> None:
        """
        A key that anyone holds, or left, is not given to another.
        """
        new = f"{address}@example.org"
        self.office.clock.advance(timedelta(seconds=1))

        def change(found: Model) -> bool:
            found.waiting = new
            self.left.pop(new.lower(), None)
            return True

        self.take(
            name,
            by=by,
            allowed=all(
                new.lower() not in each.keys
                for other, each in self.model.items()
                if other != name
            )
            and self.left.get(new.lower(), name) == name,
            step=lambda user, actor: self.office.portal.logins.change_id(
                user, WinBooksId(new), by=actor
            ),
            change=change,
        )

    @rule(name=names)
    def confirm_id(self, name: str) -> None:
        """
        Whoever reads the mail at the new address confirms it.
        """
        found = self.model.get(name)
        if found is None or found.waiting is None:
            return
        self.office.portal.own_login.confirm_id(self.office.token_to(found.waiting))
        if found.address.lower() != found.waiting.lower():
            self.left[found.address.lower()] = name
        found.address, found.waiting = found.waiting, None
        found.version += 1

    @rule(name=names, by=actors)
    def withdraw_id(self, name: str, by: str) -> None:
        """
        Only what waits is withdrawn.
        """

        def change(found: Model) -> bool:
            found.waiting = None
            return True

        found = self.model.get(name)
        self.take(
            name,
            by=by,
            allowed=found is not None and found.waiting is not None,
            step=lambda user, actor: self.office.portal.logins.withdraw_id(
                user, by=actor
            ),
            change=change,
        )

    @precondition(lambda self: len(self.model) > 3)
    @rule(name=names, by=actors)
    def erase(self, name: str, by: str) -> None:
        """
        Whoever is erased is gone, and not the last Administrator.
        """
        expected = self.may(by, name, after=set()) and not self.is_last(name)
        try:
            self.office.portal.administration.erase(self.user(name), by=self.actor(by))
        except Refused:
            assert not expected
        else:
            assert expected
            self.left[self.model[name].address.lower()] = name
            del self.model[name]

    @rule(name=names)
    def save_late(self, name: str) -> None:
        """
        Who had the first version open overwrites nothing.
        """
        found = self.model.get(name)
        if found is None or found.version == 1:
            return
        with pytest.raises(OutOfDate):
            self.office.portal.administration.notify(
                self.shown[name], all_dossiers=True, by=Distributor("WB-1")
            )

    @rule(name=names, address=addresses)
    def take_a_held_key(self, name: str, address: str) -> None:
        """
        A key has one holder, whether it counts already or waits.
        """
        held = {key for each in self.model.values() for key in each.keys}
        new = f"{address}@example.org"
        if new.lower() not in held:
            return
        twin = attrs.evolve(person(f"x{name}", Level.USER), winbooks_id=WinBooksId(new))
        with pytest.raises(DuplicateWinBooksId):
            self.office.add(twin)

    # What always holds

    @invariant()
    def everybody_is_as_in_the_model(self) -> None:
        """
        No update is lost, and none came from nowhere.
        """
        for name, shown in self.shown.items():
            stored = self.office.stored(shown)
            assert self.model.get(name) == _as_model(stored, self.model.get(name))

    @invariant()
    def an_administrator_is_there(self) -> None:
        """
        The licence can always be managed.
        """
        assert not self.model or self.keeps_an_administrator("")

    @invariant()
    def the_history_has_no_gaps(self) -> None:
        """
        One event for each version, and nothing but the key of who is erased.
        """
        for name, shown in self.shown.items():
            events = self.office.history(shown)
            last = self.model[name].version if name in self.model else len(events)
            assert list(range(1, last + 1)) == [event.version for event in events]
            if name not in self.model:
                assert not any(event.changes for event in events)

    @rule(name=names)
    def sign_in(self, name: str) -> None:
        """
        The present ID and password open, for the active alone.
        """
        found = self.model.get(name)
        if found is None:
            return
        try:
            self.office.portal.sign_in.verify(WinBooksId(found.address), found.password)
        except SignInRefused:
            assert not found.active
        except PasswordChangeRequired:
            # Another person made or reset it.
            assert found.active
        else:
            assert found.active


def _as_model(stored: PortalUser | None, model: Model | None) -> Model | None:
    if stored is None or model is None:
        return None
    waiting = stored.id_change
    return Model(
        address=stored.winbooks_id.address,
        level=stored.level,
        dossiers=set(stored.dossiers),
        roles=set(stored.roles),
        active=stored.is_active,
        notify=stored.notify_all_dossiers,
        waiting=None if waiting is None else waiting.winbooks_id.address,
        password=model.password,
        version=stored.version,
    )


class TestLives(Lives.TestCase):  # type: ignore[misc,valid-type]  # Made by Hypothesis.
    """
    Whatever happens in whatever order.  [R2, R3, R28, R29, R30, Q12, Q13, Q14]
    """

    settings = settings(max_examples=50, stateful_step_count=30)
