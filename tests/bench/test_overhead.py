"""What an answer takes beyond its statement."""

from bench.load import Sample
from bench.overhead import STATEMENT, WHOLE, Overhead
from bench.rounds import Rounds


def sample(milliseconds: float, cpu: float = 0.0) -> Sample:
    return Sample([milliseconds / 1000], milliseconds / 1000, cpu / 1000)


def overhead(whole: float, cpu: float, statement: float) -> Overhead:
    samples = {WHOLE: [sample(whole, cpu)], STATEMENT: [sample(statement)]}
    return Overhead("01", 758, Rounds(1, samples))


def test_it_is_what_the_statement_leaves() -> None:
    assert round(overhead(whole=2, cpu=0.5, statement=1.25).least, 6) == 0.75


def test_noise_makes_it_no_less_than_the_processor_time() -> None:
    assert round(overhead(whole=600, cpu=0.5, statement=640).least, 6) == 0.5
