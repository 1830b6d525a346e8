"""The page: docs/topics in their order, with examples and tables where comments ask for them.

`<!-- question: 03-work-page -->` becomes the example, `<!-- reference: Query.work Work -->` the
tables. Questions that a topic does not show are listed at its end; types that no topic has asked
for stand at the end of the page.
"""

import re
from pathlib import Path

from docs.questions import Question, read_questions
from docs.reference import own_types, reference

TOPICS = Path(__file__).parent / "topics"
DIRECTIVE = re.compile(r"^<!-- (question|reference): (.*?) -->$", re.MULTILINE | re.DOTALL)


def api_page() -> str:
    """docs/api.md; raises ValueError for a question, KeyError for a type that does not exist."""
    questions = read_questions()
    texts = {path.stem: path.read_text() for path in sorted(TOPICS.glob("*.md"))}
    sections = [section(name, text, questions) for name, text in texts.items()]
    contents = "\n".join(_entry(text) for text in sections[1:])
    rest = sorted(own_types() - {name for text in texts.values() for name in _asked(text)})
    further = ["## Further types", reference(rest)] if rest else []
    first = sections[0].replace("<!-- contents -->", contents)
    return "\n\n".join([first, *sections[1:], *further]) + "\n"


def section(name: str, text: str, questions: list[Question]) -> str:
    """A topic with its examples and tables, and the questions that it does not show."""
    named = {question.name: question for question in questions}
    shown = set()

    def fill(directive: re.Match[str]) -> str:
        kind, of = directive.groups()
        if kind == "reference":
            return reference(of.split())
        if of not in named:
            raise ValueError(f"docs/topics/{name}.md shows a question that is not there: {of}")
        shown.add(of)
        return named[of].example()

    filled = DIRECTIVE.sub(fill, text.strip())
    more = [each.entry() for each in questions if each.topic == name and each.name not in shown]
    listed = ["### More questions", "\n".join(more)] if more else []
    return "\n\n".join([filled, *listed])


def _asked(text: str) -> list[str]:
    """The types whose reference a topic shows."""
    found = (names for kind, names in DIRECTIVE.findall(text) if kind == "reference")
    return [name for names in found for name in names.split()]


def _entry(section: str) -> str:
    """A line of the contents."""
    heading = section.partition("\n")[0].removeprefix("## ")
    anchor = re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")
    return f"- [{heading}](#{anchor})"
