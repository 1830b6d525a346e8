"""Studios, publishers and other companies that stand in infoboxes as text, several in one.

What two texts have in common is their slug. A text that is the name of one organization of the
dump means that one; each of the others is an organization by its name alone.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from typing import Final, NamedTuple

from ingest.bangumi.codes import Companies
from ingest.bangumi.contributors import COMPANY
from ingest.bangumi.infobox import Infobox
from ingest.bangumi.staging import Staging
from ingest.identity import BANGUMI, language_of, name_key, script_of, slugify
from ingest.ideographs import chinese_language
from ingest.records import Citation, Entity, EntityType, Name

_ENDING: Final = re.compile(
    r"(?:社|委員会|委员会|放送|テレビ|电视台?|映像|映画|出版|書店|書房|書院|文庫|公司|影业|文化|传媒|動漫|动漫"
    r"|プロ|コーポレーション|コミュニケーションズ|フィルム|ピクチャーズ|ビジュアル|エンタテインメント|エンターテイメント|エンターテインメント"
    r"|ミュージック|アニメーション|グループ|パートナーズ|工房|事務所|製作所|商事|印刷|銀行|新聞|大学|協会)$"
)
"""What names of companies end with."""
_CHINESE: Final = re.compile(r"公司|影业|传媒|动漫|动画|电视")
_FORM: Final = r"(?!\s*(?:Ltd|Inc|LLC|Corp|Co)\b)"
_BETWEEN: Final = re.compile(
    rf"[、，;；\n→]|(?<![A-Za-z0-9.]),{_FORM}|,{_FORM}\s|\s*/\s*|／|×", re.IGNORECASE
)
"""What stands between names; a comma before the form of a company is part of its name."""
_REMARK: Final = re.compile(
    r"(?:[（(][^（()）]*[)）]|【[^】]*】|[\[［][^\]］]*[\]］]|「[^」]*」|『[^』]*』|[（(].*$)"
)
_LABEL: Final = re.compile(r"^[^：:]{1,12}[：:]")
_NO_COMPANY: Final = re.compile(r"https?:|[。！？…※]|^(?:他|等|など|ほか|\d+)$|(?:など|ほか)$")
_CJK_SPACE: Final = re.compile(r"(?<=[\u3040-\u9fff])\s+(?=[\u3040-\u9fff])")
_LONGEST: Final = 60


class CompanyText(NamedTuple):
    """A company as an infobox names it. `certain`: the key or the name says that it is one."""

    role: str
    name: str
    certain: bool


def company_texts(infobox: Infobox, keys: Mapping[str, Companies]) -> Iterator[CompanyText]:
    """The companies under the keys, in their order, each once in a role."""
    seen: set[tuple[str, str]] = set()
    for key, (role, mixed) in keys.items():
        for text in infobox.values(key):
            for name in _split(text):
                if (role, name) not in seen:
                    seen.add((role, name))
                    yield CompanyText(role, name, not mixed or looks_like_company(name))


def _split(text: str) -> Iterator[str]:
    """The names in a text, without remarks. What follows another label ("製作協力：...") does
    something else than the key says, and is left out.
    """
    plain = _REMARK.sub(" ", _REMARK.sub(" ", text))
    for piece in _BETWEEN.split(plain):
        name = " ".join(piece.split())
        if _LABEL.match(name):
            return
        if len(name) <= _LONGEST and any(map(str.isalnum, name)) and not _NO_COMPANY.search(name):
            yield name


def looks_like_company(name: str) -> bool:
    return bool(COMPANY.search(name) or _ENDING.search(name))


def organization_slug(name: str) -> str:
    """What spellings of one name have in common: spaces within Japanese do not count."""
    return slugify(_CJK_SPACE.sub("", name))


def organization(slug: str, texts: Iterable[str]) -> Entity:
    """An organization that is known by its name alone, in all spellings, the most used first."""
    cited = (Citation(BANGUMI),)
    names = tuple(
        Name(text, "ORIGINAL" if place == 0 else "ALIAS", _language(text), cited)
        for place, text in enumerate(texts)
    )
    return Entity(EntityType.ORGANIZATION, f"organization:{slug}", slug, names, cited)


def _language(text: str) -> str | None:
    script = script_of(text)
    if script == "Latn":
        return "en"
    if script == "Hani":
        return chinese_language(text) if _CHINESE.search(text) else "ja"
    return language_of(text)


class Organizations:
    """Who is meant by the companies that the staged mentions name."""

    def __init__(self, staging: Staging) -> None:
        self.database = staging.database
        self.database.execute(
            "CREATE TABLE organization (slug TEXT PRIMARY KEY, entity TEXT) WITHOUT ROWID"
        )

    def settle(self) -> None:
        """Decides which names are companies' and whose: that of the one organization of the dump
        that has it, else its own.
        """
        names = self.database.execute(
            "SELECT slug, name, max(certain) FROM company GROUP BY slug, name ORDER BY slug, name"
        )
        for slug, spelled in groupby(names, key=itemgetter(0)):
            rows = list(spelled)
            entity = self._known(name for _, name, _ in rows)
            if entity or any(certain for _, _, certain in rows):
                insert = "INSERT INTO organization VALUES (?, ?)"
                self.database.execute(insert, (slug, entity or f"organization:{slug}"))

    def _known(self, texts: Iterable[str]) -> str | None:
        """The only organization of the dump that has one of the names."""
        found = {
            entity
            for text in texts
            for (entity,) in self.database.execute(
                "SELECT DISTINCT entity FROM contributor_name JOIN contributor USING (id)"
                " WHERE key = ? AND type = 'Organization'",
                (name_key(text),),
            )
        }
        return found.pop() if len(found) == 1 else None
