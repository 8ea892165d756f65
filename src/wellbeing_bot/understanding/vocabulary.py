"""Reads the vocabulary: the words people use, as data that a non-programmer can extend.

``vocabulary/<language>/<name>.yaml`` beside this file, one file a topic. A language that lacks a file
has no words for that topic; it does not borrow English ones, because a wrong language reads wrongly.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

_LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Ten times as fast where PyYAML was built with libyaml, as its wheels are; both take nothing but data."""


class VocabularyError(ValueError):
    """A vocabulary file cannot be read. The message names the file and says what to write."""


@lru_cache(maxsize=64)
def vocabulary(name: str, language: str = "en") -> Any:
    """The parsed file ``vocabulary/<language>/<name>.yaml``. Treat it as read-only: it is shared.

    Raises:
        VocabularyError: there is no such file, or it is not YAML.
    """
    source = files("wellbeing_bot.understanding") / "vocabulary" / language / f"{name}.yaml"
    try:
        return yaml.load(source.read_text(encoding="utf-8"), Loader=_LOADER)
    except FileNotFoundError:
        raise VocabularyError(f"no vocabulary/{language}/{name}.yaml; add it, even if it is empty") from None
    except yaml.YAMLError as error:
        raise VocabularyError(f"vocabulary/{language}/{name}.yaml is not valid YAML: {error}") from error


@lru_cache(maxsize=64)
def spoken(name: str, language: str, otherwise: str = "en") -> str:
    """``language`` where it has the file ``name``, else ``otherwise``.

    Only for what must never go unread, danger and STOP; everything else keeps to its language.
    """
    source = files("wellbeing_bot.understanding") / "vocabulary" / language / f"{name}.yaml"
    return language if source.is_file() else otherwise
