"""Signing in with the organisation's own account: an issuer that keeps to the rules, and some that do not."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from starlette.applications import Starlette

from tests.desk.office import Browser, Office
from wellbeing_bot.config import SettingsError, read_settings
from wellbeing_bot.service.accounts.oidc import Oidc
from wellbeing_bot.web import desk

ISSUER = "https://login.example.nhs.uk"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Issuer:
    """An identity provider. ``claims`` changes what it says, ``key`` what it signs with."""

    office: Office
    email: str = "link_worker@own.example"
    claims: dict[str, Any] = field(default_factory=dict)
    key: Any = KEY
    asked: dict[str, str] = field(default_factory=dict)

    def answer(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path
        if path.endswith("openid-configuration"):
            at = {
                name: f"{ISSUER}/{name}" for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")
            }
            return httpx.Response(200, json={"issuer": ISSUER, **at})
        if path == "/jwks_uri":
            public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
            return httpx.Response(
                200, json={"keys": [{**public, "kid": "one", "use": "sig", "alg": "RS256"}]}
            )
        given = {name: values[0] for name, values in parse_qs(request.content.decode()).items()}
        digest = hashlib.sha256(given["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if given["code"] != "good" or challenge != self.asked["code_challenge"]:
            return httpx.Response(400, json={"error": "invalid_grant"})
        now = int(self.office.clock.now().timestamp())
        claims = {
            "iss": ISSUER,
            "aud": "desk",
            "sub": "1",
            "iat": now,
            "exp": now + 300,
            "nonce": self.asked["nonce"],
            "email": self.email,
            **self.claims,
        }
        token = jwt.encode(claims, self.key, algorithm="RS256", headers={"kid": "one"})
        return httpx.Response(200, json={"id_token": token, "access_token": "x", "token_type": "Bearer"})


@pytest.fixture
def issuer(shared_office: Office) -> Issuer:
    return Issuer(shared_office)


@pytest.fixture
def browser(issuer: Issuer) -> Browser:
    office = issuer.office
    oidc = Oidc(ISSUER, "desk", "secret", "Example Trust", httpx.MockTransport(issuer.answer))
    return Browser(Starlette(routes=desk.routes(office.app, office.clock, oidc)))


def leave(browser: Browser, issuer: Issuer) -> None:
    page = browser.get("/desk/sign-in").text
    assert "Sign in with Example Trust" in page
    where = urlsplit(browser.get("/desk/organisation").headers["location"])
    assert f"{where.scheme}://{where.netloc}{where.path}" == f"{ISSUER}/authorization_endpoint"
    issuer.asked = {name: values[0] for name, values in parse_qs(where.query).items()}


def come_back(browser: Browser, issuer: Issuer, code: str = "good", state: str | None = None) -> str:
    query = f"code={code}&state={issuer.asked['state'] if state is None else state}"
    answer = browser.get(f"/desk/organisation/back?{query}")
    assert answer.status_code == 303
    return str(answer.headers["location"])


def test_somebody_the_organisation_vouches_for_is_let_in(browser: Browser, issuer: Issuer) -> None:
    leave(browser, issuer)
    assert issuer.asked["code_challenge_method"] == "S256"
    assert come_back(browser, issuer) == "/desk"
    assert browser.get("/desk/worklist").status_code == 200
    assert "desk_attempt" not in browser.cookies


def test_an_account_that_is_not_here_is_not_let_in(browser: Browser, issuer: Issuer) -> None:
    issuer.email = "stranger@own.example"
    leave(browser, issuer)
    assert come_back(browser, issuer) == "/desk/sign-in"
    assert "That account opens nothing here" in browser.get("/desk/sign-in").text


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": "somebody-else"},
        {"iss": "https://login.elsewhere.example"},
        {"exp": 1},
        {"nonce": "another"},
        {"email_verified": False},
        {"email": None},
    ],
    ids=lambda claims: next(iter(claims)),
)
def test_an_answer_that_does_not_hold_lets_nobody_in(
    browser: Browser, issuer: Issuer, claims: dict[str, Any]
) -> None:
    issuer.claims = claims
    leave(browser, issuer)
    assert come_back(browser, issuer) == "/desk/sign-in"
    assert browser.get("/desk/worklist").status_code == 303


def test_an_answer_signed_by_somebody_else_lets_nobody_in(browser: Browser, issuer: Issuer) -> None:
    issuer.key = OTHER_KEY
    leave(browser, issuer)
    assert come_back(browser, issuer) == "/desk/sign-in"


def test_a_code_or_an_attempt_that_is_not_ours_lets_nobody_in(browser: Browser, issuer: Issuer) -> None:
    leave(browser, issuer)
    assert come_back(browser, issuer, state="another") == "/desk/sign-in"
    assert come_back(browser, issuer, code="bad") == "/desk/sign-in"
    browser.cookies.pop("desk_attempt", None)
    assert come_back(browser, issuer) == "/desk/sign-in"


def test_it_is_off_unless_it_is_set(shared_office: Office) -> None:
    assert "/desk/organisation" not in shared_office.browser().get("/desk/sign-in").text
    assert shared_office.browser().get("/desk/organisation/back?code=x&state=y").status_code == 404


def test_an_issuer_without_https_is_refused_at_the_start() -> None:
    with pytest.raises(SettingsError, match="OIDC_ISSUER"):
        read_settings(oidc_issuer="http://login.example", _env_file=None)
