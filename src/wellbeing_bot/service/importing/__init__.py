"""Importing a network from YAML and CSV files, and setting one up for the simulator.

``docs/import.md`` and ``docs/simulator-setup.md`` are the formats for those who write them.
"""

from wellbeing_bot.service.importing.importing import Progress, import_documents
from wellbeing_bot.service.importing.problems import ImportErrors, ImportProblem
from wellbeing_bot.service.importing.sources import Source, read_sources
from wellbeing_bot.service.importing.summary import Summary

__all__ = [
    "ImportErrors",
    "ImportProblem",
    "Progress",
    "Source",
    "Summary",
    "import_documents",
    "read_sources",
]
