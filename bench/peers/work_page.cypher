// Question 03: everything that a work's page shows, in the order in which it is asked for.
CYPHER 5
MATCH (work:Work {slug: $slug})
RETURN [
  work.id, coalesce(work.nameEn, work.name), coalesce(work.nameJa, work.name), work.deck,
  work.description, work.kind, work.released, work.runtimeMinutes, work.rating,
  COLLECT {
    MATCH (work)-[:NAMED]->(name)
    WITH name ORDER BY
      CASE name.kind
        WHEN 'OFFICIAL' THEN 0 WHEN 'ORIGINAL' THEN 1 WHEN 'ROMANIZED' THEN 2 ELSE 3
      END,
      name.language, name.text
    RETURN [name.text, name.language, name.kind]
  },
  COLLECT {
    MATCH (work)-[:HAS_IMAGE]->(image)
    WITH image ORDER BY image.kind, image.url
    RETURN [image.url, image.kind, image.caption, image.width, image.height]
  },
  COLLECT {
    MATCH (work)-[:HAS_RELEASE]->(release)
    WITH release ORDER BY release.date, release.region, release.medium
    RETURN [
      release.region, release.name, release.date, release.medium, release.rating,
      release.runtimeMinutes
    ]
  },
  COLLECT {
    MATCH (work)-[:HAS_SEGMENT]->(segment)
    WITH segment ORDER BY segment.position LIMIT 12
    RETURN [segment.name, segment.position, segment.runtimeMinutes, segment.description, COLLECT {
      MATCH (segment)<-[:ON]-(credit)-[:IN_ROLE]->(role), (credit)<-[:HAS_CREDIT]-(contributor)
      WITH credit, role, contributor ORDER BY role.position, credit.position, credit.id LIMIT 20
      RETURN [role.name, contributor.name, credit.creditedAs]
    }]
  },
  [COUNT { (work)<-[:ON]-() }, COLLECT {
    MATCH (work)<-[:ON]-(credit)-[:IN_ROLE]->(role), (credit)<-[:HAS_CREDIT]-(contributor)
    WITH credit, role, contributor ORDER BY role.position, credit.position, credit.id LIMIT 40
    OPTIONAL MATCH (role)-[:BROADER]->(broader)
    RETURN [
      [role.id, role.name, broader.name], credit.scope, credit.creditedAs,
      [
        CASE WHEN contributor:Person THEN 'Person' ELSE 'Organization' END,
        contributor.slug, contributor.name, contributor.description
      ],
      COLLECT {
        MATCH (credit)-[citation:CITES]->(source)
        WITH citation, source ORDER BY source.rank, citation.url
        RETURN [citation.url, source.name]
      }
    ]
  }],
  COLLECT {
    MATCH (work)-[:HAS_SEGMENT*0..1]->(part)<-[appearance:APPEARS_IN]-(character)
    WITH part, appearance, character
    ORDER BY CASE appearance.billing WHEN 'MAIN' THEN 0 WHEN 'SUPPORTING' THEN 1 ELSE 2 END,
      part.position, appearance.position, character.id LIMIT 20
    RETURN [appearance.billing, [character.name, character.description], COLLECT {
      MATCH (character)<-[:PLAYS]-(voice)-[:ON]->(part), (voice)<-[:HAS_CREDIT]-(actor)
      WITH voice, actor ORDER BY voice.position, voice.id LIMIT 3
      RETURN [voice.language, actor.name]
    }]
  },
  COLLECT {
    MATCH (work)-[:HAS_SOUNDTRACK]->(soundtrack)
    WITH soundtrack ORDER BY soundtrack.released, soundtrack.id LIMIT 20
    RETURN [soundtrack.name, soundtrack.released, COLLECT {
      MATCH (soundtrack)-[:HAS_TRACK]->(track)
      WITH track ORDER BY track.disc, track.position LIMIT 40
      RETURN [track.disc, track.position, track.name, track.durationSeconds, COLLECT {
        MATCH (track)<-[:ON]-(credit)-[:IN_ROLE]->(role), (credit)<-[:HAS_CREDIT]-(contributor)
        WITH credit, role, contributor ORDER BY role.position, credit.position, credit.id LIMIT 20
        RETURN [role.name, contributor.name]
      }]
    }]
  },
  COLLECT {
    MATCH (work)-[tagging:HAS_TERM]->(term {kind: 'GENRE'})
    WITH term, tagging ORDER BY coalesce(tagging.votes, 0) DESC, term.sortName LIMIT 20
    RETURN term.name
  },
  COLLECT {
    MATCH (work)-[tagging:HAS_TERM]->(term {kind: 'THEME'})
    WITH term, tagging ORDER BY coalesce(tagging.votes, 0) DESC, term.sortName LIMIT 20
    RETURN term.name
  },
  COLLECT {
    MATCH (work)-[arm:HAS_RELATION]->(relation)<-[:HAS_RELATION]-(other)
    WITH arm, relation, other ORDER BY arm.kind, other.released, other.sortName LIMIT 20
    MATCH (kind:RelationKind {id: arm.kind})
    RETURN [[kind.id, kind.name, kind.continuity], relation.note, [
      CASE
        WHEN other:Work THEN 'Work' WHEN other:Segment THEN 'Segment'
        WHEN other:Franchise THEN 'Franchise' WHEN other:Character THEN 'Character'
        WHEN other:Soundtrack THEN 'Soundtrack' WHEN other:Track THEN 'Track'
        WHEN other:Person THEN 'Person' WHEN other:Organization THEN 'Organization'
        ELSE 'Term'
      END,
      other.name
    ]]
  },
  COLLECT {
    MATCH (work)<-[:HAS_ENTRY]-(franchise)
    WITH franchise ORDER BY franchise.sortName LIMIT 20
    RETURN franchise.name
  },
  COLLECT {
    MATCH (work)<-[:LISTS]-(list)
    WITH list ORDER BY list.name LIMIT 5
    RETURN [list.name, list.owner, list.itemCount]
  },
  COLLECT {
    MATCH (work)-[:HAS_SEGMENT|HAS_TRACK*0..1]->()<-[:ON]-()<-[:HAS_CREDIT]-(who)
    WITH collect(DISTINCT who) AS own
    UNWIND own AS who
    MATCH (who)-[:HAS_CREDIT]->()-[:ON]->()<-[:HAS_SEGMENT*0..1]-(other)
    WHERE (other:Work OR other:Segment) AND NOT EXISTS { (work)-[:HAS_SEGMENT*0..1]-(other) }
    WITH DISTINCT size(own) AS own, other, who ORDER BY who:Organization, who.sortName, who.id
    WITH own, other, collect(who) AS both
    WITH other, both, size(both) AS shared, own + COUNT {
      MATCH (other)-[:HAS_SEGMENT*0..1]->()<-[:ON]-()<-[:HAS_CREDIT]-(who) RETURN DISTINCT who
    } - size(both) AS either
    WITH other, both, shared, toFloat(shared) / either AS score
    ORDER BY score DESC, other.sortName, other.id LIMIT 10
    RETURN [score, other.name, [['STAFF', both[0].name +
      CASE shared WHEN 1 THEN '' ELSE ' and ' + (shared - 1) + ' more' END + ' worked on both']]]
  },
  COLLECT {
    CALL (work) {
      MATCH (work)-[citation:CITES]->(source)
      UNWIND [
        'born', 'died', 'disc', 'durationSeconds', 'kind', 'position', 'rating', 'released',
        'runtimeMinutes', 'contentRating'
      ] AS field
      WITH field, toString(citation[field]) AS value, source
      WHERE value IS NOT NULL
      WITH field, value, source ORDER BY source.rank
      WITH field, value, collect(source.name) AS sources, min(source.rank) AS rank
      ORDER BY rank, value
      WITH field, collect([value, sources]) AS values
      WHERE size(values) > 1
      RETURN field, values
    UNION
      MATCH (work)<-[:ON]-(credit)-[:IN_ROLE]->(role:Role {sole: true}),
            (contributor)-[:HAS_CREDIT]->(credit)-[citation:CITES]->(source)
      WITH role, source, collect(contributor) AS named
      WITH role, collect([named, source]) AS stated
      WHERE any(a IN stated WHERE any(b IN stated WHERE none(each IN a[0] WHERE each IN b[0])))
      UNWIND stated AS statement UNWIND statement[0] AS contributor
      WITH role, contributor, statement[1] AS source ORDER BY source.rank
      WITH role, contributor, collect(source.name) AS sources, min(source.rank) AS rank
      ORDER BY rank, contributor.name
      RETURN role.id AS field, collect([contributor.name, sources]) AS values
    }
    WITH field, values ORDER BY field
    RETURN [field, values]
  }
]
