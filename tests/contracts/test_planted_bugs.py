"""
The contract suites name the bugs that are planted in copies of our adapters.
"""

import re
from importlib.resources import files

import pytest

from winbooks_identity.testing.contracts import StorageContract


pytest_plugins = ["pytester"]

#: Each is one change of the source of an adapter in memory: the name of the
#: test that has to fail, what stands there, and what a hurried author writes.
STORAGE_BUGS = {
    "accepts a twin": (
        "test_an_id_has_one_owner",
        "if not self._is_free_for(user.id, user.winbooks_id):",
        "if False:",
    ),
    "tells spellings apart": (
        "test_an_id_has_one_owner",
        "not self._is_free_for(user.id, user.winbooks_id):",
        "user.winbooks_id.address in [x.address for x in self._state.logins]:",
    ),
    "forgets to roll back": (
        "test_nothing_is_kept_of_work_that_raises",
        "draft = self._state.copy()",
        "draft = self._state",
    ),
    "renames what is not there": (
        "test_what_is_not_registered_is_not_renamed",
        "if unknown := self.unknown(number, named.keys()):",
        "if unknown := self.unknown(number, set()):",
    ),
    "forgets the dossiers that are not renamed": (
        "test_a_licence_and_its_dossiers_are_renamed",
        "self._state.dossiers[number] | named",
        "named",
    ),
    "lets a unit of work live on": (
        "test_a_unit_of_work_ends_with_its_run",
        "self._state = draft.copy()",
        "self._state = draft",
    ),
    "loses an update": (
        "test_an_old_version_is_refused",
        "if stored is None or stored.version != user.version:",
        "if stored is None:",
    ),
    "does not count the saves": (
        "test_a_user_is_saved_with_the_next_version",
        "version=user.version + 1",
        "version=user.version",
    ),
    "keeps an old ID": (
        "test_a_user_takes_a_new_id",
        "            del self._state.logins[login]\n",
        "            pass\n",
    ),
    "stops at the first of many who is refused": (
        "test_of_many_those_out_of_date_are_not_saved",
        "with suppress(OutOfDate, DuplicateWinBooksId):",
        "with suppress():",
    ),
    "lets an ID be taken": (
        "test_a_user_does_not_take_the_id_of_another",
        "if not self._is_free_for(user.id, login):",
        "if False:",
    ),
    "gives away what was left": (
        "test_an_id_that_was_left_is_held_back",
        "is_held = left is not None and left.user_id != user_id",
        "is_held = False",
    ),
    "never ends a reservation": (
        "test_a_reservation_ends",
        "if owner and left_ids.has_ended(",
        "if None and left_ids.has_ended(",
    ),
    "takes back what another user has": (
        "test_who_waited_leaves_the_new_owner_alone",
        "if self._state.logins.get(login) == user.id:",
        "if login in self._state.logins:",
    ),
    "forgets mails that wait": (
        "test_mails",
        "if done_at is not None and done_at < before:",
        "if done_at is None or done_at < before:",
    ),
    "forgets more than it may": (
        "test_small_steps",
        "islice(self._removals(kept, before), limit)",
        "islice(self._removals(kept, before), 1_000)",
    ),
    "forgets the last event of a user": (
        "test_history",
        "stays = last if user_id in self._state.users else 0",
        "stays = 0",
    ),
    "forgets requests": (
        "test_a_request_is_remembered_once",
        "self._state.requests[request.id] = request",
        "pass",
    ),
    "pages at random": (
        "test_users_of_a_licence_come_in_pages",
        "key=lambda user: user.id)",
        "key=lambda user: user.winbooks_id)",
    ),
    "outlines everyone as new": (
        "test_outlines_come_in_pages",
        "user.external_id, user.version)",
        "user.external_id, 1)",
    ),
    "counts the passwords of others": (
        "test_stamps_are_counted",
        "if licence in {None, stamp.licence})",
        ")",
    ),
    "writes where it reads": (
        "test_reading_work_does_not_write",
        "work(reads_only(_UnitOfWork(state)))",
        "work(_UnitOfWork(state))",
    ),
    "has no lock": (
        "test_of_many_one_gets_the_id",
        "with self._lock:\n            draft = self._state.copy()\n",
        "if draft := self._state.copy():\n            __import__('time').sleep(0.01)\n",
    ),
}

QUEUE_BUGS = {
    "mails before the commit": (
        "test_no_mail_goes_out_before_the_commit",
        "outbox=self.outbox.copy(),",
        "outbox=self.outbox,",
    ),
    "mails what was undone": (
        "test_no_mail_of_undone_work_waits",
        "outbox=self.outbox.copy(),",
        "outbox=self.outbox,",
    ),
    "has no lease token": (
        "test_a_lost_lease_changes_nothing",
        "and stored.lease == claimed.lease",
        "",
    ),
    "holds nothing": (
        "test_a_mail_has_one_holder",
        "taken = attrs.evolve(_changed(due, due_at=until), lease=self._new_id())",
        "taken = attrs.evolve(due, lease=self._new_id())",
    ),
    "keeps the lease of a mail that was given back": (
        "test_a_mail_that_was_given_back_is_held_by_nobody",
        "return attrs.evolve(_changed(held, **changes), lease=None)",
        "return _changed(held, **changes)",
    ),
    "does not touch": (
        "test_a_lease_is_prolonged",
        "_changed(held, due_at=until, attempts=claimed.attempts)",
        "_changed(held, attempts=claimed.attempts)",
    ),
    "sends twice": (
        "test_a_sent_mail_is_gone",
        "held.ended(MailState.SENT, now, None)",
        "held",
    ),
    "does not count": (
        "test_a_try_counts_when_it_begins",
        "_changed(held, due_at=until, attempts=claimed.attempts)",
        "_changed(held, due_at=until)",
    ),
    "counts what was not tried": (
        "test_a_mail_that_was_not_tried_counts_no_attempt",
        "_free(held, due_at=now)",
        "_free(held, due_at=now, attempts=claimed.attempts)",
    ),
    "buries nothing": (
        "test_a_buried_mail_is_a_dead_letter",
        "claimed, lambda held: held.ended(MailState.DEAD, now, reason)",
        "claimed, lambda held: held",
    ),
}

#: What an operator does, and what a step withdraws, is in no model of a queue.
OPERATOR_BUGS = {
    "erases what may be sent again": (
        "test_a_dead_mail_can_be_put_back",
        "mail = self.mail if state is MailState.DEAD else None",
        "mail = None",
    ),
    "keeps what is withdrawn": (
        "test_mails_of_a_kind_are_withdrawn",
        "mail = self.mail if state is MailState.DEAD else None",
        "mail = self.mail",
    ),
    "withdraws every kind": (
        "test_mails_of_a_kind_are_withdrawn",
        "entry.user_id in user_ids and entry.kind in kinds",
        "entry.user_id in user_ids",
    ),
    "withdraws the mails of all": (
        "test_mails_of_a_kind_are_withdrawn",
        "entry.user_id in user_ids and entry.kind in kinds",
        "entry.kind in kinds",
    ),
    "withdraws what was sent": (
        "test_a_mail_is_discarded_once",
        "return self.entry.state in {MailState.WAITING, MailState.DEAD}",
        "return True",
    ),
    "puts back what was sent": (
        "test_what_was_sent_stays_sent",
        "is_kept = entry.state is MailState.DEAD and entry.is_kept",
        "is_kept = True",
    ),
    "lets a relay send what was held": (
        "test_what_waits_can_be_held",
        "and stored.entry.state in among",
        "",
    ),
    "holds what was not restored": (
        "test_what_was_not_restored_goes_out",
        "        del now, reason\n        return 0\n",
        "        return self.hold(now, reason=reason)\n",
    ),
    "forgets who has a mail that is held": (
        "test_a_mail_that_goes_out_while_it_is_held_was_sent",
        "return attrs.evolve(stopped, lease=stored.lease)",
        "return stopped",
    ),
    "puts back what a relay has in hand": (
        "test_a_held_mail_is_not_put_back_while_a_relay_may_send_it",
        "is_kept and not is_in_hand and",
        "is_kept and",
    ),
    "takes a mail out of the hands of a relay": (
        "test_a_postponed_mail_can_be_tried_at_once",
        "is_free = _is_waiting(stored) and stored.lease is None",
        "is_free = _is_waiting(stored)",
    ),
    "remembers an old reason": (
        "test_what_was_sent_stays_sent",
        "held.ended(MailState.SENT, now, None)",
        "held.ended(MailState.SENT, now, held.entry.reason)",
    ),
    "goes on counting": (
        "test_a_dead_mail_can_be_put_back",
        "_wait(stored, due_at=now, attempts=0, reason=None)",
        "_wait(stored, due_at=now, reason=None)",
    ),
    "puts back what has expired": (
        "test_a_dead_mail_can_be_put_back",
        "return is_kept and not is_in_hand and entry.expires_at > now",
        "return is_kept and not is_in_hand",
    ),
    "revives what has expired": (
        "test_mails_of_one_reason_are_revived",
        "return is_kept and not is_in_hand and entry.expires_at > now",
        "return is_kept and not is_in_hand and entry.expires_at >= now",
    ),
    "revives whatever the reason": (
        "test_mails_of_one_reason_are_revived",
        "stored.can_go_out(now) and stored.entry.reason == reason",
        "stored.can_go_out(now)",
    ),
    "erases too early": (
        "test_the_content_of_a_dead_mail_ends_with_it",
        "stored.entry.expires_at < before",
        "stored.entry.expires_at <= before",
    ),
    "shows a mail on two pages": (
        "test_mails_are_listed_in_pages",
        "stored.entry.position < before.position",
        "stored.entry.position <= before.position",
    ),
    "lists the oldest first": (
        "test_mails_are_listed_in_pages",
        "found.sort(key=lambda entry: entry.position, reverse=True)",
        "found.sort(key=lambda entry: entry.position)",
    ),
}

MAILER_BUGS = {
    "loses a mail": (
        "test_what_is_sent_arrives",
        "self.sent.append(mail)",
        "pass",
    ),
    "sends a mail twice": (
        "test_what_is_sent_arrives",
        "self.sent.append(mail)",
        "self.sent += [mail, mail]",
    ),
    "keeps the last mail only": (
        "test_mails_do_not_mix",
        "self.sent.append(mail)",
        "self.sent[:] = [mail]",
    ),
    "doubles a leading dot": (
        "test_the_content_arrives_unchanged",
        "self.sent.append(mail)",
        (
            "self.sent.append(Mail(message_id='', sender='', recipient='',"
            r" content=mail.content.replace(b'\n.', b'\n..')))"
        ),
    ),
    "hides a failure": (
        "test_a_failure_is_temporary",
        "raise self.failure",
        "return",
    ),
    "lets a driver's exception out": (
        "test_a_failure_is_temporary",
        "raise self.failure",
        "raise OSError",
    ),
    "tells the recipient": (
        "test_a_failure_tells_nothing",
        "raise self.failure",
        "raise type(self.failure)(mail.recipient)",
    ),
}

_MODULES = (
    "housekeeping",
    "licences",
    "logins",
    "mailer",
    "outbox_queue",
    "records",
    "state",
    "storage",
    "users",
)

_SUITE = """
import pytest
from planted_mailer import InMemoryMailer
from planted_storage import InMemoryStorage
from planted_outbox_queue import InMemoryOutboxQueue
from winbooks_identity.errors import TemporaryFailure
from winbooks_identity.testing.contracts import (
    MailerContract,
    OutboxQueueContract,
    StorageContract,
)


class TestStorage(StorageContract):
    @pytest.fixture
    def storage(self):
        return InMemoryStorage()


class TestOutboxQueue(OutboxQueueContract):
    @pytest.fixture
    def storage(self):
        return InMemoryStorage()

    @pytest.fixture
    def queue(self, storage):
        return InMemoryOutboxQueue(storage)


class TestMailer(MailerContract):
    @pytest.fixture
    def mailer(self):
        return InMemoryMailer()

    @pytest.fixture
    def delivered(self, mailer):
        return lambda: [mail.content for mail in mailer.sent]

    @pytest.fixture
    def broken(self):
        mailer = InMemoryMailer()
        mailer.failure = TemporaryFailure()
        return mailer
"""


def _source(module: str) -> str:
    """
    Return the text of a module of the adapters in memory, to stand anywhere.
    """
    text = (files("winbooks_identity.adapters.memory") / f"{module}.py").read_text()
    text = re.sub(r"from \.\.\.(\w+)", r"from winbooks_identity.\1", text)
    text = text.replace("from ... import", "from winbooks_identity import")
    return re.sub(r"from \.(\w+) import", r"from planted_\1 import", text)


def _failures(
    pytester: pytest.Pytester, selection: str, *, right: str = "", wrong: str = ""
) -> set[str]:
    """
    Return the names of the tests that fail with *wrong* in the place of *right*.
    """
    sources = {module: _source(module) for module in _MODULES}
    if right:
        (module,) = (module for module, text in sources.items() if right in text)
        sources[module] = sources[module].replace(right, wrong)
    pytester.makepyfile(
        **{f"planted_{module}": text for module, text in sources.items()},
        test_planted=_SUITE,
    )
    # Only whether a test fails counts, so pytest need not compare a thousand users.
    plain = ("-p", "no:xdist", "-p", "no:cacheprovider", "--assert=plain")
    run = pytester.inline_run(*plain, "-k", selection)
    _, _, failed = run.listoutcomes()
    return {report.nodeid.split("::")[-1].split("[")[0] for report in failed}


@pytest.mark.slow  # The suites are the same on every Python.
class TestPlantedBugs:
    """
    An adapter with one bug fails a test that says what is wrong.
    """

    @pytest.mark.parametrize("bug", STORAGE_BUGS)
    def test_a_bug_in_a_storage_is_named(
        self, pytester: pytest.Pytester, bug: str
    ) -> None:
        """
        The test of the rule that the bug breaks is among those that fail.
        """
        test, right, wrong = STORAGE_BUGS[bug]

        failures = _failures(
            pytester, "TestStorage and not any_sequence", right=right, wrong=wrong
        )

        assert test in failures

    @pytest.mark.parametrize("bug", QUEUE_BUGS | OPERATOR_BUGS)
    def test_a_bug_in_a_queue_is_named(
        self, pytester: pytest.Pytester, bug: str
    ) -> None:
        """
        The test of the rule that the bug breaks is among those that fail.
        """
        test, right, wrong = (QUEUE_BUGS | OPERATOR_BUGS)[bug]

        failures = _failures(
            pytester, "TestOutboxQueue and not any_sequence", right=right, wrong=wrong
        )

        assert test in failures

    @pytest.mark.parametrize("bug", MAILER_BUGS)
    def test_a_bug_in_a_mailer_is_named(
        self, pytester: pytest.Pytester, bug: str
    ) -> None:
        """
        The test of the rule that the bug breaks is among those that fail.
        """
        test, right, wrong = MAILER_BUGS[bug]

        failures = _failures(pytester, "TestMailer", right=right, wrong=wrong)

        assert test in failures

    @pytest.mark.slow  # Ten examples are too few to find each of them.
    @pytest.mark.parametrize(
        "bug",
        [
            "accepts a twin",
            "forgets to roll back",
            "loses an update",
            "forgets requests",
        ],
    )
    def test_the_comparison_with_a_model_finds_a_bug(
        self, pytester: pytest.Pytester, bug: str
    ) -> None:
        """
        Sequences of calls find it too, with no test written for it.
        """
        _, right, wrong = STORAGE_BUGS[bug]

        failures = _failures(
            pytester, "TestStorage and any_sequence", right=right, wrong=wrong
        )

        assert {"test_any_sequence_of_calls_does_what_a_dictionary_does"} == failures

    @pytest.mark.slow  # As above.
    @pytest.mark.parametrize("bug", QUEUE_BUGS)
    def test_the_comparison_of_queues_finds_a_bug(
        self, pytester: pytest.Pytester, bug: str
    ) -> None:
        """
        Relays that come in any order find each of them.
        """
        _, right, wrong = QUEUE_BUGS[bug]

        failures = _failures(
            pytester, "TestOutboxQueue and any_sequence", right=right, wrong=wrong
        )

        assert {"test_any_sequence_of_calls_does_what_a_dictionary_does"} == failures

    def test_adapters_without_a_bug_pass(self, pytester: pytest.Pytester) -> None:
        """
        The copies themselves are sound.
        """
        assert set() == _failures(pytester, "not any_sequence")


class TestContract:
    """
    A suite cannot be weakened, and says what it needs.
    """

    def test_no_test_is_overridden(self) -> None:
        """
        Whoever overrides a test of a contract is refused at once.
        """
        with pytest.raises(TypeError, match="overrides test_nobody_is_found"):

            class Weakened(StorageContract):
                def test_nobody_is_found(self) -> None:  # type: ignore[override]
                    """
                    Always passes.
                    """

    def test_tests_of_what_is_not_declared_are_not_there(self) -> None:
        """
        A storage for one thread is not asked what many threads would get.
        """

        class Lonely(StorageContract):
            threads = False

        assert Lonely.test_of_many_one_saves is None
        assert Lonely.test_nobody_is_found is not None

    @pytest.mark.parametrize("supplied", ["", "storage"])
    def test_a_suite_without_its_fixture_says_so(
        self, pytester: pytest.Pytester, supplied: str
    ) -> None:
        """
        What is missing is named.
        """
        pytester.makepyfile(
            f"""
            import pytest
            from winbooks_identity.testing.contracts import OutboxQueueContract

            class TestNothing(OutboxQueueContract):
                @pytest.fixture
                def {supplied or "other"}(self):
                    pass
            """
        )

        result = pytester.runpytest_inprocess("-p", "no:xdist", "-x")

        missing = "queue" if supplied else "storage"
        result.stdout.fnmatch_lines([f"*NotImplementedError: supply*{missing}*"])
