// What somebody in a role is told to have done: the deed of the role itself or one above it.
MATCH (role:Role)
WITH role, COLLECT { MATCH (role)-[:WITHIN]->(above) RETURN above.id } AS line
WITH role, head([deed IN [
  'director', 'original-creator', 'author', 'screenwriter', 'series-composer', 'score-composer',
  'composer', 'character-designer', 'storyboard-artist', 'animation-director', 'lyricist',
  'arranger', 'performer', 'music', 'animation-studio', 'production-company', 'producer',
  'performance'
] WHERE deed IN line]) AS deed
WHERE deed IS NOT NULL
SET role.deed = deed;
