import "graphiql/setup-workers/vite";
import "@graphiql/react/style.css";
import "@graphiql/plugin-doc-explorer/style.css";
import "@graphiql/plugin-history/style.css";
import "graphiql/graphiql.css";
import "./playground.css";

import { DOC_EXPLORER_PLUGIN } from "@graphiql/plugin-doc-explorer";
import { createGraphiQLFetcher } from "@graphiql/toolkit";
import { GraphiQL, HISTORY_PLUGIN } from "graphiql";
import { createRoot } from "react-dom/client";

import { first } from "./questions";
import { QUESTIONS_PLUGIN } from "./questions_plugin";

const fetcher = createGraphiQLFetcher({ url: "/graphql" });
const plugins = [QUESTIONS_PLUGIN, HISTORY_PLUGIN];

const firstVisit = localStorage.getItem("graphiql:tabState") === null;
const wide = matchMedia("(min-width: 64rem)").matches;
// GraphiQL prefers the plugin that it remembers, so a link to the reference is written there.
if (location.hash === "#reference") {
  localStorage.setItem("graphiql:visiblePlugin", DOC_EXPLORER_PLUGIN.title);
}

createRoot(document.getElementById("playground")!).render(
  <GraphiQL
    fetcher={fetcher}
    plugins={plugins}
    visiblePlugin={firstVisit && wide ? QUESTIONS_PLUGIN : undefined}
    defaultTabs={first && [first]}
    defaultEditorToolsVisibility={wide && "variables"}
    isHeadersEditorEnabled={false}
    shouldPersistHeaders={false}
    schemaDescription
  >
    <GraphiQL.Logo>
      <a href="/" className="home">Filmograph</a>
    </GraphiQL.Logo>
  </GraphiQL>,
);
