"""How many examples a property is tried on: few, and the same ones every time, unless more are
asked for.
"""

import os

from hypothesis import HealthCheck, settings

TIMES = int(os.environ.get("FILMOGRAPH_EXAMPLES", "1"))


def examples(number: int) -> settings:
    """Settings of a property: ``number`` examples, FILMOGRAPH_EXAMPLES times as
    many where that is set, and then other ones each time. Properties without it try 100.
    """
    return settings(
        max_examples=number * TIMES,
        derandomize=TIMES == 1,
        database=None,
        deadline=None,
        suppress_health_check=[
            HealthCheck.function_scoped_fixture,
            HealthCheck.too_slow,
            HealthCheck.data_too_large,
        ],
    )
