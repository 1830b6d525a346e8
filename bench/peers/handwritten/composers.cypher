// Question 01: who composed for segments that somebody directed, which ones, and who says so.
CYPHER 5
MATCH (name:Name)<-[:NAMED]-()-[:HAS_CREDIT]->(direction)-[:ON]->(segment:Segment),
      (direction)-[:IN_ROLE]->()-[:WITHIN]->(:Role {id: 'director'})
WHERE name.key IN $keys
WITH DISTINCT segment
MATCH (segment)<-[:ON]-(credit)-[:IN_ROLE]->(role)-[:WITHIN]->(:Role {id: 'composer'}),
      (credit)<-[:HAS_CREDIT]-(composer:Person),
      (segment)<-[:HAS_SEGMENT]-(work)
WITH composer, credit, role, segment, work
ORDER BY segment.released, credit.position, credit.id
WITH composer, collect([
  role.name,
  [segment.name, segment.position, [work.name, work.released]],
  COLLECT {
    MATCH (credit)-[citation:CITES]->(source)
    WITH DISTINCT citation.url AS url, source ORDER BY source.rank, url
    RETURN [url, source.name]
  }
])[..20] AS credits
ORDER BY composer.sortName, composer.id
WITH collect([composer.name, credits]) AS composers
RETURN [size(composers), composers[..20]]
