// Search compares folded names, whose words are those of `key`; without stop words, "The Wall" is
// found by "the", and a single Chinese or Japanese character is a word.
DROP INDEX names IF EXISTS;
CREATE FULLTEXT INDEX name_words IF NOT EXISTS FOR (n:Name) ON EACH [n.key]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-no-stop-words'}};
