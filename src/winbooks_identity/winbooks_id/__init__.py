"""
Which text is a WinBooks ID, and when are two of them the same?

`WinBooksId` is an e-mail address, because that guarantees it is unique.  [R1]
"""

from .identifier import WinBooksId


__all__ = ["WinBooksId"]
