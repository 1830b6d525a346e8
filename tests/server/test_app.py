"""What the application answers beside its questions."""

import httpx
import pytest


@pytest.mark.parametrize(
    ("asked", "location"),
    [
        ("/graphql/", "/graphql"),
        (
            "/graphql/?query=%7B__typename%7D&variables=%7B%22a%22:%22%E6%84%9B%26%23%22%7D",
            "/graphql?query=%7B__typename%7D&variables=%7B%22a%22:%22%E6%84%9B%26%23%22%7D",
        ),
        ("/graphql/?query=%FF+a%20b", "/graphql?query=%FF+a%20b"),
    ],
)
async def test_a_slash_too_many_leads_to_the_same_question(
    asked: str, location: str, web: httpx.AsyncClient
) -> None:
    answer = await web.get(asked)
    assert (answer.status_code, answer.headers["location"]) == (307, location)


async def test_a_question_by_post_follows_there(web: httpx.AsyncClient) -> None:
    question = {"query": '{ role(id: "composer") { name } }'}
    answer = await web.post("/graphql/", json=question, follow_redirects=True)
    assert answer.json()["data"] == {"role": {"name": "Composer"}}
