// Everything that an id finds, and what lists and searches read through.
CREATE CONSTRAINT schema_version IF NOT EXISTS FOR (n:Schema) REQUIRE n.version IS UNIQUE;

CREATE CONSTRAINT entity_id IF NOT EXISTS FOR (n:Entity) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT credit_id IF NOT EXISTS FOR (n:Credit) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT role_id IF NOT EXISTS FOR (n:Role) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT relation_kind_id IF NOT EXISTS FOR (n:RelationKind) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT relation_id IF NOT EXISTS FOR (n:Relation) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT release_id IF NOT EXISTS FOR (n:Release) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT list_id IF NOT EXISTS FOR (n:List) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT name_id IF NOT EXISTS FOR (n:Name) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT image_id IF NOT EXISTS FOR (n:Image) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT external_id_id IF NOT EXISTS FOR (n:ExternalId) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT import_number IF NOT EXISTS FOR (n:Import) REQUIRE n.number IS UNIQUE;
CREATE CONSTRAINT source_id IF NOT EXISTS FOR (n:Source) REQUIRE n.id IS UNIQUE;

// A slug stands in a page's address, so it is unique among the pages of its type.
CREATE CONSTRAINT work_slug IF NOT EXISTS FOR (n:Work) REQUIRE n.slug IS UNIQUE;
CREATE CONSTRAINT segment_slug IF NOT EXISTS FOR (n:Segment) REQUIRE n.slug IS UNIQUE;
CREATE CONSTRAINT soundtrack_slug IF NOT EXISTS FOR (n:Soundtrack) REQUIRE n.slug IS UNIQUE;
CREATE CONSTRAINT track_slug IF NOT EXISTS FOR (n:Track) REQUIRE n.slug IS UNIQUE;
CREATE CONSTRAINT person_slug IF NOT EXISTS FOR (n:Person) REQUIRE n.slug IS UNIQUE;
CREATE CONSTRAINT organization_slug IF NOT EXISTS FOR (n:Organization) REQUIRE n.slug IS UNIQUE;
CREATE CONSTRAINT character_slug IF NOT EXISTS FOR (n:Character) REQUIRE n.slug IS UNIQUE;
CREATE CONSTRAINT franchise_slug IF NOT EXISTS FOR (n:Franchise) REQUIRE n.slug IS UNIQUE;
CREATE CONSTRAINT term_slug IF NOT EXISTS FOR (n:Term) REQUIRE n.slug IS UNIQUE;

// The orders of lists.
CREATE INDEX work_sort_name IF NOT EXISTS FOR (n:Work) ON (n.sortName);
CREATE INDEX segment_sort_name IF NOT EXISTS FOR (n:Segment) ON (n.sortName);
CREATE INDEX soundtrack_sort_name IF NOT EXISTS FOR (n:Soundtrack) ON (n.sortName);
CREATE INDEX track_sort_name IF NOT EXISTS FOR (n:Track) ON (n.sortName);
CREATE INDEX person_sort_name IF NOT EXISTS FOR (n:Person) ON (n.sortName);
CREATE INDEX organization_sort_name IF NOT EXISTS FOR (n:Organization) ON (n.sortName);
CREATE INDEX character_sort_name IF NOT EXISTS FOR (n:Character) ON (n.sortName);
CREATE INDEX franchise_sort_name IF NOT EXISTS FOR (n:Franchise) ON (n.sortName);
CREATE INDEX term_sort_name IF NOT EXISTS FOR (n:Term) ON (n.sortName);
CREATE INDEX work_released IF NOT EXISTS FOR (n:Work) ON (n.released);
CREATE INDEX segment_released IF NOT EXISTS FOR (n:Segment) ON (n.released);

// Matching what comes in: by name, by another site's id, by the import that stated it.
CREATE INDEX name_key IF NOT EXISTS FOR (n:Name) ON (n.key);
CREATE TEXT INDEX name_folded IF NOT EXISTS FOR (n:Name) ON (n.folded);
CREATE INDEX external_id IF NOT EXISTS FOR (n:ExternalId) ON (n.site, n.externalId);
CREATE INDEX cites_origin IF NOT EXISTS FOR ()-[c:CITES]-() ON (c.origin);

// cjk: pairs of characters for Chinese, Japanese and Korean, words for other scripts.
CREATE FULLTEXT INDEX names IF NOT EXISTS FOR (n:Name) ON EACH [n.text]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'cjk'}};
