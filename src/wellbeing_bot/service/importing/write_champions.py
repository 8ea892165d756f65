"""What a champion is asked for, and the groups they meet people at, into rows."""

from __future__ import annotations

from sqlalchemy import select

from wellbeing_bot.service.importing.people_documents import ChampionIn, PersonIn
from wellbeing_bot.service.importing.writing import Writing, fill, values
from wellbeing_bot.store import Champion, ChampionGroup, Person

_COLUMNS = tuple(name for name in ChampionIn.model_fields if name != "groups")


def write_champion(writing: Writing, row: Person, person: PersonIn) -> bool:
    """The champion details of a person. True when anything is different from before."""
    if person.champion is None:
        return False
    champion = writing.record.champions.get(row.id)
    new = champion is None
    columns = values(person.champion, _COLUMNS, new=new)
    if champion is None:
        champion = Champion(person_id=row.id, network_id=writing.network.id, entered_at=writing.now)
        writing.session.add(champion)
        writing.record.champions[row.id] = champion
    changed = fill(champion, columns)
    if new or "groups" in person.champion.model_fields_set:
        changed = _groups(writing, row, person.champion) or changed
    return changed or new


def _groups(writing: Writing, row: Person, champion: ChampionIn) -> bool:
    wanted = {writing.record.groups[key].id for key in champion.groups}
    known = {
        link.group_id: link
        for link in writing.session.scalars(select(ChampionGroup).where(ChampionGroup.person_id == row.id))
    }
    for group_id in wanted - set(known):
        writing.session.add(ChampionGroup(person_id=row.id, group_id=group_id))
    for group_id in set(known) - wanted:
        writing.session.delete(known[group_id])
    return wanted != set(known)
