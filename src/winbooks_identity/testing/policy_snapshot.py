"""
Is a policy still the one that was reviewed, and are those of before still known?

    def test_policy(policy_snapshot, policy_history):
        policy_snapshot(POLICY, Path("policy.txt"))
        policy_history([*EARLIER, POLICY], Path("policies.txt"))

The fixtures are those of the pytest plugin; ``pytest --update-policies`` writes the
files.
"""

import json
from collections.abc import Iterable
from difflib import unified_diff
from pathlib import Path
from typing import Final

from ..passwords import PasswordPolicy
from ..passwords.named import NAMED
from .policy_change import decision_table


__all__ = ["assert_known", "assert_reviewed"]

_HOW: Final = "pytest --update-policies"


def assert_reviewed(
    policy: PasswordPolicy, path: Path, *, update: bool = False
) -> None:
    """
    Fail unless the decision table of *policy* is as it stands in the file *path*.

    Args:
        policy: the policy in force.
        path: the snapshot, which is reviewed when it changes.
        update: write the file instead.

    Raises:
        AssertionError: the file is not there, or has another table; the message
            shows the difference.
        OSError: the file cannot be read or written.
    """
    table = decision_table(policy)
    if update:
        _write(path, table)
        return
    if not path.exists():
        raise AssertionError(f"{path.name} is not there; {_HOW} writes it")
    reviewed = path.read_text(encoding="utf-8")
    if reviewed != table:
        difference = unified_diff(
            reviewed.splitlines(),
            table.splitlines(),
            "reviewed",
            "now",
            lineterm="",
        )
        raise AssertionError(
            f"the policy is not as in {path.name}; if that is meant, {_HOW} writes"
            " it\n" + "\n".join(difference)
        )


def assert_known(
    policies: Iterable[PasswordPolicy], path: Path, *, update: bool = False
) -> None:
    """
    Fail unless every policy of the history in the file *path* is still known.

    Stored passwords carry the fingerprint of the policy that accepted them. Once its
    rules are not known any more, nothing can be said of these passwords.

    Args:
        policies: those that the product knows, the one in force among them; those
            with a name are known anyway.
        path: the history, a line for each policy that was ever in force.
        update: add the policies that are not in it yet; none is ever taken away.

    Raises:
        AssertionError: a policy of the history is not among *policies*, or one of
            *policies* is not in the history.
        OSError: the file cannot be read or written.
    """
    ours = {policy.fingerprint: policy for policy in policies}
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    history = {line.partition(" ")[0]: line for line in text.splitlines() if line}
    known = {*ours, *(policy.fingerprint for policy in NAMED.values())}
    if lost := [line for key, line in history.items() if key not in known]:
        raise AssertionError(
            f"policies of {path.name} are no longer known; passwords may be stored"
            " that they accepted, so keep their rules:\n" + "\n".join(lost)
        )
    added = [
        f"{key} {json.dumps(policy.to_mapping(), ensure_ascii=False)}"
        for key, policy in ours.items()
        if key not in history
    ]
    if added and not update:
        raise AssertionError(
            f"policies are not in {path.name} yet; {_HOW} adds them:\n"
            + "\n".join(added)
        )
    if added:
        _write(path, "".join(f"{line}\n" for line in (*history.values(), *added)))


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
