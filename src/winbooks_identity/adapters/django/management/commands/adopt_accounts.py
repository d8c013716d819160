"""
Which accounts of the project become users of the Portal?
"""

from argparse import ArgumentParser
from collections.abc import Sequence
from typing import Any, final

from django.core.management.base import BaseCommand, CommandError
from django.utils.module_loading import import_string

from .....authorization import Distributor
from .....errors import IdentityError, Invalid
from .....level import Level
from ...adoption import Candidate, adopt, candidates, form_of
from ...messages import active_language, own_words
from ...wiring import portal


@final
class Command(BaseCommand):
    """
    Reports, and adopts where that is asked for.
    """

    help = "Make your accounts users of the Portal; without --apply it only reports."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """
        Ask for the licence; everything else has a default.
        """
        parser.add_argument("--licence", required=True, help="the number of theirs")
        parser.add_argument("--level", default="Power User", help="what they become")
        parser.add_argument("--form", help="the path of a function: account to form")
        parser.add_argument("--operator", help="your name, for the history")
        parser.add_argument("--apply", action="store_true", help="adopt them")
        parser.add_argument("--limit", type=int, help="adopt so many at the most")
        parser.add_argument(
            "--send-links",
            action="store_true",
            help="mail each of them a link to choose a password",
        )
        parser.add_argument(
            "--keep-passwords",
            action="store_true",
            help="let the passwords of your accounts open them as well",
        )

    def handle(self, **said: Any) -> None:
        """
        Write a line for each account that needs a decision, and how many there are.

        Raises:
            CommandError: some need one, or nothing could be done.
        """
        try:
            by = Distributor(said["licence"], operator=said["operator"])
            make_form = import_string(said["form"]) if said["form"] else form_of
            level = Level.parse(said["level"])
            found = candidates(by=by, level=level, make_form=make_form)
            if said["apply"]:
                found = [
                    self._adopted(each, by, said)
                    for each in _portion(found, said["limit"])
                ]
        except (IdentityError, Invalid, ImportError) as error:
            raise CommandError(str(error)) from error
        self._report(found, is_applied=said["apply"])

    def _adopted(
        self, candidate: Candidate, by: Distributor, said: dict[str, Any]
    ) -> Candidate:
        if candidate.problems:
            return candidate
        adopted = adopt(candidate, by=by, keep_password=said["keep_passwords"])
        if candidate.new is not None and said["send_links"] and not adopted.problems:
            user = portal().provisioning.find(candidate.new.winbooks_id, by=by)
            portal().logins.send_password_link(user, by=by)
        return adopted

    def _report(self, found: Sequence[Candidate], *, is_applied: bool) -> None:
        refused = [each for each in found if each.problems]
        for each in refused:
            for field, problems in each.problems.items():
                for problem in problems:
                    words = problem.message(active_language(), translator=own_words())
                    self.stdout.write(
                        f"{each.account.pk:>8}  {each.address}  {field}: {words}"
                    )
        fate = "were adopted" if is_applied else "can be adopted"
        self.stdout.write(f"{len(found) - len(refused)} accounts {fate}")
        if refused:
            raise CommandError(f"{len(refused)} accounts need a decision")


def _portion(found: Sequence[Candidate], limit: int | None) -> Sequence[Candidate]:
    """
    Return those that need a decision, and up to *limit* of the others.
    """
    good = [each for each in found if not each.problems]
    return [each for each in found if each.problems] + good[:limit]
