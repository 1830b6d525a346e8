"""Albums with music of the chosen works, and their tracks."""

from collections.abc import Iterable, Iterator, Mapping

from ingest.bangumi.codes import MUSIC
from ingest.bangumi.infobox import Infobox
from ingest.bangumi.quantities import partial_date, seconds
from ingest.bangumi.rows import Episode, Subject
from ingest.extraction.contributors import Contributors
from ingest.extraction.dump import SOUNDTRACK, Dump
from ingest.extraction.facts import CREDIT, OWN, Fact, present, united, value
from ingest.extraction.names import part_names
from ingest.extraction.selection import ChosenAlbum
from ingest.extraction.shipped import Shipped
from ingest.extraction.works import DATES, MAIN_STORY
from ingest.identity import BANGUMI, slugify
from ingest.records import EntityType


class Albums:
    """Makes an entry of each album of the dump. `works`: slugs of works by id at Bangumi."""

    def __init__(
        self,
        dump: Dump,
        roles: Mapping[int, str],
        contributors: Contributors,
        shipped: Shipped,
        works: Mapping[int, str],
        chosen: Iterable[ChosenAlbum],
    ) -> None:
        self.dump = dump
        self.roles = roles
        self.contributors = contributors
        self.shipped = shipped
        self.works = works
        self.chosen = tuple(chosen)

    def entries(self) -> Iterator[Fact]:
        taken = set(self.shipped.slugs.get(EntityType.SOUNDTRACK, ()))
        for id_, works in sorted(self._works_of_albums().items()):
            if (EntityType.SOUNDTRACK, id_) in self.shipped.by_bangumi:
                continue
            subject = self.dump.subjects[id_]
            slug = slugify(subject.name)
            slug = slug if slug not in taken else f"{slug}-{id_}"
            taken.add(slug)
            yield self._entry(subject, slug, works)

    def _works_of_albums(self) -> dict[int, list[Fact]]:
        """The works whose music each album holds."""
        found = {
            album.id: [{"work": work, "by": [OWN]} for work in album.of] for album in self.chosen
        }
        for work, slug in self.works.items():
            for row in self.dump.relations[work]:
                album = self.dump.subjects.get(row.target)
                if row.type == SOUNDTRACK and album is not None and album.type == MUSIC:
                    found.setdefault(row.target, []).append({"work": slug, "by": [BANGUMI]})
        return {id_: united(works, ("work",)) for id_, works in found.items()}

    def _entry(self, subject: Subject, slug: str, works: list[Fact]) -> Fact:
        infobox = Infobox(subject.infobox)
        date = partial_date(subject.date.replace("0000-00-00", "") or infobox.first(*DATES) or "")
        return present(
            slug=slug,
            ids={BANGUMI: value(subject.id, BANGUMI)},
            names=part_names(subject.name, subject.name_cn, None, None),
            released=value(date, BANGUMI) if date else None,
            works=works,
            credits=self._credits(subject.id),
            tracks=list(self._tracks(subject.id)),
        )

    def _credits(self, id_: int) -> list[Fact]:
        found: list[Fact] = []
        for row in self.dump.staff[id_]:
            role, who = self.roles.get(row.position), self.contributors.known(row.person)
            if role is not None and who is not None:
                found.append(present(role=role, who=who, scope=row.scope or None, by=[BANGUMI]))
        return united(found, CREDIT)

    def _tracks(self, id_: int) -> Iterator[Fact]:
        found = [
            (row.disc, row.sort or 0.0, row.id, row)
            for row in self.dump.episodes[id_]
            if row.type == MAIN_STORY
        ]
        seen: set[tuple[int, int]] = set()
        for disc, sort, _, row in sorted(found):
            place = (disc or 1, int(sort))
            if place not in seen and row.name and sort == place[1] >= 1:
                seen.add(place)
                yield _track(row, *place)


def _track(row: Episode, disc: int, position: int) -> Fact:
    length = seconds(row.duration)
    return present(
        disc=disc,
        position=position,
        ids={BANGUMI: value(row.id, BANGUMI)},
        names=part_names(row.name, row.name_cn, None, None),
        durationSeconds=value(length, BANGUMI) if length else None,
    )
