"""``wellbeing-bot user``: who may sign in to the desk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated, TypeVar

import typer
from sqlalchemy import select
from sqlalchemy.orm import Session

from wellbeing_bot.config import SettingsError, read_settings
from wellbeing_bot.service.accounts import Keys, managing, signing_in
from wellbeing_bot.service.accounts.managing import AccountError
from wellbeing_bot.store import Account, Network
from wellbeing_bot.store.database import Database

user_cli = typer.Typer(no_args_is_help=True, help="Who may sign in to the desk.")

T = TypeVar("T")


def _run(job: Callable[[Session], T]) -> T:
    database = Database(read_settings().database_url)
    try:
        return database.run(job)
    except AccountError as error:
        raise SettingsError(str(error)) from None
    finally:
        database.close()


def _link(account: Account, now: datetime) -> str:
    settings = read_settings()
    secret = settings.secret_key.get_secret_value()
    if len(secret) < 32:
        raise SettingsError("SECRET_KEY is missing or short: the link is signed with it. Set it in .env.")
    base = settings.public_base_url or f"http://{settings.host}:{settings.port}"
    return f"{base}/desk/welcome/{managing.welcome_token(Keys(secret), account, now)}"


def _account(session: Session, email: str) -> Account:
    account = signing_in.find_account(session, email)
    if account is None:
        raise AccountError("no account has that email address; `wellbeing-bot user list` shows them")
    return account


@user_cli.command()
def add(
    email: Annotated[str, typer.Argument(help="The address they sign in with.")],
    name: Annotated[str, typer.Option(help="Their name as colleagues know it.")],
    role: Annotated[str, typer.Option(help="link_worker, coordinator, administrator or commissioner.")],
    network: Annotated[str, typer.Option(help="Short name of the network, where there are several.")] = "",
) -> None:
    """Make an account and show the link by which they choose a password. It works once, for three days."""
    now = datetime.now(UTC)

    def job(session: Session) -> str:
        row = managing.network_called(session, network)
        return _link(managing.add(session, row, email=email, name=name, role=role, now=now), now)

    print(f"Send them this link, not by text: {_run(job)}")


@user_cli.command(name="list")
def list_accounts() -> None:
    """Show the accounts."""
    now = datetime.now(UTC)

    def job(session: Session) -> list[str]:
        found = session.execute(
            select(Account, Network.slug).join(Network, Network.id == Account.network_id).order_by(Account.id)
        )
        return [f"{row.email}  {row.role}  {slug}  {_standing(row, now)}" for row, slug in found]

    print("\n".join(_run(job)) or "There are no accounts; make one with `wellbeing-bot user add`.")


def _standing(account: Account, now: datetime) -> str:
    if account.disabled_at is not None:
        return "disabled"
    if signing_in.is_locked(account, now):
        return "locked for a while"
    return "active" if account.password else "has not chosen a password yet"


@user_cli.command()
def disable(email: Annotated[str, typer.Argument(help="Whose account.")]) -> None:
    """Switch an account off and sign it out everywhere."""
    _run(lambda session: managing.disable(session, _account(session, email), datetime.now(UTC)))
    print("Disabled, and signed out everywhere.")


@user_cli.command()
def reset(email: Annotated[str, typer.Argument(help="Whose account.")]) -> None:
    """Forget password and codes, sign out everywhere, and show a new link."""
    now = datetime.now(UTC)

    def job(session: Session) -> str:
        account = _account(session, email)
        managing.reset(session, account, now)
        managing.enable(session, account)
        return _link(account, now)

    print(f"Send them this link, not by text: {_run(job)}")
