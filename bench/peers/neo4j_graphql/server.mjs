// The peer: @neo4j/graphql behind GraphQL Yoga, on the port given.
// Reads NEO4J_URI, NEO4J_USER and NEO4J_PASSWORD.
import { readFileSync } from "node:fs"
import { createServer } from "node:http"

import { Neo4jGraphQL } from "@neo4j/graphql"
import { createYoga } from "graphql-yoga"
import neo4j from "neo4j-driver"

const { NEO4J_URI, NEO4J_USER, NEO4J_PASSWORD } = process.env
const driver = neo4j.driver(NEO4J_URI, neo4j.auth.basic(NEO4J_USER, NEO4J_PASSWORD), {
  notificationFilter: { minimumSeverityLevel: "OFF" },
})
const typeDefs = readFileSync(new URL("schema.graphql", import.meta.url), "utf8")
const schema = await new Neo4jGraphQL({ typeDefs, driver }).getSchema()
const yoga = createYoga({
  schema,
  context: () => ({ sessionConfig: { database: "neo4j" } }),
  graphiql: false,
  landingPage: false,
  logging: "warn",
})

const server = createServer(yoga)
server.listen(Number(process.argv[2]), "127.0.0.1")
process.on("SIGTERM", () => server.close(() => driver.close().then(() => process.exit())))
