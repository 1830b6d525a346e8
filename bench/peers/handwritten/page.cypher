// bench/peers/page.graphql: a work's page, in the order in which it is asked for.
CYPHER 5
MATCH (work:Entity {id: $id})
RETURN [
  work.id, work.name, coalesce(work.kind, 'OTHER'), work.released,
  COLLECT {
    MATCH (work)-[:HAS_SEGMENT]->(segment)
    WITH segment ORDER BY segment.position, segment.id LIMIT 12
    RETURN [segment.id, segment.name, coalesce(segment.position, 0.0)]
  },
  COLLECT {
    MATCH (work)<-[:ON]-(credit)-[:IN_ROLE]->(role)
    WITH credit, role ORDER BY role.position, credit.position, credit.id LIMIT 20
    MATCH (credit)<-[:HAS_CREDIT]-(contributor)
    RETURN [[role.id, role.name], [contributor.id, contributor.name]]
  },
  COLLECT {
    MATCH (work)-[:HAS_SEGMENT*0..1]->(part)<-[appearance:APPEARS_IN]-(character)
    WITH part, appearance, character
    ORDER BY CASE appearance.billing WHEN 'MAIN' THEN 0 WHEN 'SUPPORTING' THEN 1 ELSE 2 END,
      part.position, appearance.position, character.id LIMIT 10
    RETURN [appearance.billing, [character.id, character.name], COLLECT {
      MATCH (character)<-[:PLAYS]-(voice)-[:ON]->(part)
      WITH voice ORDER BY voice.position, voice.id LIMIT 3
      MATCH (voice)<-[:HAS_CREDIT]-(actor)
      RETURN [voice.language, [actor.id, actor.name]]
    }]
  },
  COLLECT {
    MATCH (work)-[tagging:HAS_TERM]->(term)
    WITH term ORDER BY coalesce(tagging.votes, 0) DESC, term.sortName, term.id LIMIT 8
    RETURN [term.id, term.name]
  },
  COLLECT {
    MATCH (work)-[arm:HAS_RELATION]->(relation)<-[:HAS_RELATION]-(other)
    WITH arm, relation, other
    ORDER BY arm.kind, other.released, other.sortName, relation.id LIMIT 10
    MATCH (kind:RelationKind {id: arm.kind})
    RETURN [[kind.id, kind.name], [other.id, other.name]]
  }
]
