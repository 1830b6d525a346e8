"""What is kept of late: as much as there is room for."""

from loaders.recent import Recent


def test_the_least_recently_used_goes_first() -> None:
    recent: Recent[str, int] = Recent(300)
    for number, key in enumerate("abc"):
        recent.put(key, number, 1)
    assert recent.get("a") == 0
    for number in range(298):
        recent.put(str(number), number, 1)
    assert (recent.get("a"), recent.get("b"), recent.get("c")) == (0, None, 2)


def test_what_takes_more_than_a_tenth_of_the_room_is_not_kept() -> None:
    recent: Recent[str, int] = Recent(300)
    recent.put("a", 1, 31)
    assert recent.get("a") is None


def test_what_is_put_again_is_counted_once() -> None:
    recent: Recent[str, int] = Recent(300)
    for number in range(1000):
        recent.put("a", number, 3)
    assert (recent.get("a"), recent.held) == (999, 3)
