"""
What does a place in a product hold?
"""

from datetime import timedelta

from ...ports import Storage, UnitOfWork
from ...product_links import LinkedProduct, ProductLink
from .. import samples
from .suite import StorageSuite, in_threads, needs_threads


__all__ = ["Linking"]

CLASSIC = LinkedProduct.CLASSIC


class Linking(StorageSuite):
    """
    A place in a product holds one WinBooks ID, the last.  [R7, R9]
    """

    def test_a_link_comes_back_as_it_was(self, storage: Storage) -> None:
        """
        It is found by its place, with every field.
        """
        link = samples.link(product=CLASSIC, windows_user="KANTOOR\\ada")

        _put(storage, link)

        assert link == _find(storage, link)

    def test_a_place_holds_the_last(self, storage: Storage) -> None:
        """
        A Windows user has one WinBooks ID, whatever it was before.  [R9]
        """
        first = samples.link("ada", product=CLASSIC, windows_user="front desk")
        last = samples.link(
            "grace",
            product=CLASSIC,
            windows_user="front desk",
            linked_at=samples.NOW + timedelta(microseconds=1),
        )

        _put(storage, first, last)

        assert last == _find(storage, first)
        assert [] == _of_user(storage, "ada")

    def test_places_are_apart(self, storage: Storage) -> None:
        """
        Another licence, product or Windows user is another place.
        """
        link = samples.link(product=CLASSIC, windows_user="front desk")
        others = [
            samples.link(product=CLASSIC, windows_user="back office"),
            samples.link(product=CLASSIC, licence="4712", windows_user="front desk"),
            samples.link(product=LinkedProduct.VIEW),
        ]

        _put(storage, *others)

        assert None is _find(storage, link)

    def test_links_of_a_user_come_in_order(self, storage: Storage) -> None:
        """
        By product, then by place.
        """
        links = [
            samples.link(product=LinkedProduct.CONNECT),
            samples.link(product=LinkedProduct.VIEW),
            samples.link(product=CLASSIC, windows_user="Back"),
            samples.link(product=CLASSIC, windows_user="front"),
        ]

        _put(storage, samples.link("grace"), *reversed(links))

        assert links == _of_user(storage, "ada")

    def test_a_place_is_emptied(self, storage: Storage) -> None:
        """
        Removing leaves nothing there, and does no harm twice.
        """
        link = samples.link()
        _put(storage, link)

        for _ in range(2):
            storage.run(lambda unit: unit.product_links.remove(link))

        assert None is _find(storage, link)

    @needs_threads
    def test_many_take_one_place(self, storage: Storage) -> None:
        """
        Of those who come at one time, one has it, and none fails.
        """
        in_threads(
            lambda number: _put(
                storage,
                samples.link(f"ada{number}", product=CLASSIC, windows_user="desk"),
            )
        )

        holders = [_of_user(storage, f"ada{number}") for number in range(8)]
        assert 1 == sum(map(len, holders))


def _put(storage: Storage, *links: ProductLink) -> None:
    def work(unit: UnitOfWork) -> None:
        for link in links:
            unit.product_links.put(link)

    storage.run(work)


def _find(storage: Storage, link: ProductLink) -> ProductLink | None:
    return storage.run(
        lambda unit: unit.product_links.find(link.licence, link.product, link.place)
    )


def _of_user(storage: Storage, name: str) -> list[ProductLink]:
    user_id = samples.identifier(name)
    return list(storage.run(lambda unit: unit.product_links.of_user(user_id)))
