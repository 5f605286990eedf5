-- A store as version 1 of the tables had it, with one run.
CREATE TABLE "runs" ("id" text not null, "name" text not null, "seed" text not null, "model" text not null, "status" text not null, "created_at" text not null, "updated_at" text not null, "takes" integer not null, "heuristic" integer not null, "details" text, constraint "runs_key" primary key ("id"));
CREATE TABLE "events" ("run" text not null, "scope" text not null, "type" text not null, "digest" text not null, "body" text not null, "sequence" integer not null, "ordinal" integer not null, "take" integer not null, constraint "events_key" primary key ("run", "sequence"));
CREATE INDEX "events_by_scope" on "events" ("run", "scope", "sequence");
CREATE INDEX "events_by_type" on "events" ("run", "type", "sequence");
CREATE TABLE "calls" ("run" text not null, "scope" text not null, "key" text not null, "model" text not null, "purpose" text not null, "head" text not null, "schema" text not null, "parameters" text not null, "value" text not null, "usage" text not null, "at" text not null, "sequence" integer not null, "ordinal" integer not null, "occurrence" integer not null, "heuristic" integer not null, "duration_ms" integer not null, "error" text, constraint "calls_key" primary key ("run", "sequence"));
CREATE INDEX "calls_by_question" on "calls" ("run", "scope", "key", "occurrence", "sequence");
CREATE INDEX "calls_by_place" on "calls" ("run", "scope", "ordinal", "sequence");
CREATE TABLE "links" ("link" text not null, "previous" text not null, "body" text not null, constraint "links_key" primary key ("link"));
CREATE TABLE "texts" ("digest" text not null, "text" text not null, constraint "texts_key" primary key ("digest"));
CREATE TABLE "event_texts" ("run" text not null, "digest" text not null, constraint "event_texts_key" primary key ("run", "digest"));
insert into runs ("id", "name", "seed", "model", "status", "created_at", "updated_at", "takes", "heuristic", "details") values ('r', 'focus group', '7', 'test/scripted', 'stopped', '2026-11-01T10:00:00.000Z', '2026-11-01T10:00:02.000Z', 1, 0, null);
insert into calls ("run", "scope", "key", "model", "purpose", "head", "schema", "parameters", "value", "usage", "at", "sequence", "ordinal", "occurrence", "heuristic", "duration_ms", "error") values ('r', 'person:ann', 'k0', 'test/scripted', 'act', '', 's', '{}', '{"text":"hello"}', '{"input":90,"output":8,"cachedInput":64}', '2026-11-01T10:00:00.000Z', 1, 0, 0, 0, 12, null);
insert into calls ("run", "scope", "key", "model", "purpose", "head", "schema", "parameters", "value", "usage", "at", "sequence", "ordinal", "occurrence", "heuristic", "duration_ms", "error") values ('r', 'person:ann', 'k1', 'test/scripted', 'extract', '', 's', '{}', 'null', '{"input":70,"output":3}', '2026-11-01T10:00:01.000Z', 2, 1, 0, 0, 12, '{"code":"MODEL_REFUSED","message":"No.","hint":"Reword it.","data":{}}');
insert into texts ("digest", "text") values ('s', '{}');
pragma application_id = 1414680405;
pragma user_version = 1;
