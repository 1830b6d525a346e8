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
    CALL (work) {
      MATCH (work)-[:HAS_SEGMENT*0..1]->()<-[:ON]-(credit)<-[:HAS_CREDIT]-(who),
            (credit)-[:IN_ROLE]->()-[:WITHIN]->(role)
      WITH who, collect(DISTINCT role.id) AS mine
      WITH who, mine, COUNT { (who)-[:HAS_CREDIT]->() } AS degree
      WHERE degree <= 2000
      MATCH (who)-[:HAS_CREDIT]->(credit)-[:ON]->()<-[:HAS_SEGMENT*0..1]-(other),
            (credit)-[:IN_ROLE]->()-[:WITHIN]->(role)
      WITH who, mine, degree, other, collect(DISTINCT role.id) AS theirs
      WITH who, other, degree, [each IN $told WHERE each IN mine] AS mine,
        [each IN $told WHERE each IN theirs] AS theirs
      WITH who, other, degree, head(mine) AS one, head(theirs) AS another,
        head([each IN mine WHERE each IN theirs]) AS both
      RETURN other, CASE
          WHEN both IN $music THEN 'MUSIC' WHEN who:Organization THEN 'STUDIO'
          WHEN both = 'performance' THEN 'CAST' ELSE 'STAFF'
        END AS kind, who AS thing, CASE
          WHEN both IS NOT NULL THEN 1.0 WHEN one IS NOT NULL AND another IS NOT NULL THEN 0.75
          ELSE 0.1
        END * CASE WHEN degree > 2 THEN log(2) / log(degree) ELSE 1.0 END AS amount,
        [who.name, both, one, another] AS fact
    UNION ALL
      MATCH (work)-[:HAS_SEGMENT*0..1]->()-[:HAS_TERM]->(term)
      WITH DISTINCT term, COUNT { (term)<-[:HAS_TERM]-() } AS degree
      WHERE degree <= 2000
      MATCH (term)<-[:HAS_TERM]-()<-[:HAS_SEGMENT*0..1]-(other)
      RETURN DISTINCT other, 'TERM' AS kind, term AS thing,
        CASE WHEN degree > 2 THEN log(2) / log(degree) ELSE 1.0 END AS amount, term.name AS fact
    UNION ALL
      MATCH (work)<-[:HAS_ENTRY]-(franchise)-[:HAS_ENTRY]->(other)
      RETURN other, 'FRANCHISE' AS kind, franchise AS thing, 1.0 AS amount,
        [franchise.name, true] AS fact
    UNION ALL
      MATCH (work)-[:HAS_SEGMENT*0..1]->(one)-[arm:HAS_RELATION]->()<-[:HAS_RELATION]-(another),
            (another)<-[:HAS_SEGMENT*0..1]-(other), (tie:RelationKind {id: arm.kind})
      RETURN DISTINCT other, 'RELATION' AS kind, null AS thing,
        CASE WHEN tie.continuity THEN 1.0 ELSE 0.5 END AS amount,
        [one.name, tie.id, another.name, tie.name] AS fact
    UNION ALL
      MATCH (work)<-[:LISTS]-(list)-[:LISTS]->(other)
      WHERE list.itemCount <= 2000
      RETURN other, 'LIST' AS kind, null AS thing,
        CASE WHEN list.itemCount > 2 THEN log(2) / log(list.itemCount) ELSE 1.0 END AS amount,
        list.name AS fact
    }
    WITH other, kind, sum(amount) AS amount, collect([thing, fact, amount]) AS found
    WHERE (other:Work OR other:Segment) AND other <> work
      AND NOT EXISTS { (other)-[:HAS_SEGMENT]-(work) }
    WITH other, kind, found, CASE
        WHEN kind IN ['STAFF', 'CAST'] THEN amount / (amount + 1)
        WHEN kind IN ['MUSIC', 'STUDIO', 'LIST'] THEN amount / (amount + 0.5)
        WHEN kind = 'TERM' THEN amount / (amount + 2)
        WHEN amount < 1 THEN amount ELSE 1.0
      END * CASE
        WHEN kind IN ['STAFF', 'TERM'] THEN 0.1875
        WHEN kind IN ['MUSIC', 'FRANCHISE', 'RELATION'] THEN 0.125
        ELSE 0.0625
      END AS weight
    WITH other, collect([kind, toInteger(65536 * weight), found]) AS evidence,
      1.0 - abs(toInteger(left(work.released, 4)) - toInteger(left(other.released, 4))) / 10.0
        AS near,
      head(COLLECT {
        MATCH (other)-[tagging:HAS_TERM]->(term) WHERE tagging.votes > 0
        RETURN [tagging.votes, term.name] ORDER BY tagging.votes DESC, term.sortName LIMIT 1
      }) AS known
    WITH other, evidence
      + CASE WHEN near > 0 THEN [['ERA', toInteger(65536 * 0.03125 * near),
          [[null, [left(work.released, 4), left(other.released, 4)], 1]]]] ELSE [] END
      + CASE WHEN known[0] > 0 THEN [['POPULARITY',
          toInteger(65536 * 0.03125 * known[0] / (known[0] + 1000.0)), [[null, known, 1]]]]
        ELSE [] END AS evidence
    WITH other, [each IN evidence WHERE each[1] > 0] AS evidence
    WITH other, evidence, reduce(sum = 0, each IN evidence | sum + each[1]) AS score
    WHERE score > 0
    ORDER BY score DESC, other.sortName, other.id LIMIT 10
    RETURN [score / 65536.0, other.name, COLLECT {
      UNWIND evidence AS each WITH each ORDER BY each[1] DESC, each[0]
      RETURN [each[0], size(each[2]), COLLECT {
        UNWIND each[2] AS found
        WITH found ORDER BY found[2] DESC, found[0].sortName, found[1] LIMIT 20
        RETURN found[1]
      }]
    }]
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
