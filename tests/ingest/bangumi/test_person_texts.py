"""Names of people in infoboxes: several in one text, with labels, remarks and episodes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.bangumi.codes import ANIME, read_codes
from ingest.bangumi.infobox import Infobox
from ingest.bangumi.person_texts import PersonText, Unread, person_texts

CODES = read_codes()


def found(key: str, text: str) -> list[PersonText | Unread]:
    infobox = Infobox(f"{{{{Infobox animanga/Anime\n|{key}= {text}\n}}}}")
    return list(person_texts(infobox, CODES.people[ANIME], CODES.labels))


def texts(key: str, text: str) -> list[PersonText]:
    """Role, name, other name and scope."""
    return [each for each in found(key, text) if isinstance(each, PersonText)]


def unread(key: str, text: str) -> list[tuple[str, str]]:
    """What was not taken for names, and why."""
    return [(each.text, each.why) for each in found(key, text) if isinstance(each, Unread)]


def named(key: str, text: str) -> list[tuple[str, str]]:
    return [(each.role, each.name) for each in texts(key, text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("大友克洋", ["大友克洋"]),
        ("大友克洋、森本晃司，岡村天斎/今敏", ["大友克洋", "森本晃司", "岡村天斎", "今敏"]),
        ("原田孝宏・黒木美幸", ["原田孝宏", "黒木美幸"]),
        ("パトリック・マシアス", ["パトリック・マシアス"]),
        ("罗伯·明可夫", ["罗伯·明可夫"]),
        ("稲吉智重 稲吉朝子", ["稲吉智重", "稲吉朝子"]),
        ("鷺巣 詩郎", ["鷺巣 詩郎"]),
        ("Clay Kaytis、Fergal Reilly", ["Clay Kaytis", "Fergal Reilly"]),
        ("赤塚不二夫『おそ松くん』（「週刊少年サンデー」他で連載）", ["赤塚不二夫"]),
        ("蝸牛くも（GA文庫／SBクリエイティブ刊）", ["蝸牛くも"]),
        ("Aniplex Co., Ltd.", ["Aniplex Co., Ltd."]),
        ("Robert Downey, Jr.", ["Robert Downey, Jr."]),
        ("佐藤一郎（A（b））、田中二郎", ["佐藤一郎", "田中二郎"]),
        ("佐藤一郎（A、田中二郎", ["佐藤一郎"]),
        ("佐藤一郎、2-3話", ["佐藤一郎"]),
        ("藤子・F・不二雄", ["藤子・F・不二雄"]),
        ("アーシュラ・K・ル＝グウィン", ["アーシュラ・K・ル＝グウィン"]),
        ("五十嵐“IGAO”淳一", ["五十嵐“IGAO”淳一"]),
        ("QP:flapper（さくら小春・小原トメ太）", ["QP:flapper"]),
        ("Александр Константинович Петров", ["Александр Константинович Петров"]),
        ("左", ["左"]),
        ("桜庭一樹 著", ["桜庭一樹"]),
        ("「暗殺教室」松井優征（集英社「週刊少年ジャンプ」連載）", ["松井優征"]),
        ("長月達平（MF文庫J「Re:ゼロから始める異世界生活」）", ["長月達平"]),
        ("Batman by Bob Kane", []),
        ("「ペルソナ3」（アトラス）", []),
        ("作・坂田信弘", []),
        ("1995年", []),
        ("https://example.org/staff", []),
        ("等", []),
        ("テレビ朝日系列で放送中", []),
        ("ゲーム『ワンダーモモ』", []),
        ("不明", []),
        ("（", []),
    ],
)
def test_who_is_named(text: str, names: list[str]) -> None:
    assert [each.name for each in texts("原作", text)] == names


def test_what_stands_in_brackets_is_another_name_or_the_episodes() -> None:
    assert texts("脚本", "赤尾でこ(三重野瞳)、篠塚智子(2,4)、A子（第1話）") == [
        ("screenwriter", "赤尾でこ", "三重野瞳", ""),
        ("screenwriter", "篠塚智子", "", "2,4"),
        ("screenwriter", "A子", "", "第1話"),
    ]


def test_each_of_a_persons_scopes_counts_also_without_brackets() -> None:
    assert [
        (each.name, each.scope) for each in texts("脚本", "今敏（第1話）、大河内一楼、今敏 第3話")
    ] == [
        ("今敏", "第1話"),
        ("大河内一楼", ""),
        ("今敏", "第3話"),
    ]


@pytest.mark.parametrize(
    ("key", "text", "people"),
    [
        (
            "导演",
            "小林治；脚本：今敏、大河内一楼；演出：田中一郎",
            [
                ("director", "小林治"),
                ("screenwriter", "今敏"),
                ("screenwriter", "大河内一楼"),
                ("episode-director", "田中一郎"),
            ],
        ),
        # Other names of roles.
        ("导演", "监督：周鹏", [("director", "周鹏")]),
        ("原作", "原作者：大友克洋", [("original-creator", "大友克洋")]),
        (
            "原作",
            "大友克洋／漫画：片倉真二",
            [("original-creator", "大友克洋"), ("manga-artist", "片倉真二")],
        ),
        # Within a group a label holds until the next one, also behind one that is no role.
        (
            "原作",
            "原案：大友克洋／配饰：田中一郎／シナリオ：横手美智子",
            [("original-concept", "大友克洋"), ("scenario-writer", "横手美智子")],
        ),
        # Behind a name, only the last word is a label.
        (
            "系列构成",
            "小林靖子 構成協力：高橋弥七郎",
            [("series-composer", "小林靖子"), ("series-composition-assistant", "高橋弥七郎")],
        ),
        # In brackets only the name of a role is a label.
        ("人物设定", "[副人物设定]原由美子", [("sub-character-designer", "原由美子")]),
        ("演出", "(又野弘道)久野弘、吉田浩", [("episode-director", "吉田浩")]),
    ],
)
def test_a_label_says_the_role(key: str, text: str, people: list[tuple[str, str]]) -> None:
    assert named(key, text) == people


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("小林治；配饰：田中一郎、山本二郎", [("田中一郎、山本二郎", "no role is called '配饰'")]),
        ("小林治、Batman by Bob Kane", [("Batman by Bob Kane", "no name")]),
        ("(又野弘道)久野弘、吉田浩", [("(又野弘道)久野弘", "no name")]),
        # Nothing is lost by these.
        ("小林治、等", []),
        ("小林治、2-3話", []),
        ("小林治（第1話）、", []),
        ("不明", []),
    ],
)
def test_what_names_nobody_is_told(text: str, expected: list[tuple[str, str]]) -> None:
    assert unread("导演", text) == expected


def test_brackets_within_brackets() -> None:
    text = "小林治（原名「治（おさむ）」、脚本：今敏）、大河内一楼"
    assert named("导演", text) == [("director", "小林治"), ("director", "大河内一楼")]


def test_many_brackets_take_no_longer_than_other_text() -> None:
    assert named("导演", "[" * 100_000) == named("导演", "（" * 50_000 + "）" * 50_000) == []


@given(st.lists(st.text("大友克洋AB：:、；・（）[]「」 1話漫画", max_size=12), max_size=4))
def test_every_name_stands_in_the_text(pieces: list[str]) -> None:
    text = "；".join(pieces)
    plain = "".join(text.split())
    assert all("".join(each.name.split()) in plain for each in texts("导演", text))
