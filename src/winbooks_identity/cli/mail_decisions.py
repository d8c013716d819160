"""
What happens to the mails that did not go out?
"""

from collections.abc import Sequence

from rich.text import Text

from ..mail.outbox import OutboxEntry
from ..services.mails import HELD
from .answer import Answer
from .exit_code import ExitCode
from .mail import in_json
from .mail_choice import Choice, Ids, MailPlace, Mails
from .opening import opened
from .options import Database, DryRun, KeyFile, OnScreen
from .screen import Screen


__all__ = ["discard", "hold", "retry"]


def retry(
    ids: Ids = None,
    /,
    *,
    place: MailPlace,
    choice: Choice | None = None,
    dry_run: DryRun = False,
    screen: OnScreen,
) -> Answer:
    """
    Let mails that wait for another try, or were given up, be tried at once.
    """
    with opened(place.database, key_file=place.key_file) as portal:
        mails = Mails.seen_by(place.acting_as, portal)
        wanted = choice or Choice()
        chosen = mails.chosen(ids, wanted)
        if wanted.everything:
            # After a restore, people decide about those that are held back.
            chosen = [entry for entry in chosen if entry.reason != HELD]
        kept = mails.may_put_back(chosen)
        done = kept if dry_run else mails.put_back(kept)
        verb = "would_retry" if dry_run else "retry"
        return _done(mails, screen, verb, chosen=chosen, done=done)


def discard(
    ids: Ids = None,
    /,
    *,
    place: MailPlace,
    choice: Choice | None = None,
    dry_run: DryRun = False,
    screen: OnScreen,
) -> Answer:
    """
    Withdraw mails that wait or were given up; they are never sent.
    """
    with opened(place.database, key_file=place.key_file) as portal:
        mails = Mails.seen_by(place.acting_as, portal)
        chosen = mails.chosen(ids, choice or Choice())
        done = mails.may_discard(chosen) if dry_run else mails.discard(chosen)
        verb = "would_discard" if dry_run else "discard"
        return _done(mails, screen, verb, chosen=chosen, done=done)


def hold(
    *,
    database: Database,
    key_file: KeyFile = None,
    dry_run: DryRun = False,
    screen: OnScreen,
) -> Answer:
    """
    Stop every mail that waits, as after a restore.
    """
    with opened(database, key_file=key_file) as portal:
        waiting = portal.outbox.statistics().waiting
        number = waiting if dry_run else portal.mails.hold()
    verb = "would_hold" if dry_run else "hold"
    return Answer(
        document={"held": number},
        results=(Text(screen.text(f"cli.mail.{verb}", number=number)),),
    )


def _done(
    mails: Mails,
    screen: Screen,
    verb: str,
    *,
    chosen: Sequence[OutboxEntry],
    done: Sequence[OutboxEntry],
) -> Answer:
    are_done = {entry.mail_id for entry in done}
    left = [entry for entry in chosen if entry.mail_id not in are_done]
    words = [Text(screen.text(f"cli.mail.{verb}", number=len(done)))]
    if left:
        code = "cli.mail.left" if mails.by is None else "cli.mail.left_to_others"
        words.append(Text(screen.text(code, number=len(left)), "yellow"))
    return Answer(
        code=ExitCode.REFUSED if left else ExitCode.DONE,
        document={
            "done": in_json(mails.portal, done, screen),
            "left": in_json(mails.portal, left, screen),
        },
        results=tuple(words),
    )
