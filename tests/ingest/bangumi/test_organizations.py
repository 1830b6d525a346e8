"""Companies in infoboxes: several in one text, with remarks, and people among them."""

import pytest

from ingest.bangumi.codes import ANIME, read_codes
from ingest.bangumi.infobox import Infobox
from ingest.bangumi.organizations import company_texts, organization_slug

KEYS = read_codes().companies[ANIME]


def companies(key: str, text: str) -> list[str]:
    infobox = Infobox(f"{{{{Infobox animanga/Anime\n|{key}= {text}\n}}}}")
    return [each.name for each in company_texts(infobox, KEYS) if each.certain]


@pytest.mark.parametrize(
    ("key", "text", "names"),
    [
        ("动画制作", "MADHOUSE", ["MADHOUSE"]),
        ("动画制作", "Production I.G / XEBEC", ["Production I.G", "XEBEC"]),
        ("动画制作", "サンライズ、ボンズ", ["サンライズ", "ボンズ"]),
        ("动画制作", "動画工房（1話-12話）、ゼクシズ", ["動画工房", "ゼクシズ"]),
        ("动画制作", "旭プロダクション；制作协力：スタジオガゼル", ["旭プロダクション"]),
        ("製作", "講談社（宮原照夫）、松下武義", ["講談社"]),
        (
            "製作",
            "TBS、ちょびっツ製作委員会（パイオニアLDC、ムービック）",
            ["ちょびっツ製作委員会"],
        ),
        ("製作", "Foo Co., Ltd., 講談社", ["Foo Co., Ltd.", "講談社"]),
        ("动画制作", "-", []),
        ("导演", "MADHOUSE", []),
    ],
)
def test_who_is_named(key: str, text: str, names: list[str]) -> None:
    assert companies(key, text) == names


def test_spellings_of_one_company_have_one_slug() -> None:
    assert organization_slug("東映 アニメーション") == organization_slug("東映アニメーション")
    assert organization_slug("Studio 4℃") == organization_slug("STUDIO4°C".replace("O4", "O 4"))
    assert organization_slug("ボンズ") != organization_slug("BONES")
