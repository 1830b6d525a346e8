// Question 01: who composed for segments that somebody directed, which ones, and who says so.
CYPHER 5
MATCH (name:Name)<-[:NAMED]-(director) WHERE name.key IN $keys
WITH DISTINCT director
MATCH (director)-[:HAS_CREDIT]->(direction)-[:IN_ROLE]->(role)
WHERE EXISTS { (role)-[:WITHIN]->(:Role {id: 'director'}) }
WITH direction
MATCH (direction)-[:ON]->(segment:Segment)
WITH DISTINCT segment
MATCH (segment)<-[:ON]-(credit)-[:IN_ROLE]->(role)
WHERE EXISTS { (role)-[:WITHIN]->(:Role {id: 'composer'}) }
MATCH (credit)<-[:HAS_CREDIT]-(composer:Person)
MATCH (segment)<-[:HAS_SEGMENT]-(work)
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
