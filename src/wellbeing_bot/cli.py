"""The command line: ``wellbeing-bot --help``."""

from __future__ import annotations

import errno
import socket
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from wellbeing_bot.config import Settings, SettingsError, check_for_demo, check_for_serving, read_settings
from wellbeing_bot.user_command import user_cli

cli = typer.Typer(
    no_args_is_help=True, add_completion=False, help="Wellbeing Bot: people are met at the door, by text."
)

cli.add_typer(user_cli, name="user")


def main() -> None:
    """The entry point: a wrong setting is one clear line, never a stack trace."""
    try:
        cli()
    except SettingsError as error:
        _fail(str(error))


def _fail(message: str) -> NoReturn:
    print(f"wellbeing-bot: {message}", file=sys.stderr)
    raise SystemExit(2)


@cli.command()
def demo(
    port: Annotated[int | None, typer.Option(help="Port to listen on; PORT sets it as well.")] = None,
    keep: Annotated[bool, typer.Option(help="Go on with the story of last time.")] = False,
) -> None:
    """The whole service with simulated phones, on this machine alone."""
    from wellbeing_bot.app import build_demo
    from wellbeing_bot.logs import configure
    from wellbeing_bot.web.app import create_app

    overrides: dict[str, Any] = {"database_url": "sqlite:///demo.db", "secret_key": "demo only, " * 4}
    settings = read_settings(**overrides)
    check_for_demo(settings)
    configure(settings.log_level)
    chosen = port or settings.port
    _check_port(settings.host, chosen)
    if not keep:
        for name in ("demo.db", "demo.db-wal", "demo.db-shm"):
            Path(name).unlink(missing_ok=True)
    app = build_demo(settings)
    if not keep:
        from wellbeing_bot.web.simulator import fill

        fill(app)
    print(f"\n  Wellbeing Bot is running with simulated phones.\n  Visit  http://{settings.host}:{chosen}/\n")
    _run(create_app(app), settings, chosen)


@cli.command()
def serve() -> None:
    """The live service: web, scheduler, sender, and polling if chosen, in one process."""
    from wellbeing_bot.app import build_live
    from wellbeing_bot.logs import configure
    from wellbeing_bot.store.migrate import is_current
    from wellbeing_bot.web.app import create_app

    settings = read_settings()
    check_for_serving(settings)
    configure(settings.log_level)
    _check_port(settings.host, settings.port)
    app = build_live(settings)
    if not is_current(app.database.writer):
        _fail("the database has not the shape this release expects: run `wellbeing-bot migrate` first.")
    _run(create_app(app), settings, settings.port)


def _run(asgi: Any, settings: Settings, port: int) -> None:
    import uvicorn

    uvicorn.run(asgi, host=settings.host, port=port, log_config=None, access_log=False, server_header=False)


def _check_port(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno in {errno.EADDRINUSE, errno.EACCES}:
                _fail(f"port {port} is taken; choose another, for example `PORT={port + 1} make demo`.")
            raise


@cli.command()
def migrate() -> None:
    """Bring the database to the shape this release expects."""
    from wellbeing_bot.store.database import Database
    from wellbeing_bot.store.migrate import migrate as bring_up

    database = Database(read_settings().database_url)
    bring_up(database.writer)
    database.close()
    print("The database is up to date.")


@cli.command()
def check(
    folder: Annotated[Path | None, typer.Argument(help="Conversations to check.")] = None,
    warnings: Annotated[bool, typer.Option("--warnings", help="List every warning of translations.")] = False,
) -> None:
    """Check the conversations: dead ends, unknown names, long texts and the rest, as file:line."""
    from wellbeing_bot.scripts_command import check_folder

    raise SystemExit(check_folder(read_settings(), folder, every_warning=warnings))


@cli.command()
def draw(
    folder: Annotated[Path, typer.Argument(help="Where the drawings go.")] = Path("docs/conversations"),
) -> None:
    """Draw each conversation as a Mermaid state diagram."""
    from wellbeing_bot.scripts_command import draw_folder

    raise SystemExit(draw_folder(read_settings(), folder))


@cli.command()
def understand(
    file: Annotated[Path, typer.Argument(help="Lines of JSON: first messages, answers or crisis texts.")],
    out: Annotated[
        Path | None, typer.Option(help="Write the lines there instead of standard output.")
    ] = None,
) -> None:
    """Read texts and show what was made of them, with scores."""
    from wellbeing_bot.understand_command import run

    raise SystemExit(run(file, out))


@cli.command(name="import")
def import_files(
    files: Annotated[list[Path], typer.Argument(help="YAML and CSV files, or folders of them.")],
    network: Annotated[str | None, typer.Option(help="Short name of the network that lists are for.")] = None,
) -> None:
    """Bring in a network, its groups, places and people. All of it, or nothing."""
    from wellbeing_bot.import_command import run

    raise SystemExit(run(read_settings(), files, datetime.now(UTC), network))


@cli.command()
def chat(
    address: Annotated[str, typer.Argument(help="Whose phone this is.")] = "+447700900123",
    url: Annotated[str, typer.Option(help="A running demo.")] = "http://127.0.0.1:8000",
) -> None:
    """A phone in the terminal, talking to a running demo."""
    from wellbeing_bot.chat import run

    raise SystemExit(run(url, address))


@cli.command()
def texts(
    language: Annotated[str, typer.Argument(help="Tag of the language.")] = "en",
    hardest: Annotated[
        int | None, typer.Option(min=1, help="Only so many, those with the longest sentences.")
    ] = None,
) -> None:
    """Every text with its price in SMS parts and the words of its longest sentence."""
    from wellbeing_bot.scripts_command import list_texts

    raise SystemExit(list_texts(read_settings(), language, hardest))


@cli.command()
def translate(
    folder: Annotated[Path | None, typer.Argument(help="Your folder of conversations.")] = None,
) -> None:
    """Bring the translators' files (PO) up to date with the English words."""
    from wellbeing_bot.scripts_command import translate_folder

    raise SystemExit(translate_folder(read_settings(), folder))


@cli.command()
def misunderstood(
    network: Annotated[str | None, typer.Option(help="Short name of a network.")] = None,
    yaml: Annotated[bool, typer.Option("--yaml", help="The desk's examples, for the vocabulary.")] = False,
) -> None:
    """Texts that nothing was made of, for those with access to the database."""
    from wellbeing_bot.misunderstood_command import examples, run

    raise SystemExit((examples if yaml else run)(read_settings(), network))


@cli.command()
def export(
    file: Annotated[Path, typer.Argument(help="Where it goes: one JSON object a line.")],
    network: Annotated[str, typer.Option(help="Short name of the network, where there are several.")] = "",
) -> None:
    """Everything on record of a network, for another system or to look things up."""
    from wellbeing_bot.export_command import run

    raise SystemExit(run(read_settings(), file, network))


@cli.command()
def backup(file: Annotated[Path, typer.Argument(help="Where the copy goes: a new file.")]) -> None:
    """Copy the database while the service runs. The copy may be put back anywhere; it texts nobody twice."""
    from wellbeing_bot.backup_command import backup as run

    raise SystemExit(run(read_settings(), file, datetime.now(UTC)))


@cli.command()
def restored() -> None:
    """Say that the database was put back from a copy that `wellbeing-bot backup` did not make."""
    from wellbeing_bot.backup_command import restored as run

    raise SystemExit(run(read_settings()))


@cli.command()
def erase(
    person: Annotated[int, typer.Argument(help="The person's number on the desk.")],
    sure: Annotated[bool, typer.Option("--sure", help="Yes, for good: there is no way back.")] = False,
) -> None:
    """Forget a person for good: name, number, words and all that is under way."""
    from wellbeing_bot.erase_command import run

    raise SystemExit(run(read_settings(), person, datetime.now(UTC), sure=sure))


@cli.command()
def results(person: Annotated[int, typer.Argument(help="The person's number on the desk.")]) -> None:
    """One person's questionnaires: answers, bands, change since entry."""
    from wellbeing_bot.results_command import results as run

    raise SystemExit(run(read_settings(), person))


@cli.command()
def outcomes(
    network: Annotated[str, typer.Option(help="One network alone, by its short name.")] = "",
    instrument: Annotated[str, typer.Option(help="One instrument alone, such as ons4.")] = "",
    since: Annotated[datetime | None, typer.Option(help="What was done for referrals since.")] = None,
) -> None:
    """Paired change by group, network and concern, and what was done. Groups under five are not shown."""
    from wellbeing_bot.results_command import outcomes as run

    day = since.date() if since else None
    raise SystemExit(
        run(read_settings(), datetime.now(UTC), network=network, instrument=instrument, since=day)
    )


@cli.command()
def review(
    network: Annotated[str, typer.Option(help="Short name of the network, where there are several.")] = "",
    link_worker: Annotated[str, typer.Option(help="One link worker alone, by name.")] = "",
    waiting_days: Annotated[int, typer.Option(min=1, help="Waiting longer than this is long.")] = 14,
    html: Annotated[bool, typer.Option("--html", help="A page to print instead of CSV.")] = False,
) -> None:
    """The weekly list for the meeting with social services: new, waiting, not reached, urgent, left."""
    from wellbeing_bot.meeting_command import review as run

    kind = "html" if html else "csv"
    raise SystemExit(
        run(
            read_settings(),
            datetime.now(UTC),
            network=network,
            link_worker=link_worker,
            waiting_days=waiting_days,
            kind=kind,
        )
    )


@cli.command()
def summary(
    folder: Annotated[Path, typer.Argument(help="Where the files go, one a practice.")],
    network: Annotated[str, typer.Option(help="Short name of the network, where there are several.")] = "",
    days: Annotated[int, typer.Option(min=1, help="Whoever was with us in this many days.")] = 90,
    text: Annotated[bool, typer.Option("--text", help="Plain text instead of CSV.")] = False,
) -> None:
    """A short summary for each practice, to be put on the GP record."""
    from wellbeing_bot.meeting_command import summary as run

    now, kind = datetime.now(UTC), "txt" if text else "csv"
    since = now - timedelta(days=days)
    raise SystemExit(run(read_settings(), folder, now, network=network, since=since, kind=kind))


@cli.command(name="export-outcomes")
def export_outcomes(
    folder: Annotated[Path, typer.Argument(help="Where the files go.")],
    network: Annotated[str, typer.Option(help="One network alone, by its short name.")] = "",
) -> None:
    """Answers and results as CSV, and as FHIR R4 JSON."""
    from wellbeing_bot.results_command import export_outcomes as run

    raise SystemExit(run(read_settings(), folder, datetime.now(UTC), network))
