import { type GraphiQLPlugin, useGraphiQL, useGraphiQLActions } from "@graphiql/react";

import { type Question, questions } from "./questions";

function QuestionsIcon() {
  return (
    <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.5" aria-hidden="true">
      <path d="M4 4.5h16v12h-9l-4.5 3.5v-3.5H4z" strokeLinejoin="round" />
      <path d="M9.7 8.6a2.3 2.3 0 1 1 3.4 2c-.8.5-1.1.9-1.1 1.6" strokeLinecap="round" />
      <path d="M12 14.1v.1" strokeLinecap="round" strokeWidth="2" />
    </svg>
  );
}

function QuestionsPanel() {
  const { addTab, setOperationFacts } = useGraphiQLActions();
  const queryEditor = useGraphiQL((state) => state.queryEditor);
  const variableEditor = useGraphiQL((state) => state.variableEditor);

  function open(question: Question) {
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
      <ol>
        {questions.map((question) => (
          <li key={question.title}>
            <button type="button" onClick={() => open(question)}>
              <strong>{question.title}</strong>
              <span>{question.sentence}</span>
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}

export const QUESTIONS_PLUGIN: GraphiQLPlugin = {
  title: "Questions",
  icon: QuestionsIcon,
  content: QuestionsPanel,
};
