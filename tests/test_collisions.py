"""
Which users of an existing table would share a WinBooks ID, or seem to.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winbooks_identity.collisions import (
    Account,
    Collision,
    Likeness,
    find_collisions,
    skeleton,
)


def found(*addresses: str) -> list[tuple[Likeness, set[str]]]:
    """
    Return the collisions among *addresses*, which are their own identifiers.
    """
    rows = ((address, address) for address in addresses)
    return [
        (collision.likeness, {account.address for account in collision.accounts})
        for collision in find_collisions(rows)
    ]


class TestTwins:
    """
    Spellings of one WinBooks ID are sure twins.  [R4]
    """

    @pytest.mark.parametrize(
        "first,second",
        [
            ("ada@example.org", "Ada@Example.ORG"),
            ("ada@example.org", " ada@example.org\t"),
            ("ada@bücher.example.org", "ada@xn--bcher-kva.example.org"),
            ("no address", "No Address"),
        ],
        ids=["capitals", "blanks", "written domain", "no address"],
    )
    def test_one_key(self, first: str, second: str) -> None:
        """
        In the table they are two rows, on the Portal there is room for one.
        """
        assert [(Likeness.TWINS, {first, second})] == found(first, second)

    def test_the_same_address_twice(self) -> None:
        """
        The identifiers tell the rows apart.
        """
        [collision] = find_collisions(
            [("1", "ada@example.org"), ("2", "ada@example.org")]
        )

        assert (
            Account("1", "ada@example.org"),
            Account("2", "ada@example.org"),
        ) == collision.accounts

    def test_rows_without_an_address(self) -> None:
        """
        They have no WinBooks ID that they could share.
        """
        assert [] == [*find_collisions([("1", ""), ("2", " "), ("3", "")])]

    def test_nobody_collides(self) -> None:
        """
        Different people are not reported.
        """
        assert [] == found("ada@example.org", "grace@example.org", "ada@example.com")


class TestLookAlikes:
    """
    What looks the same is reported and stays different.  [R4]
    """

    @pytest.mark.parametrize(
        "first,second",
        [
            ("mike@example.org", "rnike@example.org"),
            ("will@example.org", "wi11@example.org"),
            ("ian@example.org", "lan@example.org"),
            ("bob@example.org", "b0b@example.org"),
            ("wim@example.org", "vvim@example.org"),
            ("ada@gmail.com", "ada@gm\u0430il.com"),
            ("ada@gmail.com", "ada@gma\u0131l.com"),
            ("ada@paypal.com", "ada@xn--pypal-4ve.com"),
            ("ada@volvo.com", "ada@\u03bdolvo.com"),
        ],
    )
    def test_pairs(self, first: str, second: str) -> None:
        """
        Within ASCII, and with Cyrillic and Greek letters in the domain.
        """
        assert [(Likeness.LOOK_ALIKES, {first, second})] == found(first, second)

    @pytest.mark.parametrize(
        "first,second",
        [
            ("ada@example.org", "adà@example.org"),
            ("ada@example.org", "eda@example.org"),
            ("nils@example.org", "mils@example.org"),
        ],
    )
    def test_what_does_not_look_alike(self, first: str, second: str) -> None:
        """
        An accent or another letter can be seen.
        """
        assert [] == found(first, second)

    def test_a_domain_that_only_claims_to_be_international(self) -> None:
        """
        It is looked at as it stands.
        """
        assert "ada@xn--o.org" == skeleton("ada@xn--0.org")


class TestVariants:
    """
    Dots and tags make other WinBooks IDs, and often one mailbox.  [R4]
    """

    @pytest.mark.parametrize(
        "first,second",
        [
            ("ada.lovelace@example.org", "adalovelace@example.org"),
            ("ada+books@example.org", "ada@example.org"),
            ("rnike+x@example.org", "m.ike@example.org"),
            ("ada@gmail.com", "ada@googlemail.com"),
            ("ada.lovelace@googlemail.com", "AdaLovelace@gmail.com"),
        ],
    )
    def test_pairs(self, first: str, second: str) -> None:
        """
        They are reported last, as the least sure.
        """
        assert [(Likeness.VARIANTS, {first, second})] == found(first, second)

    def test_a_plus_sign_in_front_is_no_tag(self) -> None:
        """
        Otherwise nothing would be left of the name.
        """
        assert [] == found("+ada@example.org", "+bob@example.org")


class TestReport:
    """
    A report is short, and says which account we would keep.
    """

    def test_each_level_carries_its_survivors_up(self) -> None:
        """
        Twins stand for one in the groups that are less sure.
        """
        assert [
            (Likeness.TWINS, {"mike@example.org", "Mike@example.org"}),
            (Likeness.LOOK_ALIKES, {"mike@example.org", "rnike@example.org"}),
            (Likeness.VARIANTS, {"mike@example.org", "m.ike@example.org"}),
        ] == found(
            "mike@example.org",
            "Mike@example.org",
            "rnike@example.org",
            "m.ike@example.org",
        )

    @pytest.mark.parametrize(
        "addresses,survivor",
        [
            (["Ada@example.org", "ada@example.org"], "Ada@example.org"),
            ([" ada@example.org", "ada@example.org"], "ada@example.org"),
            (["ada+x@example.org", "ada@example.org"], "ada@example.org"),
            (["ada@example.org", "ada+x@example.org"], "ada@example.org"),
        ],
        ids=["the first", "the usable", "the one without tag", "also if first"],
    )
    def test_survivor(self, addresses: list[str], survivor: str) -> None:
        """
        Usable first, then without tag, then the first in the table.
        """
        collision = Collision(
            likeness=Likeness.TWINS,
            accounts=tuple(Account("1", address) for address in addresses),
        )

        assert survivor == collision.survivor.address

    def test_nobody_is_written_into_a_log(self) -> None:
        """
        An account says what it is called in the table, and nothing else.
        """
        assert "Account(identifier='7')" == repr(Account("7", "ada@example.org"))

    def test_identifiers_are_whatever_the_table_has(self) -> None:
        """
        Lines, colons and nothing at all come back as they were.
        """
        [collision] = find_collisions(
            [("1:\n2", "ada@example.org"), ("", "Ada@example.org")]
        )

        assert ["1:\n2", ""] == [each.identifier for each in collision.accounts]

    def test_rows_are_gone_through_once(self) -> None:
        """
        A cursor can be handed over as it is.
        """
        rows = iter([("1", "ada@example.org"), ("2", "ADA@example.org")])

        assert 1 == len(list(find_collisions(rows)))


class TestLaws:
    """
    What holds for every table.
    """

    ADDRESSES = st.builds(
        "{}@{}.be".format,
        st.text("rnmil10.+", min_size=1, max_size=6),
        st.sampled_from(["kantoor", "kant00r", "k\u0430ntoor"]),
    )

    @given(addresses=st.lists(ADDRESSES, unique=True, max_size=12))
    def test_same_key_means_twins(self, addresses: list[str]) -> None:
        """
        Every address beside its capitals is reported as twins.
        """
        rows = [
            (spelling, spelling)
            for address in addresses
            for spelling in (address, address.upper())
        ]
        pairs = {(address, address.upper()) for address in addresses}

        twins = {
            tuple(account.address for account in collision.accounts)
            for collision in find_collisions(rows)
            if collision.likeness is Likeness.TWINS
        }

        assert pairs == twins
