"""Importing a network from YAML and CSV files, and setting one up for the simulator.

``docs/import.md`` and ``docs/simulator-setup.md`` are the formats for those who write them.
"""

from wellbeing_bot.service.importing.importing import (
    Progress,
    import_documents,
    import_portion,
    problems_of,
)
from wellbeing_bot.service.importing.parsed import Everything, read
from wellbeing_bot.service.importing.problems import ImportErrors, ImportProblem
from wellbeing_bot.service.importing.sources import Source, read_sources
from wellbeing_bot.service.importing.summary import Counts, Summary

__all__ = [
    "Counts",
    "Everything",
    "ImportErrors",
    "ImportProblem",
    "Progress",
    "Source",
    "Summary",
    "import_documents",
    "import_portion",
    "problems_of",
    "read",
    "read_sources",
]
