"""
How does mail wait in a directory, for development or for another program to send?
"""

import os
import re
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Final, final

from winbooks_identity.errors import PermanentFailure, TemporaryFailure
from winbooks_identity.mail.outbox import Mail


__all__ = ["MailDirectory"]

#: The part of a Message-ID that becomes a file's name.
_NAME: Final = re.compile(r"<([A-Za-z0-9-]{1,100})@[^<>]+>")


@final
class MailDirectory:
    """
    A `Mailer` that writes every mail to a file of its own.

    A file is there whole or not at all, for its owner's eyes only, and is named
    after the mail's Message-ID; a mail that is sent twice is still one file.

    Args:
        path: the directory; it is made when the first mail arrives.

    Raises:
        NotADirectoryError: *path* is something else.
    """

    def __init__(self, path: Path) -> None:
        if path.exists() and not path.is_dir():
            raise NotADirectoryError(f"{path} is no directory")
        self._path = path

    def __repr__(self) -> str:
        return f"<MailDirectory {self._path}>"

    def send(self, mail: Mail) -> None:
        """
        Write *mail*; on return the disk has it.

        Raises:
            TemporaryFailure: the disk is full, or the directory closed to us.
            PermanentFailure: the Message-ID is not fit to name a file.
        """
        path = self.path_of(mail)
        try:
            self._path.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._write(mail.content, path)
        except OSError as error:
            raise TemporaryFailure(type(error).__name__) from error

    def path_of(self, mail: Mail) -> Path:
        """
        Return the path of the file that *mail* becomes.

        Raises:
            PermanentFailure: the Message-ID is not fit to name a file.
        """
        found = _NAME.fullmatch(mail.message_id)
        if found is None:
            raise PermanentFailure("the Message-ID is not fit to name a file")
        return self._path / f"{found[1]}.eml"

    def _write(self, content: bytes, path: Path) -> None:
        descriptor, name = tempfile.mkstemp(dir=self._path, prefix=".", suffix=".part")
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(path)
        except BaseException:
            with suppress(OSError):
                Path(name).unlink()
            raise
        _make_durable(self._path)


def _make_durable(directory: Path) -> None:
    """
    See that the new name outlives a power cut, where directories can be opened.
    """
    with suppress(PermissionError):  # Windows
        descriptor = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
