"""Which works' pages are asked for: known ones and unknown ones, as visitors would."""

from graph.client import Client

BANDS = (0, 100, 1_000, 3_000, 10_000)
"""The ranks at which a band of popularity begins; the last band has the rest."""

_RANKED = """
MATCH (work:Work) WHERE EXISTS { (work)<-[:ON]-() }
WITH work ORDER BY coalesce(work.ratingCount, 0) DESC, work.id
RETURN work.id
"""


async def chosen(client: Client, number: int) -> list[str]:
    """The ids of so many works with credits, as many of each band, evenly over its ranks. The
    same graph gives the same works.
    """
    ranked = [id_ for (id_,) in await client.read(_RANKED)]
    share = number // len(BANDS)
    bands = [ranked[start:end] for start, end in zip(BANDS, (*BANDS[1:], None), strict=True)]
    return [band[turn * len(band) // share] for turn in range(share) for band in bands if band]
