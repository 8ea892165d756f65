"""Signing in with password and code, being locked out, and being signed out."""

from __future__ import annotations

import re
from datetime import timedelta

import pyotp
import pytest

from tests.desk.office import Browser, Office
from wellbeing_bot.service.accounts import DeskRole, codes, managing, passwords, signing_in
from wellbeing_bot.service.accounts.passwords import PasswordError
from wellbeing_bot.store import Account

EMAIL = "link_worker@own.example"
PASSWORD = "teapot harbour kestrel"


def send(client: Browser, path: str, **fields: str) -> tuple[int, str, str]:
    """Open the page, fill in its form and send it. Gives status, where to, and the page."""
    page = client.get(path)
    found = re.search(r'name="csrf" value="([^"]+)"', page.text)
    answer = client.post(path, data={"csrf": found[1] if found else "", **fields})
    return answer.status_code, answer.headers.get("location", ""), answer.text


def invited(office: Office, email: str = EMAIL) -> str:
    """The path of the link somebody was given."""
    with office.app.database.reading() as session:
        account = signing_in.find_account(session, email)
        assert account is not None
        return f"/desk/welcome/{managing.welcome_token(office.keys, account, office.clock.now())}"


def with_password(office: Office) -> Browser:
    client = office.browser()
    assert send(client, invited(office), password=PASSWORD, again=PASSWORD)[:2] == (303, "/desk/sign-in")
    return client


def secret_of(office: Office) -> str:
    with office.app.database.reading() as session:
        account = signing_in.find_account(session, EMAIL)
        assert account is not None
        assert account.totp_secret is not None
        return office.keys.decrypt(account.totp_secret).partition(":")[0]


def code(office: Office, secret: str) -> str:
    return pyotp.TOTP(secret).at(office.clock.now())


def set_up(office: Office) -> Browser:
    """Somebody who has chosen a password and shown that their app has the secret."""
    client = with_password(office)
    assert send(client, "/desk/sign-in", email=EMAIL, password=PASSWORD)[1] == "/desk/set-up-code"
    page = client.get("/desk/set-up-code").text
    assert "data:image/png" in page
    secret = re.search(r'desk-key">([A-Z2-7 ]+)<', page)
    assert secret is not None
    now_code = code(office, secret[1].replace(" ", ""))
    assert send(client, "/desk/set-up-code", code=now_code)[:2] == (303, "/desk")
    return client


def test_a_new_colleague_chooses_a_password_sets_up_codes_and_is_in(office: Office) -> None:
    client = set_up(office)
    assert client.get("/desk/worklist").status_code == 200


def test_afterwards_a_password_and_a_fresh_code_are_needed(office: Office) -> None:
    set_up(office)
    client = office.browser()
    assert send(client, "/desk/sign-in", email=EMAIL.upper(), password=PASSWORD)[1] == "/desk/code"
    assert client.get("/desk/worklist").headers["location"] == "/desk/sign-in"
    used = code(office, secret_of(office))
    assert send(client, "/desk/code", code=used)[0] == 401, "the code of the set-up was used already"
    office.clock.later(seconds=30)
    assert send(client, "/desk/code", code=code(office, secret_of(office)))[:2] == (303, "/desk")


def test_an_invitation_works_once(office: Office) -> None:
    link = invited(office)
    client = office.browser()
    assert send(client, link, password=PASSWORD, again=PASSWORD)[0] == 303
    assert client.get(link).status_code == 404


def test_an_invitation_runs_out(office: Office) -> None:
    link = invited(office)
    office.clock.at += managing.LINK_GOOD_FOR + timedelta(seconds=1)
    assert office.browser().get(link).status_code == 404


def test_five_wrong_passwords_lock_the_account_for_a_quarter_of_an_hour(office: Office) -> None:
    client = with_password(office)
    for _ in range(signing_in.MOST_FAILURES):
        assert send(client, "/desk/sign-in", email=EMAIL, password="wrong wrong wrong")[0] == 401
    assert send(client, "/desk/sign-in", email=EMAIL, password=PASSWORD)[0] == 401
    office.clock.at += signing_in.LOCKED_FOR
    assert send(client, "/desk/sign-in", email=EMAIL, password=PASSWORD)[0] == 303


def test_wrong_codes_lock_it_too(office: Office) -> None:
    set_up(office)
    office.clock.later(minutes=1)
    client = office.browser()
    send(client, "/desk/sign-in", email=EMAIL, password=PASSWORD)
    for _ in range(signing_in.MOST_FAILURES):
        send(client, "/desk/code", code="000000")
    right = code(office, secret_of(office))
    assert client.post("/desk/code", data={"csrf": "", "code": right}).status_code in {303, 400}
    assert client.get("/desk/worklist").headers["location"] == "/desk/sign-in"


def test_what_was_wrong_is_not_said(office: Office) -> None:
    client = with_password(office)
    unknown = send(client, "/desk/sign-in", email="nobody@own.example", password=PASSWORD)
    wrong = send(client, "/desk/sign-in", email=EMAIL, password="wrong wrong wrong")
    assert unknown[0] == wrong[0] == 401
    assert unknown[2].replace("nobody@own.example", EMAIL) == wrong[2]


def test_an_idle_browser_is_signed_out(office: Office) -> None:
    client = office.browser(DeskRole.COORDINATOR)
    office.clock.at += signing_in.IDLE - timedelta(seconds=1)
    assert client.get("/desk/worklist").status_code == 200
    office.clock.at += signing_in.IDLE - timedelta(seconds=1)
    assert client.get("/desk/worklist").status_code == 200
    office.clock.at += signing_in.IDLE
    assert client.get("/desk/worklist").status_code == 303


def test_a_page_that_refreshes_itself_does_not_keep_anybody_signed_in(office: Office) -> None:
    client = office.browser(DeskRole.COORDINATOR)
    for _ in range(4):
        office.clock.at += signing_in.IDLE / 4
        client.get("/desk/worklist/list")
    assert client.get("/desk/worklist").status_code == 303


def test_signing_out_elsewhere_leaves_this_browser_in(office: Office) -> None:
    here, there = office.browser(DeskRole.LINK_WORKER), office.browser(DeskRole.LINK_WORKER)
    office.post(here, "/desk/me/sign-out-elsewhere")
    assert here.get("/desk/worklist").status_code == 200
    assert there.get("/desk/worklist").status_code == 303


@pytest.mark.parametrize("what", ["disable", "reset"])
def test_an_administrator_signs_somebody_out_at_once(office: Office, what: str) -> None:
    worker, administrator = office.browser(DeskRole.LINK_WORKER), office.browser(DeskRole.ADMINISTRATOR)
    with office.app.database.reading() as session:
        account = signing_in.find_account(session, EMAIL)
        assert account is not None
    office.post(administrator, f"/desk/accounts/{account.id}/{what}")
    assert worker.get("/desk/worklist").status_code == 303


def test_an_administrator_cannot_lock_themselves_out(office: Office) -> None:
    client = office.browser(DeskRole.ADMINISTRATOR)
    with office.app.database.reading() as session:
        account = signing_in.find_account(session, "administrator@own.example")
        assert account is not None
    office.post(client, f"/desk/accounts/{account.id}/disable")
    assert client.get("/desk/settings").status_code == 200


@pytest.mark.parametrize("weak", ["short", "password1234", "link_worker1", "aaaaaaaaaaaaaa", "x" * 201])
def test_easy_passwords_are_refused(weak: str) -> None:
    with pytest.raises(PasswordError):
        passwords.hash_password(weak, EMAIL)


@pytest.mark.parametrize(
    ("moved", "taken"), [(0, True), (-30, True), (30, True), (-61, False), (61, False), (86_400, False)]
)
def test_a_code_is_good_for_a_clock_that_is_a_little_off(office: Office, moved: int, taken: bool) -> None:
    secret, now = pyotp.random_base32(), office.clock.now()
    written = pyotp.TOTP(secret).at(now + timedelta(seconds=moved))
    assert (codes.fitting_step(secret, written, now) is not None) is taken


@pytest.mark.parametrize("nonsense", ["", "12345", "1234567", "abcdef", "１２３４５６", "12 34"])
def test_what_is_no_code_is_no_code(office: Office, nonsense: str) -> None:
    assert codes.fitting_step(pyotp.random_base32(), nonsense, office.clock.now()) is None


def test_neither_password_nor_code_nor_cookie_is_kept_as_it_is(office: Office) -> None:
    client = set_up(office)
    secret = secret_of(office)
    with office.app.database.reading() as session:
        account = session.query(Account).filter_by(email=EMAIL).one()
        kept = f"{account.password}{account.totp_secret}"
        rows = signing_in.open_sign_ins(session, account.id, office.clock.now())
        assert all(client.cookies["desk"] != row.digest for row in rows)
    assert PASSWORD not in kept
    assert secret not in kept
