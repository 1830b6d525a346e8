// Search looks up the words of names as they are written and as they sound, and those of the most
// famous things first. The words stand on the name, because only this program can tell them.
DROP INDEX name_words IF EXISTS;
CREATE FULLTEXT INDEX name_sounds IF NOT EXISTS FOR (n:Name) ON EACH [n.words, n.joined, n.fame]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}};
