"""What is kept of a phone whose owner was forgotten: a keyed hash, so that it stays silent.

The number itself is gone. Should it come back - in a list that is imported, typed in at the desk, or
because its owner texts - the hash is made again and compared; only START from that phone ends the silence.
"""

from __future__ import annotations

import hashlib
import hmac

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from wellbeing_bot.service.work import Work
from wellbeing_bot.store import AddressRow, Suppression
from wellbeing_bot.store.quick import Query, given


def digest(secret_key: str, network_id: int, written: str) -> str:
    """The hash of an address such as ``sms:+447700900123``, in hexadecimal.

    Without the deployment's secret key a list of all numbers would not help to read it.
    """
    key = hmac.new(secret_key.encode(), b"suppression", hashlib.sha256).digest()
    return hmac.new(key, f"{network_id}:{written}".encode(), hashlib.sha256).hexdigest()


_KEPT = Query(
    Suppression,
    lambda query: query.where(
        Suppression.network_id == given("network"), Suppression.digest == given("digest")
    ),
)


def remember_silence(work: Work, address: AddressRow) -> None:
    """Keep the hash of an address that is about to be forgotten."""
    made = _digest(work, address)
    if _kept(work.session, work.network.id, made) is None:
        work.session.add(Suppression(network_id=work.network.id, digest=made, at=work.now))


def recall(work: Work, address: AddressRow) -> None:
    """An address that is new to us: if it was forgotten before, it is as silent as after STOP."""
    kept = _kept(work.session, work.network.id, _digest(work, address))
    if kept is not None and address.opted_out_at is None:
        address.opted_out_at = kept.at


def recall_new(session: Session, secret_key: str) -> int:
    """``recall`` for every address nothing has come from yet, after a list was brought in.

    Returns how many of them stay silent.
    """
    kept = {(row.network_id, row.digest): row for row in session.scalars(select(Suppression))}
    if not kept:
        return 0
    silent = 0
    rows = session.scalars(
        select(AddressRow).where(AddressRow.last_inbound_at.is_(None), AddressRow.opted_out_at.is_(None))
    )
    for row in rows:
        found = kept.get((row.network_id, digest(secret_key, row.network_id, str(row))))
        if found is not None:
            row.opted_out_at = found.at
            silent += 1
    return silent


def welcome_back(work: Work, address: AddressRow) -> None:
    """They texted START themselves: the hash is not needed any more."""
    work.session.execute(
        delete(Suppression).where(
            Suppression.network_id == work.network.id, Suppression.digest == _digest(work, address)
        )
    )


def _digest(work: Work, address: AddressRow) -> str:
    return digest(work.deployment.secret_key, work.network.id, str(address))


def _kept(session: Session, network_id: int, made: str) -> Suppression | None:
    return _KEPT.first(session, network=network_id, digest=made)
