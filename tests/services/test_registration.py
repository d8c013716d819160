"""
A licence is registered once.
"""

import pytest

from winbooks_identity.language import Language
from winbooks_identity.licence import Product
from winbooks_identity.refusals import LicenceDiffers
from winbooks_identity.services.registration import additions
from winbooks_identity.testing import samples


class TestAdditions:
    """
    What is registered stays; only what is new is added.  [R32]
    """

    def test_everything_is_new(self) -> None:
        """
        A new licence brings all its dossiers, each once.
        """
        first, second = samples.dossier("D1"), samples.dossier("D2")

        added = additions(
            samples.licence(), [first, second, first], stored=None, stored_dossiers={}
        )

        assert [first, second] == list(added)

    def test_a_known_dossier_is_not_added(self) -> None:
        """
        Only those that were not there are new.
        """
        first, second = samples.dossier("D1"), samples.dossier("D2")

        added = additions(
            samples.licence(),
            [first, second],
            stored=samples.licence(),
            stored_dossiers={"D1": first},
        )

        assert [second] == list(added)

    def test_every_difference_is_named(self) -> None:
        """
        A caller learns at once what is registered differently.
        """
        other = samples.licence(
            product=Product.ON_WEB, holder="Bureau Hopper", language=Language.FRENCH
        )

        with pytest.raises(LicenceDiffers) as caught:
            additions(
                other,
                [samples.dossier(name="Bakkerij Maes")],
                stored=samples.licence(),
                stored_dossiers={"D1": samples.dossier()},
            )

        assert ("product", "holder", "language", "dossiers") == caught.value.fields

    def test_a_dossier_that_contradicts_itself(self) -> None:
        """
        Two names for one number are refused, though neither is stored.
        """
        twice = [samples.dossier(), samples.dossier(name="Bakkerij Maes")]

        with pytest.raises(LicenceDiffers) as caught:
            additions(samples.licence(), twice, stored=None, stored_dossiers={})

        assert ("dossiers",) == caught.value.fields
