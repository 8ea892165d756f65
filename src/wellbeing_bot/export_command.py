"""``wellbeing-bot export``: all that is on record of a network, as JSON lines."""

from __future__ import annotations

from pathlib import Path

from wellbeing_bot.config import Settings, SettingsError
from wellbeing_bot.service.accounts.managing import AccountError, network_called
from wellbeing_bot.service.network_export import export
from wellbeing_bot.store.database import Database


def run(settings: Settings, file: Path, network: str) -> int:
    """Write the file, readable by its owner alone. Exit code 0 when it is whole.

    Raises:
        SettingsError: there is no such network, or several and none was named.
    """
    database = Database(settings.database_url)
    file.touch(mode=0o600)
    try:
        with database.reading() as session, file.open("w", encoding="utf-8") as out:
            lines = 0
            for line in export(session, network_called(session, network)):
                out.write(f"{line}\n")
                lines += 1
    except AccountError as error:
        raise SettingsError(str(error)) from None
    finally:
        database.close()
    print(f"{lines} rows are in {file}. It holds patients' records: keep it as you keep those.")
    return 0
