"""Samples of several servers beside each other."""

from bench.comparison import Comparison, p50
from bench.load import Sample
from bench.rounds import Length, Rounds, rounds
from bench.targets import Target, listed

SLOW = Sample(latencies=[0.004, 0.004, 0.008], elapsed=0.016, cpu=0.006)
FAST = Sample(latencies=[0.002, 0.002, 0.002], elapsed=0.006, cpu=0.003)


class Fixed:
    """Answers in the same time always, and says that it was asked."""

    def __init__(self, name: str, sample: Sample, asked: list[str]) -> None:
        self.name, self.sample, self.asked = name, sample, asked

    async def measure(self, connections: int, seconds: float) -> Sample:
        self.asked.append(self.name)
        return self.sample


async def test_sides_take_turns_at_being_first() -> None:
    asked: list[str] = []
    sides = {"ours": Fixed("ours", SLOW, asked), "theirs": Fixed("theirs", FAST, asked)}
    found = await rounds(sides, 1, Length(rounds=2, seconds=1, warm_up=0))
    assert asked == ["ours", "theirs", "theirs", "ours"]
    assert found.ratio("ours", "theirs", p50).median == 2.0


def test_a_comparison_is_a_table() -> None:
    found = Comparison(
        "A page",
        {"ours": 1200, "theirs": 900},
        [Rounds(1, {"ours": [SLOW, SLOW], "theirs": [FAST, SLOW]})],
    )
    assert list(found.listed()) == [
        "",
        "## A page",
        "",
        "Answers: ours 1,200 bytes, theirs 900 bytes. 2 rounds.",
        "",
        "| connections | | ours | theirs | ratio |",
        "|---:|---|---:|---:|---:|",
        "| 1 | p50 | 4.00 ms | 3.00 ms | 1.5 (1 to 2) |",
        "| 1 | p95 | 7.60 ms | 4.80 ms | 2.4 (1 to 3.8) |",
        "| 1 | answers/s | 188 | 344 | 0.688 (0.375 to 1) |",
        "| 1 | processor time | 2.00 ms | 1.50 ms | 1.5 (1 to 2) |",
    ]


def test_what_is_missed_is_said() -> None:
    found = [Target.most("p50, ms", 3, 2.5), Target.least("answers/s", 100, 99)]
    assert list(listed(found))[-2:] == [
        "| p50, ms: at most 3 | 2.5 | met |",
        "| answers/s: at least 100 | 99 | **missed** |",
    ]
