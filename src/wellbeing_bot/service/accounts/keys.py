"""Keys for one purpose each, all made from the deployment's secret key."""

from __future__ import annotations

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken


class Keys:
    """Signs and encrypts. What was signed for one purpose is worth nothing for another."""

    def __init__(self, secret_key: str) -> None:
        self._root = secret_key.encode()
        self._fernet = Fernet(base64.urlsafe_b64encode(self._key("encrypt")))

    def _key(self, purpose: str) -> bytes:
        return hmac.new(self._root, f"desk:{purpose}".encode(), hashlib.sha256).digest()

    def sign(self, purpose: str, text: str) -> str:
        """A signature of ``text``, 43 characters that are safe in an address."""
        made = hmac.new(self._key(purpose), text.encode(), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(made).decode().rstrip("=")

    def fits(self, purpose: str, text: str, signature: str) -> bool:
        """Whether ``signature`` is ours for ``text``; takes the same time either way."""
        return hmac.compare_digest(self.sign(purpose, text).encode(), signature.encode())

    def encrypt(self, text: str) -> str:
        return self._fernet.encrypt(text.encode()).decode()

    def decrypt(self, stored: str) -> str:
        """The text again.

        Raises:
            ValueError: it was encrypted with another secret key, or is damaged.
        """
        try:
            return self._fernet.decrypt(stored.encode()).decode()
        except InvalidToken:
            raise ValueError("encrypted with another secret key") from None


def digest(secret: str) -> str:
    """What is kept of a random secret that is handed out once."""
    return hashlib.sha256(secret.encode()).hexdigest()
