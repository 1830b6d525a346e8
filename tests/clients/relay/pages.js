// A client as Relay compiles it: it pages through connections of every sort, and asks again by `node`.
import { graphql } from "relay-runtime";

graphql`
  query pagesWorkQuery($id: ID!) {
    work(id: $id) {
      ...pages_segments
      ...pages_characters
      ...pages_relations
      ...pages_similar
      ...pages_credits
      ...pages_name
    }
  }
`;

graphql`
  query pagesWorksQuery {
    ...pages_works
  }
`;

graphql`
  fragment pages_name on Entity @refetchable(queryName: "pagesNameQuery") {
    name
    externalIds {
      site
      id
    }
  }
`;

graphql`
  fragment pages_works on Query
  @refetchable(queryName: "pagesWorksPageQuery")
  @argumentDefinitions(count: { type: "Int", defaultValue: 10 }, cursor: { type: "String" }) {
    works(orderBy: [{ released: ASC }], first: $count, after: $cursor)
      @connection(key: "pages_works") {
      totalCount
      edges {
        node {
          name
          released
        }
      }
    }
  }
`;

graphql`
  fragment pages_segments on Work
  @refetchable(queryName: "pagesSegmentsPageQuery")
  @argumentDefinitions(
    count: { type: "Int", defaultValue: 10 }
    cursor: { type: "String" }
    last: { type: "Int" }
    before: { type: "String" }
  ) {
    segments(first: $count, after: $cursor, last: $last, before: $before)
      @connection(key: "pages_segments") {
      edges {
        node {
          name
        }
      }
    }
  }
`;

// An appearance ties a character to a creation, and either may be what one looks for: its edge has both
// under their names and no `node`. Relay's @connection insists on one, so this page is fetched without it.
graphql`
  fragment pages_characters on Work
  @refetchable(queryName: "pagesCharactersPageQuery")
  @argumentDefinitions(count: { type: "Int", defaultValue: 10 }, cursor: { type: "String" }) {
    characters(first: $count, after: $cursor) {
      edges {
        character {
          name
        }
      }
      pageInfo {
        endCursor
        hasNextPage
      }
    }
  }
`;

graphql`
  fragment pages_relations on Work
  @refetchable(queryName: "pagesRelationsPageQuery")
  @argumentDefinitions(count: { type: "Int", defaultValue: 10 }, cursor: { type: "String" }) {
    relations(first: $count, after: $cursor) @connection(key: "pages_relations") {
      edges {
        kind {
          id
        }
        node {
          name
        }
      }
    }
  }
`;

graphql`
  fragment pages_credits on Creation
  @refetchable(queryName: "pagesCreditsPageQuery")
  @argumentDefinitions(count: { type: "Int", defaultValue: 10 }, cursor: { type: "String" }) {
    credits(rollUp: true, where: { role: { is: "director" } }, first: $count, after: $cursor)
      @connection(key: "pages_credits", filters: ["where"]) {
      edges {
        node {
          contributor {
            name
          }
        }
      }
    }
  }
`;

graphql`
  fragment pages_similar on Creation
  @refetchable(queryName: "pagesSimilarPageQuery")
  @argumentDefinitions(count: { type: "Int", defaultValue: 10 }, cursor: { type: "String" }) {
    similar(first: $count, after: $cursor) @connection(key: "pages_similar") {
      edges {
        score
        node {
          name
        }
      }
    }
  }
`;

graphql`
  query pagesFoundQuery($text: String!) {
    ...pages_found @arguments(text: $text)
  }
`;

graphql`
  fragment pages_found on Query
  @refetchable(queryName: "pagesFoundPageQuery")
  @argumentDefinitions(
    text: { type: "String!" }
    count: { type: "Int", defaultValue: 10 }
    cursor: { type: "String" }
  ) {
    search(query: $text, first: $count, after: $cursor) @connection(key: "pages_search") {
      edges {
        matched
        node {
          ...pages_name
        }
      }
    }
  }
`;

graphql`
  fragment pages_entries on Franchise
  @refetchable(queryName: "pagesEntriesPageQuery")
  @argumentDefinitions(count: { type: "Int", defaultValue: 10 }, cursor: { type: "String" }) {
    entries(order: STORY, first: $count, after: $cursor) @connection(key: "pages_entries") {
      edges {
        position
        node {
          name
        }
      }
    }
  }
`;

graphql`
  fragment pages_collaborators on Contributor
  @refetchable(queryName: "pagesCollaboratorsPageQuery")
  @argumentDefinitions(count: { type: "Int", defaultValue: 10 }, cursor: { type: "String" }) {
    collaborators(first: $count, after: $cursor) @connection(key: "pages_collaborators") {
      edges {
        count
        node {
          name
        }
      }
    }
  }
`;
