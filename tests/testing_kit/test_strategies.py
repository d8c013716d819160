"""
What the strategies draw is what they say, under any policy.
"""

import unicodedata
from collections.abc import Callable, Mapping
from functools import partial
from typing import TypeVar

import attrs
import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st

from winbooks_identity.dossier import Dossier
from winbooks_identity.errors import InvalidFields
from winbooks_identity.forms.new_user import NewEmployee, NewEndCustomer
from winbooks_identity.level import Level
from winbooks_identity.licence import Licence, Product
from winbooks_identity.passwords import PasswordPolicy
from winbooks_identity.passwords.canonical import kind_of
from winbooks_identity.passwords.named import RECOMMENDED
from winbooks_identity.portal_user import PortalUser
from winbooks_identity.role import END_CUSTOMER_ROLES, STAFF_ROLES
from winbooks_identity.testing.strategies import (
    NearMiss,
    SubmittedForm,
    dossiers,
    human_passwords,
    licences,
    lookalike_pairs,
    near_misses,
    new_employees,
    new_end_customers,
    password_policies,
    passwords,
    portal_users,
    provisioning_forms,
    same_id_pairs,
    spellings,
    winbooks_ids,
)
from winbooks_identity.testing.strategies.recipes import Recipe
from winbooks_identity.winbooks_id import WinBooksId


#: Thousands of forms and passwords are drawn.
pytestmark = pytest.mark.slow

#: What no other test draws.
MEASURED = pytest.mark.slow(is_measured=True)

#: Each example makes policies and walks through their machines.
over_random_policies = settings(
    deadline=None,
    max_examples=25,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

EVERY_RULE = PasswordPolicy(
    min_length=9,
    max_length=64,
    min_kinds=2,
    min_lower=1,
    min_upper=1,
    min_digits=1,
    min_special=1,
    max_lower=6,
    max_upper=6,
    max_digits=6,
    max_special=6,
    forbidden_characters="é",
    forbidden_words=("win",),
    denied=("Welkom-2026",),
    max_run=2,
)


T = TypeVar("T")


def first(strategy: st.SearchStrategy[T], wanted: Callable[[T], bool]) -> T:
    """
    Return the first *wanted* example of *strategy*, not shrunk: that takes long.
    """
    return find(
        strategy,
        wanted,
        settings=settings(
            database=None, max_examples=3_000, phases=[Phase.generate], deadline=None
        ),
    )


def reached(strategy: st.SearchStrategy[NearMiss], code: str) -> bool:
    """
    Tell whether *strategy* draws a near miss of the rule with *code*.
    """
    return first(strategy, lambda miss: miss.code == code).code == code


class TestWinBooksIds:
    """
    Spellings of one WinBooks ID, and different ones that look alike.  [R1, R4]
    """

    @given(winbooks_ids().flatmap(lambda one: st.tuples(st.just(one), spellings(one))))
    def test_a_spelling_is_the_same_id(self, drawn: tuple[WinBooksId, str]) -> None:
        """
        Whatever the case, width, accents and labels.
        """
        winbooks_id, spelling = drawn

        assert winbooks_id == WinBooksId.parse(spelling)

    @given(same_id_pairs())
    def test_two_texts_of_one_id(self, pair: tuple[str, str]) -> None:
        """
        The texts differ and the ID does not.
        """
        one, other = pair

        assert one != other
        assert WinBooksId.parse(one) == WinBooksId.parse(other)

    @MEASURED
    @given(lookalike_pairs())
    def test_two_ids_that_look_alike(self, pair: tuple[str, str]) -> None:
        """
        Both are accepted and they are not the same.
        """
        one, other = pair

        assert WinBooksId.parse(one) != WinBooksId.parse(other)

    @pytest.mark.parametrize(
        "sort",
        [
            lambda text: "xn--" in text.lower(),
            lambda text: "\uff41" <= text[-1] <= "\uff5a",
            lambda text: not unicodedata.is_normalized("NFC", text),
            lambda text: "\u3002" in text,
            lambda text: text[0].isupper(),
            lambda text: "ü" in text,
        ],
        ids=["A-label", "full width", "NFD", "dot", "case", "U-label"],
    )
    def test_every_sort_of_spelling_is_drawn(self, sort: Callable[[str], bool]) -> None:
        """
        None of the ways to type an address is left out.
        """
        typed = same_id_pairs().map(lambda pair: pair[0])

        assert first(typed, sort)

    @given(winbooks_ids())
    def test_nobody_can_be_reached(self, winbooks_id: WinBooksId) -> None:
        """
        Domains are those that RFC 2606 keeps out of use.
        """
        labels = winbooks_id.key.rpartition("@")[2].split(".")

        assert "example" in labels[-2:]


class TestPasswords:
    """
    Texts that a policy accepts.  [R11, R12]
    """

    @over_random_policies
    @given(st.data(), password_policies())
    def test_accepted_under_any_policy(
        self, data: st.DataObject, policy: PasswordPolicy
    ) -> None:
        """
        Nothing that is drawn is refused.
        """
        text = data.draw(passwords(policy))

        assert () == policy.check(text)

    @given(passwords())
    def test_the_portals_policy_is_the_default(self, text: str) -> None:
        """
        Without a policy it is twelve characters of three kinds.
        """
        assert () == PasswordPolicy().check(text)

    @pytest.mark.parametrize("length", [12, 23, 128])
    def test_the_limits_are_drawn(self, length: int) -> None:
        """
        The shortest and the longest passwords are among them.
        """
        composed = passwords().map(partial(unicodedata.normalize, "NFC"))

        assert first(composed, lambda text: len(text) == length)

    @pytest.mark.parametrize("kinds", [3, 4])
    def test_every_number_of_kinds_is_drawn(self, kinds: int) -> None:
        """
        As few kinds as possible, and all of them.
        """
        found = first(
            passwords(),
            lambda text: len({kind_of(one) for one in text} - {None}) == kinds,
        )

        assert () == PasswordPolicy(min_kinds=kinds).check(found)

    def test_other_ways_to_type_are_drawn(self) -> None:
        """
        Accents can stand apart from their letters.
        """
        found = first(
            passwords(),
            lambda text: not unicodedata.is_normalized("NFC", text),
        )

        assert () == PasswordPolicy().check(found)

    @settings(deadline=None, max_examples=10)
    @given(passwords(RECOMMENDED))
    def test_rules_about_guessing_are_kept(self, text: str) -> None:
        """
        What an estimate refuses is not drawn; a look-up would need a network.
        """
        assert () == attrs.evolve(RECOMMENDED, breach_check="off").check(text)

    def test_a_policy_with_one_password(self) -> None:
        """
        Nothing is drawn and thrown away, so the only one is found.
        """
        policy = PasswordPolicy(
            min_length=2,
            min_kinds=1,
            allowed_characters="ab",
            max_lower=2,
            max_run=1,
            denied=("ba",),
        )

        assert "ab" == first(passwords(policy), bool)


class TestNearMisses:
    """
    Texts that break one rule, and say which.  [R13]
    """

    @over_random_policies
    @given(st.data(), password_policies())
    def test_exactly_the_named_rule_is_broken(
        self, data: st.DataObject, policy: PasswordPolicy
    ) -> None:
        """
        Under any policy the check finds the rule that the miss names, alone.
        """
        miss = data.draw(near_misses(policy))

        assert [miss.code] == [problem.code for problem in policy.check(miss.text)]

    @settings(deadline=None, max_examples=10)
    @given(near_misses(RECOMMENDED))
    def test_rules_about_guessing_are_not_broken_too(self, miss: NearMiss) -> None:
        """
        A near miss of a strict policy breaks no second rule either.
        """
        offline = attrs.evolve(RECOMMENDED, breach_check="off")

        assert [miss.code] == [problem.code for problem in offline.check(miss.text)]

    @pytest.mark.parametrize(
        "code",
        [
            "password.too_short",
            "password.too_long",
            "password.too_few_kinds",
            "password.control_character",
            "password.unassigned_character",
            "password.not_unicode",
        ],
    )
    def test_every_rule_of_the_portal_is_missed(self, code: str) -> None:
        """
        None of its rules is left out.
        """
        assert reached(near_misses(), code)

    @MEASURED
    @pytest.mark.parametrize(
        "code",
        [
            "password.too_few_lower",
            "password.too_few_upper",
            "password.too_few_digits",
            "password.too_few_special",
            "password.too_many_lower",
            "password.too_many_upper",
            "password.too_many_digits",
            "password.too_many_special",
            "password.character_forbidden",
            "password.run_too_long",
            "password.forbidden_word",
            "password.denied",
        ],
    )
    def test_every_rule_of_a_strict_policy_is_missed(self, code: str) -> None:
        """
        A product's own rules have near misses too.
        """
        assert reached(near_misses(EVERY_RULE), code)

    @MEASURED
    def test_a_character_outside_the_allowed_ones(self) -> None:
        """
        With a closed list of characters, one from outside is the near miss.
        """
        policy = PasswordPolicy(allowed_characters="abcABC123")

        assert reached(near_misses(policy), "password.character_not_allowed")

    def test_the_text_is_at_the_limit(self) -> None:
        """
        Too short is one character too short.
        """
        miss = first(near_misses(), lambda miss: miss.code == "password.too_short")

        assert 11 == len(miss.text)


class TestHumanPasswords:
    """
    Passwords as people make them.
    """

    @pytest.mark.parametrize(
        "locale,word",
        [
            ("nl-BE", "Welkom"),
            ("nl-BE", "Augustus"),
            ("fr-BE", "Bonjour"),
            ("fr-BE", "Avril"),
        ],
    )
    def test_the_words_of_the_language(self, locale: str, word: str) -> None:
        """
        Months are those of the language; the keyboard is everybody's.
        """
        strategy = human_passwords("nl-BE" if locale == "nl-BE" else "fr-BE")

        found = first(strategy, lambda text: word in text)

        assert word in found

    @given(human_passwords())
    def test_a_word_comes_before_a_number(self, text: str) -> None:
        """
        There is a digit behind the first character.
        """
        assert any(map(str.isdigit, text[1:]))

    def test_some_follow_the_portals_rule(self) -> None:
        """
        The habits that a rule of kinds breeds are among them.
        """
        found = first(human_passwords(), lambda text: not PasswordPolicy().check(text))

        assert any(map(str.isupper, found))


class TestUsersAndForms:
    """
    Whom the form describes, and what arrives when it is sent.
    """

    @given(new_employees(dossiers=["D1", "D2"]))
    def test_staff_get_dossiers_of_the_office(self, new: NewEmployee) -> None:
        """
        Only the dossiers that were given, or none.  [R39]
        """
        assert new.dossiers <= {"D1", "D2"}
        assert new.level.is_staff

    @given(new_end_customers(dossiers=["D1"]))
    def test_end_customers_get_a_dossier(self, new: NewEndCustomer) -> None:
        """
        At least one.  [R38]
        """
        assert {"D1"} == new.dossiers
        assert Level.USER is new.level

    @given(licences(product=Product.ON_WEB))
    def test_licences_of_a_product(self, licence: Licence) -> None:
        """
        The product can be chosen.
        """
        assert Product.ON_WEB is licence.product

    @settings(deadline=None)
    @given(provisioning_forms())
    def test_a_form_has_the_problems_that_it_names(self, form: SubmittedForm) -> None:
        """
        No field has another problem, and none is missing.
        """
        found: Mapping[str, tuple[str, ...]] = {}
        try:
            form.kind.parse(form.fields, licence=form.licence)
        except InvalidFields as invalid:
            found = {
                name: tuple(problem.code for problem in problems)
                for name, problems in invalid.by_field.items()
            }

        assert {name: (code,) for name, code in form.broken.items()} == found

    @settings(deadline=None)
    @given(provisioning_forms(broken=False))
    def test_a_form_can_be_asked_for_without_problems(
        self, form: SubmittedForm
    ) -> None:
        """
        Then it describes someone.
        """
        new = form.kind.parse(form.fields, licence=form.licence)

        assert form.kind is type(new)

    @MEASURED
    @settings(deadline=None)
    @given(st.data(), licences())
    def test_a_form_can_be_asked_for_with_problems(
        self, data: st.DataObject, licence: Licence
    ) -> None:
        """
        Then at least one field is wrong, in the licence that was given.
        """
        form = data.draw(provisioning_forms(licence=licence, broken=True))

        assert licence == form.licence
        assert {} != form.broken


class TestRegistration:
    """
    The types of the library have their strategy.
    """

    @given(st.from_type(WinBooksId), st.from_type(PasswordPolicy))
    def test_types_resolve(
        self, winbooks_id: WinBooksId, policy: PasswordPolicy
    ) -> None:
        """
        What Hypothesis makes of an annotation is a value of the library.
        """
        assert winbooks_id == WinBooksId(winbooks_id.address)
        assert () == policy.check(policy.witness)


class TestStored:
    """
    What is stored is drawn too.
    """

    @given(portal_users())
    def test_a_user_is_as_he_was_created(self, user: PortalUser) -> None:
        """
        Nothing has happened to them yet, and their roles go with their level.  [R47, R48]
        """
        roles = STAFF_ROLES if user.is_staff else END_CUSTOMER_ROLES

        assert (1, True) == (user.version, user.roles <= roles)

    @given(dossiers())
    def test_a_dossier_is_one_that_can_be_registered(self, dossier: Dossier) -> None:
        """
        Its number and its name are read back as they are.  [R36]
        """
        raw = {"number": dossier.number, "name": dossier.name.text}

        assert dossier == Dossier.parse(raw)


@MEASURED
def test_a_strategy_is_written_down_in_few_words() -> None:
    """
    Hypothesis warns of texts of 30,000 characters, and does it while it explains.
    """
    texts = Recipe.of(PasswordPolicy(denied=("winbooks",), max_run=1)).texts()

    assert len(repr(texts)) < 10_000
