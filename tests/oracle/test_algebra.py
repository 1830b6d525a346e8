"""What must hold between filters, whatever they say."""

from typing import Any

from hypothesis import given

from tests.conftest import Ask
from tests.examples import examples
from tests.oracle.questions import LOGIC, Quantified, Question, pairs, quantified, questions


async def counts(ask: Ask, question: Question, **filters: dict[str, Any]) -> dict[str, int]:
    """How many each of the filters finds, all asked for at once."""
    variables = ", ".join(f"${name}: {question.type}" for name in filters)
    lists = " ".join(
        f"{name}: {question.field}(where: ${name}, first: 0) {{ totalCount }}" for name in filters
    )
    answer = await ask(f"query ({variables}) {{ {lists} }}", **filters)
    assert isinstance(answer, dict), answer
    return {name: answer[name]["totalCount"] for name in filters}


@given(questions(LOGIC))
@examples(4)
async def test_not_is_the_complement(ask: Ask, question: Question) -> None:
    where = question.where
    found = await counts(
        ask,
        question,
        all={},
        one=where,
        other={"not": where},
        neither={"and": [where, {"not": where}]},
        again={"not": {"not": where}},
    )
    assert found["one"] + found["other"] == found["all"]
    assert found["neither"] == 0
    assert found["again"] == found["one"]


@given(pairs())
@examples(4)
async def test_and_is_the_intersection_and_or_the_union(
    ask: Ask, pair: tuple[Question, Question]
) -> None:
    question, other = pair
    one, two = question.where, other.where
    found = await counts(
        ask,
        question,
        one=one,
        nested={"and": [{"and": [one]}]},
        two=two,
        both={"and": [one, two]},
        turned={"and": [two], **({} if "and" in one else one)},
        any={"or": [one, two]},
        not_neither={"not": {"and": [{"not": one}, {"not": two}]}},
    )
    assert found["nested"] == found["one"]
    assert found["both"] + found["any"] == found["one"] + found["two"]
    assert found["not_neither"] == found["any"]
    assert found["turned"] == (found["both"] if "and" not in one else found["two"])


@given(quantified())
@examples(5)
async def test_quantifiers_of_one_filter(ask: Ask, asked: Quantified) -> None:
    question, link, where = asked.question, asked.link, asked.where
    found = await counts(
        ask,
        question,
        all={},
        some={link: {"some": where}},
        none={link: {"none": where}},
        neither={link: {"some": where, "none": where}},
    )
    assert found["some"] + found["none"] == found["all"]
    assert found["neither"] == 0


@given(quantified(with_keys=("all", "single")))
@examples(4)
async def test_all_and_single(ask: Ask, asked: Quantified) -> None:
    question, link, where = asked.question, asked.link, asked.where
    opposite = {"not": where} if asked.negatable else {"id": {"in": []}}
    found = await counts(
        ask,
        question,
        all={link: {"all": where if asked.negatable else {}}},
        none_not={link: {"none": opposite}},
        single={link: {"single": where}},
        single_of_some={link: {"single": where, "some": where}},
        alone={link: {"single": {}}},
        one={link: {"count": {"eq": 1}}},
        any={link: {"some": {}}},
        more={link: {"count": {"gt": 0}}},
    )
    assert found["all"] == found["none_not"]
    assert found["single"] == found["single_of_some"]
    assert found["alone"] == found["one"]
    assert found["any"] == found["more"]
