"""Pages of the community wiki: the form, what may be damaged, and what is an error."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import SourceError
from ingest.wiki.cast import WikiCharacter, WikiVoice
from ingest.wiki.page import WikiList, WikiPage, WikiRelease, parse_page, read_page
from ingest.wiki.text import Line

PAGES = Path(__file__).parent / "pages"
REAL = Path(__file__).parents[4] / "shared" / "data" / "memories-wiki-page.txt"
PATH = Path("page.txt")


def text_of(name: str) -> str:
    return (PAGES / f"{name}.txt").read_text(encoding="utf-8")


def page_or_error(text: str) -> WikiPage | SourceError:
    try:
        return parse_page(text, PATH)
    except SourceError as error:
        return error


def texts(lines: tuple[Line, ...]) -> list[str]:
    return [line.text for line in lines]


@pytest.fixture(scope="module")
def full() -> WikiPage:
    return read_page(PAGES / "full.txt")


def test_the_prose_of_a_full_page(full: WikiPage) -> None:
    assert full.title == Line(24, "Lantern Tides")
    assert full.deck is not None
    assert full.deck.text.startswith("Three tales told around one lighthouse")
    assert [line.number for line in full.description] == [5, 7, 9, 11]


def test_the_people_of_a_full_page(full: WikiPage) -> None:
    assert full.characters == (
        WikiCharacter(
            16,
            "Jonas Vale",
            (WikiVoice("Ken Arimura", "ja"), WikiVoice("Paul Reed", "en")),
            "The keeper of the light.",
        ),
        WikiCharacter(17, "Mina", (WikiVoice("Yuu Sakaki"),)),
        WikiCharacter(18, "Rei", (WikiVoice("Emi Hoshino"),)),
        WikiCharacter(20, "Captain Orr", (WikiVoice("Goro Kitamura"),)),
        WikiCharacter(21, "The Fleet"),
    )
    assert [(each.name, each.role) for each in full.credits] == [
        ("Haruo Mikage", "director"),
        ("Haruo Mikage", "screenwriter"),
        ("Aya Tanaka", "character-designer"),
        ("Ryo Ōnishi", "score-composer"),
        ("Studio Kelp", "animation-studio"),
        ("Toru de la Vega", "key-animator"),
        ("Naoko Mori", "animation-director"),
    ]


def test_the_facts_of_a_full_page(full: WikiPage) -> None:
    assert texts(full.names) == ["Lantern Tides", "灯台の潮", "Lantern Tides: Festival Cut"]
    assert full.releases == (
        WikiRelease(37, "Lantern Tides", "1992-09-09", "US"),
        WikiRelease(39, "灯台の潮", "1991-03-21", "JP"),
        WikiRelease(41, "Lantern Tides: Festival Cut", "1990-05"),
    )
    assert (full.rating, full.runtime) == ("PG-13", 112)
    assert (full.released, full.id) == ("1990-05", "lantern-tides-1990")
    assert texts(full.genres) == ["Drama", "Science-Fiction"]
    assert texts(full.themes) == ["Lighthouse", "The Sea"]


def test_the_sidebar_of_a_full_page(full: WikiPage) -> None:
    assert texts(full.aliases) == [
        "Tides of the Lantern",
        "Salt Letters",
        "Storm sisters",
        "Last Hull",
        "灯台",
    ]
    assert full.lists == (
        WikiList(58, "Films by the sea, and a list of lists", 1204, "brine"),
        WikiList(59, "quiet ones", 1, "静"),
    )
    assert texts(full.franchises) == ["Lantern"]
    assert texts(full.similar) == ["Glass Harbor", "Iron Bay (1960)"]
    assert texts(full.associations) == ["Lamp Oil"]
    assert texts(full.editors) == ["brine 210 points", "moss"]
    assert texts(full.captions) == ["The keeper's desk"]


def test_what_a_full_page_leaves_unclear_is_noted(full: WikiPage) -> None:
    assert [(note.line, note.text) for note in full.notes] == [
        (31, "no known role in the credit 'Sven Olsen Lamp Wrangler He looked after the lamps.'")
    ]


def test_an_empty_page_states_its_title_alone() -> None:
    page = read_page(PAGES / "empty.txt")
    assert (page.title.text, texts(page.names)) == ("Hollow Year", ["Hollow Year"])
    stated = (page.deck, page.description, page.characters, page.credits, page.releases)
    assert stated == (None, (), (), (), ())
    assert (page.rating, page.runtime, page.genres, page.themes) == (None, None, (), ())
    assert (page.aliases, page.lists, page.similar, page.editors) == ((), (), (), ())
    assert page.notes == ()


def test_names_may_be_in_any_script_and_terms_below_headings() -> None:
    page = read_page(PAGES / "scripts.txt")
    assert page.title.text == "夜行列車"
    assert [(each.name, each.biography) for each in page.credits] == [
        ("白川 静香", "長野県出身のアニメ監督。"),
        ("Łukasz Żak", ""),
        ("José Ángel Núñez", "Productor."),
        ("봉 준영", ""),
        ("Сергей Иванов", ""),
    ]
    assert [each.name for each in page.characters] == ["駅長", "Młynarz"]
    assert [release.date for release in page.releases] == ["1987-11-03", "1989-03-03"]
    assert (texts(page.genres), texts(page.themes)) == (["Railway", "Mystery"], ["Night"])
    assert page.notes == ()


def test_what_cannot_be_placed_is_noted_with_its_line() -> None:
    page = read_page(PAGES / "broken.txt")
    assert [f"{note.line}: {note.text}" for note in page.notes] == [
        "9: no character can be told from 'Bob Loblaw Ken Watanabe'",
        "10: no character can be told from 'Carlo (tenor)'",
        "13: no known role in the credit 'Mary Major Gaffer She was the Director of Smooth Cut.'",
        "14: no known role in the credit 'Ann Other Sub Director'",
        "17: a release date without a name: taken as the title's",
        "17: unknown region 'Atlantis'",
        "22: a second rating: 'PG'",
        "23: nothing is known to go here: 'Budget: 5 dollars'",
        "26: a genre or a theme? taken as a genre: 'Noir'",
        "32: no list can be told from 'a pile of films by moss'",
        "39: no heading 'Top Editors' on the page",
    ]
    assert page.releases == (WikiRelease(17, "Rough Cut", "2003"),)
    assert page.rating == "R"


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\r"),
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n", " \t\n"),
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: text.replace("General Information Edit", "General Information"),
        lambda text: text.rstrip("\n"),
    ],
    ids=["CRLF", "CR", "BOM", "trailing space", "no-break space", "no Edit", "no last newline"],
)
def test_a_page_may_be_written_by_any_editor(change: Callable[[str], str], full: WikiPage) -> None:
    assert parse_page(change(text_of("full")), full.path) == full


@pytest.mark.parametrize(
    ("above", "between", "below", "genres", "themes"),
    [
        (["Drama"], ["Sea"], [], ["Drama"], ["Sea"]),
        ([], ["Drama", ""], ["Sea"], ["Drama"], ["Sea"]),
        ([], ["Drama", ""], [], ["Drama"], []),
        ([], ["", "Sea"], [], [], ["Sea"]),
        (["Drama, War"], [], [], ["Drama", "War"], []),
        ([], [""], ["Sea"], [], ["Sea"]),
    ],
)
def test_genres_and_themes_stand_above_or_below_their_prompts(
    above: list[str], between: list[str], below: list[str], genres: list[str], themes: list[str]
) -> None:
    prompts = ("Add a new genre", "Add a new theme")
    lines = [*above, prompts[0], *between, prompts[1], *below]
    text = text_of("empty").replace("\n\n".join(prompts), "\n".join(lines))
    page = parse_page(text, PATH)
    assert (texts(page.genres), texts(page.themes)) == (genres, themes)
    assert page.notes == ()


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ("115 (mins)", 115),
        ("115 mins", 115),
        ("115 min.", 115),
        ("115", 115),
        ("1h 55m", 115),
        ("1 hr 55 mins", 115),
        ("2 hours", 120),
        ("24 minutes per episode", 24),
        ("(mins)", None),
        ("0 (mins)", None),
        ("N/A", None),
    ],
)
def test_runtimes(written: str, minutes: int | None) -> None:
    text = text_of("empty").replace("Runtime: (mins)", f"Runtime: {written}")
    assert parse_page(text, PATH).runtime == minutes


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        (
            "1 h 52 mins",
            "abc",
            "page.txt:43: expected a runtime such as \"115 (mins)\", found 'abc'",
        ),
        ("May 1990", "May 199", "page.txt:41: expected a date such as"),
        ("Mar. 21, 1991", "Feb. 30, 1991", "page.txt:39: expected a date such as"),
        (
            "The content below is entirely editable.\n",
            "",
            'page.txt:2: expected "The content below is entirely editable.", found',
        ),
        (
            "Characters & Voice Actors\n",
            "",
            'page.txt:74: expected the heading "Characters & Voice Actors"; the page ends without',
        ),
        ("Add a credit to", "Add credits to", 'expected "Add a credit to <title>."'),
        ("General Information Edit\n", "", 'expected the heading "General Information"'),
    ],
)
def test_a_page_that_is_not_of_the_form_is_an_error_with_its_line(
    old: str, new: str, error: str
) -> None:
    text = text_of("full")
    assert old in text
    with pytest.raises(SourceError) as raised:
        parse_page(text.replace(old, new), PATH)
    assert error in str(raised.value)


@pytest.mark.parametrize("text", ["", "\n\n", "Memories (1995) is a film.\n", "{}", "<html>"])
def test_any_other_text_is_an_error(text: str) -> None:
    with pytest.raises(SourceError, match=r"page\.txt:\d+: expected \"The content below"):
        parse_page(text, PATH)


def test_a_page_cut_off_before_its_last_sections_is_an_error() -> None:
    text = text_of("full")
    for end in range(0, text.index("Franchise Edit"), 7):
        with pytest.raises(SourceError, match=r"page\.txt:\d+: expected"):
            parse_page(text[:end], PATH)


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"The content\nbelow \xe9", r":2: expected UTF-8, found the byte 0xe9"),
        (b"one\r\ntwo\r\n\0", r":3: expected text, found a NUL byte"),
        ("The content below".encode("utf-16"), r":1: expected UTF-8, found UTF-16"),
    ],
)
def test_a_file_that_is_no_text_is_an_error(content: bytes, error: str, tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_bytes(content)
    with pytest.raises(SourceError, match=error):
        read_page(path)


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"page\.txt: cannot be read: No such file"):
        read_page(tmp_path / "page.txt")


@given(st.data())
def test_a_page_with_lines_lost_or_garbled_is_read_or_refused(data: st.DataObject) -> None:
    lines = text_of("full").split("\n")
    for _ in range(data.draw(st.integers(1, 4))):
        position = data.draw(st.integers(0, len(lines) - 1))
        lines[position] = data.draw(st.sampled_from(["", lines[0]]) | st.text(max_size=30))
    read = page_or_error("\n".join(lines))
    assert read.line if isinstance(read, SourceError) else read.title.text


@pytest.mark.skipif(not REAL.exists(), reason="the real page is not beside the repository")
def test_the_real_page() -> None:
    page = read_page(REAL)
    assert (page.title.text, page.id) == ("Memories", "memories-1995")
    assert [line.number for line in page.description] == [5, 7, 9]
    assert page.characters == ()
    assert [(each.name, each.phrase) for each in page.credits] == [
        ("Tensai Okamura", "Director"),
        ("Hirotsugu Kawasaki", "Character Artist/Designer"),
        ("Hidekazu Ohara", "Character Artist/Designer"),
        ("Koji Morimoto", "Director"),
        ("Katsuhiro Otomo", "Director"),
        ("Masahiro Ando", "Key Animator"),
        ("Takashi Watanabe", "Art Director"),
        ("Satoshi Kon", "Writer"),
        ("Yoko Kanno", "Music"),
        ("Hiroyuki Nagashima", "Music"),
        ("Jun Miyake", "Music"),
    ]
    assert page.releases == (
        WikiRelease(34, "Memories", "2004-02-24"),
        WikiRelease(36, "メモリーズ", "1995-12-23"),
    )
    assert (page.rating, page.runtime) == ("R", 115)
    assert texts(page.aliases) == [
        "Katsuhiro Otomo Presents: Memories",
        "Magnetic Rose",
        "Cannon Fodder",
        "Stink bomb",
    ]
    assert page.lists == (
        WikiList(48, "Seen and Watched", 334, "Obsidian609"),
        WikiList(49, "anime list", 181, "shels"),
        WikiList(50, "completed anime with some ongoing", 95, "jlanzer"),
    )
    assert texts(page.captions) == ["Original US Poster Art"]
    empty = (page.genres, page.themes, page.franchises, page.similar, page.associations)
    assert empty == ((), (), (), (), ())
    assert (page.editors, page.notes) == ((), ())
