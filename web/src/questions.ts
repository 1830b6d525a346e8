/** A ready example: its title and sentence for people, its text and variables for the editors. */
export interface Question {
  title: string;
  sentence: string;
  query: string;
  variables: string;
}

/** Questions about one thing. */
export interface Topic {
  title: string;
  questions: Question[];
}

const texts = import.meta.glob<string>("../questions/*/*.graphql", {
  query: "?raw",
  import: "default",
  eager: true,
});
const variables = import.meta.glob<string>("../questions/*/*.variables.json", {
  query: "?raw",
  import: "default",
  eager: true,
});

const PATH = /\/(?<topic>[^/]+)\/(?<name>[^/]+)\.graphql$/;

const MINOR_WORD = /^(a|an|and|as|at|but|by|for|from|in|not|of|on|or|the|to|with)$/;

/** `06-parts-of-a-voice-actor` gives `Parts of a Voice Actor`. */
function titleOf(name: string): string {
  return name
    .replace(/^\d+-/, "")
    .split("-")
    .map((word, index) =>
      index > 0 && MINOR_WORD.test(word) ? word : word.charAt(0).toUpperCase() + word.slice(1),
    )
    .join(" ");
}

/** The comment on top, as one line. */
function sentenceOf(text: string): string {
  const comment = /^(#.*\n)+/.exec(text)?.[0] ?? "";
  return comment.replace(/^#\s*/gm, "").trim().replace(/\s+/g, " ");
}

const found = Object.entries(texts)
  .sort(([a], [b]) => a.localeCompare(b))
  .map(([path, query]) => {
    const { topic = "", name = "" } = PATH.exec(path)?.groups ?? {};
    const question: Question = {
      title: titleOf(name),
      sentence: sentenceOf(query),
      query,
      variables: variables[path.replace(/\.graphql$/, ".variables.json")] ?? "",
    };
    return { topic: titleOf(topic), name, question };
  });

/** In the order of their folders' names, the questions in that of their files' names. */
export const topics: Topic[] = [...new Set(found.map(({ topic }) => topic))].map((title) => ({
  title,
  questions: found.filter(({ topic }) => topic === title).map(({ question }) => question),
}));

/** What a first visitor finds open: the question numbered 01. */
export const first: Question | undefined = found.find(({ name }) => name.startsWith("01-"))
  ?.question;
