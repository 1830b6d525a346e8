// Ids that mean something which has another id: what was merged, or what a source calls it.
CREATE CONSTRAINT alias_id IF NOT EXISTS FOR (n:Alias) REQUIRE n.id IS UNIQUE;
CREATE INDEX alias_slug IF NOT EXISTS FOR (n:Alias) ON (n.slug);
