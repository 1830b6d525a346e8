"""Credits in the description of an episode: what counts as one, and what does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.bangumi.credit_lines import credit_lines
from ingest.bangumi.vocabulary import OTHER_LABELS

LABELS = {
    **OTHER_LABELS,
    "監督": "director",
    "シナリオ": "screenwriter",
    "脚本": "screenwriter",
    "絵コンテ": "storyboard-artist",
    "音楽": "score-composer",
    "美術": "art-staff",
}


@pytest.mark.parametrize(
    ("line", "credits"),
    [
        ("監督：福島敦子", ["director 福島敦子"]),
        ("監督・シナリオ：大友克洋", ["director 大友克洋", "screenwriter 大友克洋"]),
        ("美術：谷口淳一、本間禎章", ["art-staff 谷口淳一", "art-staff 本間禎章"]),
        ("監督　前田 真宏", ["director 前田真宏"]),
        (
            "原案 監督 脚本　吉浦康裕",
            ["original-concept 吉浦康裕", "director 吉浦康裕", "screenwriter 吉浦康裕"],
        ),
        ("監督　堀内 隆　江本 正弘", ["director 堀内隆", "director 江本正弘"]),
        ("監督　高遠　るい", ["director 高遠るい"]),
        ("音楽 - おかもとだいすけ", ["score-composer おかもとだいすけ"]),
        ("音楽：SOUND STUDIO ONE", ["score-composer SOUND STUDIO ONE"]),
        ("効果：佐々木純一(アニメサウンドプロダクション)", ["sound-effects 佐々木純一"]),
        (
            "原作　草野剛・コヤマシゲト",
            ["original-creator 草野剛", "original-creator コヤマシゲト"],
        ),
        ("監督 - マイケル・アリアス", ["director マイケル・アリアス"]),
        ("監督の初監督作品である。", []),
        ("音楽を重視したスタイルがとられており、美しい。", []),
        ("麻衣 - 春名風花", []),
        ("主人公：森次晃嗣／少女：町田淳子", []),
        ("原作：（「週刊」より）", []),
        ("監督", []),
    ],
)
def test_line(line: str, credits: list[str]) -> None:
    assert [" ".join(credit) for credit in credit_lines(line, LABELS)] == credits


def test_none_stands_twice() -> None:
    assert len(list(credit_lines("監督：今敏\r\n監督：今敏", LABELS))) == 1


@given(st.text(alphabet="監督音楽・、：　 -()（）今敏A\n", max_size=40))
def test_every_name_is_text_of_the_line(text: str) -> None:
    for role, name in credit_lines(text, LABELS):
        assert role in LABELS.values()
        assert name.strip() == name != ""
