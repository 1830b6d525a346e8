/** A ready example: its title and sentence for people, its text and variables for the editors. */
export interface Question {
  title: string;
  sentence: string;
  query: string;
  variables: string;
}

const texts = import.meta.glob<string>("../questions/*.graphql", {
  query: "?raw",
  import: "default",
  eager: true,
});
const variables = import.meta.glob<string>("../questions/*.variables.json", {
  query: "?raw",
  import: "default",
  eager: true,
});

const MINOR_WORD = /^(a|an|and|as|at|but|by|for|from|in|not|of|on|or|the|to|with)$/;

/** `.../06-parts-of-a-voice-actor.graphql` gives `Parts of a Voice Actor`. */
function titleOf(path: string): string {
  const slug = path.replace(/^.*\/\d+-/, "").replace(/\.graphql$/, "");
  return slug
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

/** In the order of their file names. */
export const questions: Question[] = Object.entries(texts)
  .sort(([a], [b]) => a.localeCompare(b))
  .map(([path, query]) => ({
    title: titleOf(path),
    sentence: sentenceOf(query),
    query,
    variables: variables[path.replace(/\.graphql$/, ".variables.json")] ?? "",
  }));
