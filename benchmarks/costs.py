"""What a first visit costs in SMS parts, counted over the transcript that tells it."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.report import Row
from tests.transcripts.test_what_a_first_visit_costs import spent_in


def measure() -> list[Row]:
    """The rows of this part."""
    with tempfile.TemporaryDirectory() as folder:
        spent = spent_in(Path(folder))
    work = 'SMS parts of a whole first visit, consent to "did you get there": '
    return [
        Row(work + "the patient", f"{spent['Jean']}", "", None, "16"),
        Row(work + "the champion", f"{spent['Sam']}", "", None, "6"),
    ]
