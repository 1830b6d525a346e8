// What somebody in a role is told to have done: the first deed that is the role itself or one above.
MATCH (role:Role)
WITH role, COLLECT { MATCH (role)-[:WITHIN]->(above) RETURN above.id } AS line, [
  'director', 'original-creator', 'author', 'screenwriter', 'series-composer', 'score-composer',
  'composer', 'character-designer', 'storyboard-artist', 'animation-director', 'lyricist',
  'arranger', 'performer', 'music', 'animation-studio', 'production-company', 'producer',
  'performance'
] AS deeds
WITH role, head([place IN range(0, size(deeds) - 1) WHERE deeds[place] IN line]) AS deed
WHERE deed IS NOT NULL
SET role.deed = deed;
