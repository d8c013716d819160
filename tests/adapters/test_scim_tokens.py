"""
Tokens of identity providers come and go in a file, and none of them gets lost.
"""

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from people import NOW
from winbooks_identity.adapters import private_files
from winbooks_identity.adapters.files import FileMissing, FileUnavailable
from winbooks_identity.adapters.scim import TokenFile, token_file
from winbooks_identity.adapters.scim.tokens import find


LATER = NOW + timedelta(hours=1)


@pytest.fixture
def tokens(tmp_path: Path) -> TokenFile:
    """
    Return a file that is not there yet.
    """
    return TokenFile(tmp_path / "tokens.json")


class TestIssue:
    """
    A new token is shown once, and stands beside the others.
    """

    def test_beside_others(self, tokens: TokenFile) -> None:
        """
        Earlier ones stay good.
        """
        issued = [tokens.issue("WB-1", "Entra ID"), tokens.issue("WB-2", "Öçtä")]

        found = [find(tokens, each.reveal(), now=NOW) for each in issued]
        assert [("WB-1", "Entra ID"), ("WB-2", "Öçtä")] == [
            (each.licence, each.client) for each in found if each
        ]
        assert 0 == tokens.path.stat().st_mode & 0o077

    @pytest.mark.parametrize("part", [1, 7, 65_536])
    def test_a_long_file(
        self, tokens: TokenFile, monkeypatch: pytest.MonkeyPatch, part: int
    ) -> None:
        """
        A file is read to its end, however much comes at a time.
        """
        tokens.issue("WB-1", "Okta")
        whole = tokens.all()
        monkeypatch.setattr(token_file, "_PART", part)

        assert whole == tokens.all()

    def test_a_file_that_another_made_meanwhile(
        self, tokens: TokenFile, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        It is kept, and the token stands in it.
        """
        create = private_files.create

        def late(path: Path, text: str) -> None:
            monkeypatch.setattr(private_files, "create", create)
            TokenFile(path).issue("WB-2", "Okta")
            create(path, text)

        monkeypatch.setattr(private_files, "create", late)
        tokens.issue("WB-1", "Entra ID")

        assert ["Okta", "Entra ID"] == [each.client for each in tokens.all()]

    @pytest.mark.slow  # Processes start.
    def test_many_at_one_time(self, tokens: TokenFile) -> None:
        """
        Of processes that issue tokens in one file, none loses that of another.
        """
        script = (
            "import sys\n"
            "from pathlib import Path\n"
            "from winbooks_identity.adapters.scim import TokenFile\n"
            "for _ in range(6):\n"
            "    TokenFile(Path(sys.argv[1])).issue('WB-1', 'Okta')\n"
        )
        command = (sys.executable, "-c", script, str(tokens.path))
        processes = [subprocess.Popen(command) for _ in range(3)]  # noqa: S603  Ours.
        codes = [process.wait(120) for process in processes]

        assert [0, 0, 0] == codes
        assert 18 == len({each.digest for each in tokens.all()})

    def test_without_a_folder(self, tmp_path: Path) -> None:
        """
        It is said that the folder is missing.
        """
        with pytest.raises(FileMissing):
            TokenFile(tmp_path / "none" / "tokens.json").issue("WB-1", "Okta")


class TestRotate:
    """
    A token is replaced without a moment in which none is good.
    """

    def test_both_are_good_for_a_while(self, tokens: TokenFile) -> None:
        """
        The old one ends at its time, the new one stays.
        """
        old = tokens.issue("WB-1", "Okta").reveal()
        other = tokens.issue("WB-1", "Entra ID").reveal()
        new = tokens.rotate(tokens.all()[0].id, now=NOW, ends_at=LATER)

        assert new is not None
        texts = (old, new.reveal(), other)
        assert all(find(tokens, each, now=NOW) for each in texts)
        assert [False, True, True] == [
            bool(find(tokens, each, now=LATER)) for each in texts
        ]
        assert {"Okta"} == {
            each.client
            for each in (find(tokens, text, now=NOW) for text in texts[:2])
            if each
        }

    def test_an_end_is_not_put_off(self, tokens: TokenFile) -> None:
        """
        What ends earlier still does.
        """
        old = tokens.issue("WB-1", "Okta", expires_at=LATER).reveal()
        tokens.rotate(tokens.all()[0].id, now=NOW, ends_at=LATER + timedelta(days=1))

        assert find(tokens, old, now=LATER) is None

    def test_of_one_that_has_ended(self, tokens: TokenFile) -> None:
        """
        Access that ended does not come back by a rotation.
        """
        tokens.issue("WB-1", "Okta", expires_at=LATER)

        assert tokens.rotate(tokens.all()[0].id, now=LATER, ends_at=LATER) is None
        assert 1 == len(tokens.all())

    def test_of_none(self, tokens: TokenFile) -> None:
        """
        Without such a token nothing changes.
        """
        tokens.issue("WB-1", "Okta")
        before = tokens.path.read_text()

        assert tokens.rotate("00000000", now=NOW, ends_at=NOW) is None
        assert before == tokens.path.read_text()


@pytest.mark.parametrize("content", ["", "{", "[]", '{"tokens": [{}]}', "\xff"])
def test_damaged(tokens: TokenFile, content: str) -> None:
    """
    A file that is no list of tokens is left as it is.
    """
    tokens.path.write_text(content, encoding="latin-1")

    with pytest.raises(FileUnavailable):
        tokens.issue("WB-1", "Okta")
    with pytest.raises(FileUnavailable):
        tokens.all()
    assert content == tokens.path.read_text(encoding="latin-1")


def test_only_digests(tokens: TokenFile) -> None:
    """
    Neither the token nor a part of it is in the file.
    """
    text = tokens.issue("WB-1", "Okta").reveal()
    (kept,) = json.loads(tokens.path.read_text())["tokens"]

    assert {"licence", "client", "digest", "expires_at"} == kept.keys()
    assert text[-20:] not in tokens.path.read_text()
