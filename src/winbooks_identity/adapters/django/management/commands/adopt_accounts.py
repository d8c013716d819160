"""
Which accounts of the project become users of the Portal?
"""

from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from typing import Any, Final, final

from django.core.management.base import BaseCommand, CommandError
from django.utils.module_loading import import_string

from .....authorization import Distributor
from .....errors import Invalid, Refused, Unavailable
from .....level import Level
from .....problems import Problem
from ....terminal import without_controls
from ...adoption import Candidate, adopt, candidates, form_of
from ...messages import active_language, own_words
from ...wiring import portal


#: A password is hashed for each, so a run takes minutes; after so many it says so.
TOLD_EVERY: Final = 100


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
                chosen = _portion(found, said["limit"])
                found = [*self._adopted_in_turn(chosen, by, said)]
        except (Invalid, Refused) as refused:
            raise CommandError(" ".join(map(_said, refused.problems))) from refused
        except (Unavailable, ImportError) as error:
            raise CommandError(str(error)) from error
        self._report(found, is_applied=said["apply"])

    def _adopted_in_turn(
        self, chosen: Sequence[Candidate], by: Distributor, said: dict[str, Any]
    ) -> Iterator[Candidate]:
        for number, each in enumerate(chosen, start=1):
            yield self._adopted(each, by, said)
            if number % TOLD_EVERY == 0:
                self.stderr.write(f"{number} of {len(chosen)}")

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
                    about = f"{each.account.pk:>8}  {each.address}  {field}"
                    line = f"{about}: {_said(problem)}"
                    self.stdout.write(without_controls(line))
        fate = "were adopted" if is_applied else "can be adopted"
        self.stdout.write(f"{len(found) - len(refused)} accounts {fate}")
        if refused:
            raise CommandError(f"{len(refused)} accounts need a decision")


def _said(problem: Problem) -> str:
    return problem.message(active_language(), translator=own_words())


def _portion(found: Sequence[Candidate], limit: int | None) -> Sequence[Candidate]:
    """
    Return those that need a decision, and up to *limit* of the others.
    """
    good = [each for each in found if not each.problems]
    return [each for each in found if each.problems] + good[:limit]
