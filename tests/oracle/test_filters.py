"""What a list finds is what a plain look at every thing finds."""

from collections import Counter

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.conftest import Ask
from tests.examples import examples
from tests.oracle.catalogue import known
from tests.oracle.connections import Asked, connections, whole
from tests.oracle.filters import Oracle
from tests.oracle.questions import Question, kinds_of, questions


def expected(question: Question, nsfw: bool = False) -> set[str]:
    """The ids that the oracle finds, also of what is not safe for work if ``nsfw``."""
    oracle = Oracle()
    return {
        thing.id
        for thing in known().of(*kinds_of(question.field))
        if nsfw or thing.is_listed
        if oracle.satisfies(question.type, question.where, thing)
    }


@given(questions(), st.booleans(), st.booleans())
@examples(100)
async def test_a_list_finds_what_satisfies_its_filter(
    ask: Ask, question: Question, nsfw: bool, literal: bool
) -> None:
    connection = connections()[f"Query.{question.field}"]
    arguments = {"where": question.where, "includeNsfw": nsfw}
    taken = {name: value for name, value in arguments.items() if name in connection.arguments}
    rows = await whole(ask, Asked(connection, None, taken, literal))
    assert {id_ for (id_,) in rows} == expected(question, nsfw)


def test_most_answers_are_neither_empty_nor_everything() -> None:
    """Or these tests would see little of what filters do."""
    shares: Counter[str] = Counter()

    @given(questions())
    @settings(max_examples=400, phases=[Phase.generate])
    def look(question: Question) -> None:
        found, everything = len(expected(question)), len(known().of(*kinds_of(question.field)))
        shares["empty" if not found else "everything" if found == everything else "some"] += 1

    look()
    assert shares["empty"] < 0.5 * shares.total()
    assert shares["everything"] < 0.25 * shares.total()
