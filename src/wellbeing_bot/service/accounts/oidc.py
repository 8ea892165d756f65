"""Signing in with an organisation's own accounts: OpenID Connect's code flow with PKCE.

Off unless an issuer is set. An account must exist already and is found by its email address: whoever the
issuer knows and we do not stays outside. The issuer asks for a second factor; ours is not asked again.

Sources: OpenID Connect Core 1.0 (3.1, 3.1.3.7) and Discovery 1.0; RFC 7636 (PKCE).
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import httpx
import jwt

ALGORITHMS = ("RS256", "PS256", "ES256")
"""Signed with the issuer's private key alone. "none" and shared secrets are refused."""

REQUIRED = ["exp", "iat", "aud", "iss", "sub"]
LEEWAY = timedelta(seconds=30)
SECONDS = 10.0


class OidcError(Exception):
    """Signing in that way did not work. The message names nobody and holds nothing secret."""


@dataclass(frozen=True)
class Attempt:
    """One try, kept in a signed cookie between leaving for the issuer and coming back."""

    state: str
    nonce: str
    verifier: str

    @classmethod
    def new(cls) -> Attempt:
        return cls(secrets.token_urlsafe(24), secrets.token_urlsafe(24), secrets.token_urlsafe(48))

    @property
    def challenge(self) -> str:
        """The S256 challenge of RFC 7636."""
        digest = hashlib.sha256(self.verifier.encode()).digest()
        return base64.urlsafe_b64encode(digest).decode().rstrip("=")


class Oidc:
    """One issuer. What it publishes is fetched once a process, and its keys again when one is new."""

    def __init__(
        self,
        issuer: str,
        client_id: str,
        client_secret: str,
        name: str,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self.name = name
        self._issuer = issuer
        self._client_id, self._client_secret = client_id, client_secret
        self._client = httpx.Client(timeout=SECONDS, transport=transport)
        self._published: dict[str, Any] = {}
        self._keys: dict[str, Any] = {}

    def way_out(self, attempt: Attempt, back: str) -> str:
        """The issuer's address to send the browser to; ``back`` is where it returns.

        Raises:
            OidcError: the issuer cannot be reached.
        """
        asked = {
            "response_type": "code",
            "client_id": self._client_id,
            "redirect_uri": back,
            "scope": "openid email",
            "state": attempt.state,
            "nonce": attempt.nonce,
            "code_challenge": attempt.challenge,
            "code_challenge_method": "S256",
        }
        where = self._endpoint("authorization_endpoint")
        return f"{where}{'&' if '?' in where else '?'}{urlencode(asked)}"

    def email(self, attempt: Attempt, code: str, back: str, now: datetime) -> str:
        """The email address that the issuer vouches for.

        Raises:
            OidcError: the code is not good, or what came for it does not hold.
        """
        given = self._ask(
            "POST",
            self._endpoint("token_endpoint"),
            data={
                "grant_type": "authorization_code",
                "code": code,
                "redirect_uri": back,
                "code_verifier": attempt.verifier,
                "client_id": self._client_id,
                "client_secret": self._client_secret,
            },
        )
        claims = self._claims(str(given.get("id_token", "")), now)
        if not secrets.compare_digest(str(claims.get("nonce", "")).encode(), attempt.nonce.encode()):
            raise OidcError("the answer belongs to another attempt")
        email = claims.get("email")
        if not isinstance(email, str) or "@" not in email or claims.get("email_verified") is False:
            raise OidcError("the answer holds no email address that was verified")
        return email

    def _claims(self, token: str, now: datetime) -> dict[str, Any]:
        try:
            key = self._key(str(jwt.get_unverified_header(token).get("kid", "")))
            claims: dict[str, Any] = jwt.decode(
                token,
                key=key,
                algorithms=list(ALGORITHMS),
                audience=self._client_id,
                issuer=self._published["issuer"],
                options={
                    "require": REQUIRED,
                    "verify_exp": False,
                    "verify_iat": False,
                },
            )
        except jwt.PyJWTError as error:
            raise OidcError(f"the answer does not hold: {type(error).__name__}") from None
        if now - LEEWAY >= datetime.fromtimestamp(int(claims["exp"]), now.tzinfo):
            raise OidcError("the answer is too old")
        return claims

    def _key(self, kid: str) -> Any:
        """The issuer's public key of that name; fetched again once when it is new to us."""
        if kid not in self._keys:
            found = self._ask("GET", self._endpoint("jwks_uri"))
            self._keys = {
                key.key_id or "": key.key
                for key in jwt.PyJWKSet.from_dict(found).keys
                if key.public_key_use in {None, "sig"}
            }
        if kid not in self._keys:
            raise OidcError("the answer is signed with a key the issuer does not publish")
        return self._keys[kid]

    def _endpoint(self, name: str) -> str:
        if not self._published:
            published = self._ask("GET", f"{self._issuer}/.well-known/openid-configuration")
            if str(published.get("issuer", "")).rstrip("/") != self._issuer:
                raise OidcError("the issuer says it is another; check OIDC_ISSUER")
            self._published = published
        found = self._published.get(name)
        if not isinstance(found, str) or not found.startswith("https://"):
            raise OidcError(f"the issuer publishes no {name} that begins with https://")
        return found

    def _ask(self, method: str, url: str, data: dict[str, str] | None = None) -> dict[str, Any]:
        try:
            answer = self._client.request(method, url, data=data)
            answer.raise_for_status()
            found = answer.json()
        except (httpx.HTTPError, ValueError) as error:
            raise OidcError(f"the issuer did not answer as it should: {type(error).__name__}") from None
        if not isinstance(found, dict):
            raise OidcError("the issuer did not answer as it should")
        return found
