-- Search finds only messages that are written from now on.
DELETE FROM helpdesk_tasks WHERE kind = 'words';

DROP TABLE helpdesk_words;
CREATE VIRTUAL TABLE helpdesk_words USING fts5 (words, content = '', contentless_delete = 1, detail = 'none', tokenize = 'ascii');
DROP TABLE helpdesk_search;

DELETE FROM helpdesk_migrations WHERE version = 8;
