import { type GraphiQLPlugin, useGraphiQL, useGraphiQLActions } from "@graphiql/react";
import { useDeferredValue, useState } from "react";

import { type Question, type Topic, topics } from "./questions";

function QuestionsIcon() {
  return (
    <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.5" aria-hidden="true">
      <path d="M4 4.5h16v12h-9l-4.5 3.5v-3.5H4z" strokeLinejoin="round" />
      <path d="M9.7 8.6a2.3 2.3 0 1 1 3.4 2c-.8.5-1.1.9-1.1 1.6" strokeLinecap="round" />
      <path d="M12 14.1v.1" strokeLinecap="round" strokeWidth="2" />
    </svg>
  );
}

/** The topics with those of their questions that hold every word, in the topic's title or in theirs. */
function matching(text: string): Topic[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return topics
    .map(({ title, questions }) => ({
      title,
      questions: questions.filter((question) => {
        const said = `${title} ${question.title} ${question.sentence}`.toLowerCase();
        return words.every((word) => said.includes(word));
      }),
    }))
    .filter(({ questions }) => questions.length > 0);
}

interface Choosing {
  choose: (question: Question) => void;
}

function QuestionButton({ question, choose }: Choosing & { question: Question }) {
  return (
    <li>
      <button type="button" onClick={() => choose(question)}>
        <strong>{question.title}</strong>
        <span>{question.sentence}</span>
      </button>
    </li>
  );
}

function TopicSection({ topic, open, choose }: Choosing & { topic: Topic; open: boolean }) {
  return (
    <details open={open}>
      <summary>
        {topic.title} <small>{topic.questions.length}</small>
      </summary>
      <ol>
        {topic.questions.map((question) => (
          <QuestionButton key={question.title} question={question} choose={choose} />
        ))}
      </ol>
    </details>
  );
}

function QuestionsPanel() {
  const { addTab, setOperationFacts } = useGraphiQLActions();
  const queryEditor = useGraphiQL((state) => state.queryEditor);
  const variableEditor = useGraphiQL((state) => state.variableEditor);
  const [wanted, setWanted] = useState("");
  const found = matching(useDeferredValue(wanted));

  function choose(question: Question) {
    addTab();
    // Until the editor has read the new text, a run must not name the former tab's operation.
    setOperationFacts({});
    queryEditor?.setValue(question.query);
    variableEditor?.setValue(question.variables);
  }

  return (
    <section aria-label="Questions" className="questions">
      <h2>Questions</h2>
      <p>Each opens in a tab of its own, ready to run.</p>
      <input
        type="search"
        aria-label="Find a question"
        placeholder="Find a question"
        value={wanted}
        onChange={(event) => setWanted(event.target.value)}
      />
      {found.map((topic) => (
        // Another key once something is looked for: what one has folded is then open.
        <TopicSection
          key={`${topic.title} ${wanted !== ""}`}
          topic={topic}
          open={wanted !== "" || topic === found[0]}
          choose={choose}
        />
      ))}
      <p role="status">{found.length === 0 && "No question says that."}</p>
    </section>
  );
}

export const QUESTIONS_PLUGIN: GraphiQLPlugin = {
  title: "Questions",
  icon: QuestionsIcon,
  content: QuestionsPanel,
};
