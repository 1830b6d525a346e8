"""Who in a dump is a person and who an organization, and companies that stand as text only.

Dumps have companies among the individuals, and most studios and publishers nowhere but in the
infoboxes of subjects, several in one text.
"""

import re
from collections.abc import Callable, Iterable
from sqlite3 import Connection
from typing import Final

from ingest.bangumi.codes import Codes
from ingest.bangumi.entities import entity_id
from ingest.bangumi.infobox import Infobox
from ingest.bangumi.rows import Page, page, parsed
from ingest.bangumi.staging import Staging
from ingest.identity import name_key, script_of
from ingest.records import EntityType
from ingest.romanization import Readings

INDIVIDUAL: Final = 1
COMPANY_ROLES: Final = frozenset(
    {
        "animation-studio",
        "book-brand",
        "book-label",
        "developer",
        "distributor",
        "game-publisher",
        "magazine",
        "music-label",
        "music-publisher",
        "presenter",
        "production-company",
        "production-studio",
        "publisher",
        "recording-studio",
        "work-assistance",
    }
)
OF_A_BODY: Final = ("性别", "血型", "身高", "卒日")
OF_A_GROUP: Final = ("成员", "成立时间", "成立日期", "创立时间", "总部", "公司类型")
COMPANY: Final = re.compile(
    r"会社|有限公司|集团|製作委員会|制作委员会|Co\.|Ltd|Inc\b|Corp|Studio|Production|Records|Pictures"
    r"|Entertainment|スタジオ|プロダクション|レコード|Animation|Films?\b|Orchestra|管弦楽団",
    re.IGNORECASE,
)
"""What stands in the names of companies and groups."""


def is_company(
    person: Page,
    infobox: Infobox,
    mostly_company: bool,
    has_reading: Callable[[str, list[str]], bool],
) -> bool:
    """What the row and the page tell. `mostly_company`: those who mostly do what companies do
    are, unless their name is read as a person's.
    """
    names = [person.name, *(alias.text for alias in infobox.aliases)]
    if person.type == INDIVIDUAL and infobox.first(*OF_A_BODY):
        return False
    return bool(
        person.type != INDIVIDUAL
        or infobox.first(*OF_A_GROUP)
        or any(map(COMPANY.search, names))
        or (mostly_company and not has_reading(person.name, names))
    )


def settle_contributors(staging: Staging, codes: Codes) -> None:
    """Fills the staged table `contributor`: the entity of every person, and whether its name is
    in Latin letters; and `contributor_name`: the keys of all names.
    """
    database = staging.database
    database.execute(
        "CREATE TABLE contributor (id INTEGER PRIMARY KEY, type TEXT, entity TEXT, latin INTEGER)"
    )
    database.execute("CREATE TABLE contributor_name (key TEXT, id INTEGER)")
    mostly = _mostly_companies(staging, codes)
    database.execute("BEGIN")
    for (raw,) in database.execute("SELECT raw FROM person ORDER BY line"):
        _settle(staging, page(parsed(raw)), mostly)
    database.execute("COMMIT")
    database.execute("CREATE INDEX contributor_key ON contributor_name (key, id)")
    database.execute("CREATE INDEX contributor_own ON contributor_name (id)")
    database.execute("CREATE INDEX contributor_entity ON contributor (entity)")


def called(database: Connection, key: str) -> frozenset[int]:
    """The ids of all who are known by a name of this key."""
    found = database.execute("SELECT id FROM contributor_name WHERE key = ?", (key,))
    return frozenset(id_ for (id_,) in found)


def _settle(staging: Staging, person: Page, mostly: frozenset[int]) -> None:
    infobox = Infobox(person.infobox)
    type_ = (
        EntityType.ORGANIZATION
        if is_company(person, infobox, person.id in mostly, _has_reading)
        else EntityType.PERSON
    )
    entity = entity_id(type_, person.id)
    latin = script_of(person.name) == "Latn"
    insert = "INSERT INTO contributor VALUES (?, ?, ?, ?)"
    staging.database.execute(insert, (person.id, type_, entity, latin))
    keys = {name_key(text) for text in (person.name, *infobox.names)} - {""}
    staging.database.executemany(
        "INSERT INTO contributor_name VALUES (?, ?)", ((key, person.id) for key in sorted(keys))
    )


def _mostly_companies(staging: Staging, codes: Codes) -> frozenset[int]:
    wanted = ", ".join(str(code) for code, role in codes.roles.items() if role in COMPANY_ROLES)
    return frozenset(
        id_
        for (id_,) in staging.database.execute(
            f'SELECT other FROM "subject-persons" GROUP BY other'
            f" HAVING 2 * sum(third IN ({wanted})) > count(*)"
        )
    )


_NO_READINGS: Final = Readings(())


def _has_reading(name: str, names: Iterable[str]) -> bool:
    """Whether one of the names spells two Japanese words, as those of people do."""
    return script_of(name) != "Latn" and _NO_READINGS.best(name, names) is not None
