// What lists are ordered and narrowed by, so that a page reads little more than itself.
CREATE INDEX work_rating IF NOT EXISTS FOR (n:Work) ON (n.rating);
CREATE INDEX work_runtime IF NOT EXISTS FOR (n:Work) ON (n.runtimeMinutes);
CREATE INDEX segment_runtime IF NOT EXISTS FOR (n:Segment) ON (n.runtimeMinutes);
CREATE INDEX person_born IF NOT EXISTS FOR (n:Person) ON (n.born);
CREATE INDEX work_kind IF NOT EXISTS FOR (n:Work) ON (n.kind);

// What is left out where things are found, so that the rest are counted by subtracting it.
CREATE INDEX work_nsfw IF NOT EXISTS FOR (n:Work) ON (n.nsfw);
CREATE INDEX segment_nsfw IF NOT EXISTS FOR (n:Segment) ON (n.nsfw);
CREATE INDEX soundtrack_nsfw IF NOT EXISTS FOR (n:Soundtrack) ON (n.nsfw);
CREATE INDEX franchise_nsfw IF NOT EXISTS FOR (n:Franchise) ON (n.nsfw);
