"""
How is what waits in the outbox sealed, so that a stolen database tells nothing?

A box is the id of its key, a nonce and the AES-256-GCM ciphertext.  The context
is associated data: a box that is moved to another row does not open.
"""

import os
from collections.abc import Mapping
from typing import Final, final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from winbooks_identity.errors import SealBroken


__all__ = ["AesGcmSealer"]

#: Bytes; NIST SP 800-38D, 8.2.1 recommends this length.  Random nonces are good
#: for 2**32 boxes under one key (8.3).
NONCE_LENGTH: Final = 12

#: Bytes; AES-256.
KEY_LENGTH: Final = 32

#: Bytes; the length of a key's id takes one byte in the box.
MAX_ID_LENGTH: Final = 255


@final
class AesGcmSealer:
    """
    A `Sealer` with a ring of keys.

    Args:
        keys: 32 bytes by id, as `key_ring.load` returns them; the first one
            seals, all of them open.

    Raises:
        ValueError: there is no key, or one has another length.
    """

    def __init__(self, keys: Mapping[str, bytes]) -> None:
        if not keys or {len(key) for key in keys.values()} != {KEY_LENGTH}:
            raise ValueError(f"give at least one key, each of {KEY_LENGTH} bytes")
        self._ciphers = {key_id.encode(): AESGCM(key) for key_id, key in keys.items()}
        self._current = next(iter(self._ciphers))
        if max(map(len, self._ciphers)) > MAX_ID_LENGTH:
            raise ValueError(f"the id of a key has at most {MAX_ID_LENGTH} bytes")

    def seal(self, clear: bytes, context: bytes) -> bytes:
        """
        Return *clear* in a box that opens with the same *context* only.
        """
        nonce = os.urandom(NONCE_LENGTH)
        ciphertext = self._ciphers[self._current].encrypt(nonce, clear, context)
        return bytes([len(self._current)]) + self._current + nonce + ciphertext

    def unseal(self, sealed: bytes, context: bytes) -> bytes:
        """
        Return what was sealed.

        Raises:
            SealBroken: *sealed* was altered, belongs to another context, or
                its key is gone.
        """
        if not sealed:
            raise SealBroken
        behind_id = 1 + sealed[0]
        behind_nonce = behind_id + NONCE_LENGTH
        cipher = self._ciphers.get(sealed[1:behind_id])
        if cipher is None or len(sealed) < behind_nonce:
            raise SealBroken
        try:
            return cipher.decrypt(
                sealed[behind_id:behind_nonce], sealed[behind_nonce:], context
            )
        except InvalidTag:
            raise SealBroken from None
