import type { Issue } from "../../../kernel/values/errors.ts";
import { addedColumns } from "../../tables.ts";
import { keptTables, type Step, type StudyDocument } from "../document.ts";
import type { Field, Fields } from "../fields.ts";
import { columnsOf } from "../worlds/world.ts";

type StoryStep = Extract<Step, { story: unknown }>["story"];

interface Scene {
  readonly study: StudyDocument;
  /** The columns of the tables that there are so far. */
  readonly columns: Map<string, readonly string[]>;
}

/** What is wrong with the tables that a step makes or counts. */
export function tableIssues(step: Step, { study, columns }: Scene): readonly Issue[] {
  if ("extract" in step) return extractIssues(step.extract, { study, columns });
  if ("hold" in step) {
    return newTable(step.hold.as, ["hold.as", columnsOf[study.world?.kind ?? "room"].held ?? []], columns);
  }
  if ("tables" in step) return keptIssues(step.tables, { study, columns });
  if ("story" in step) return storyIssues(step.story, columns);
  if (!("tally" in step)) return [];
  const { table, by, as, winner } = step.tally;
  const known = columns.get(table);
  const issues = [...newTable(as, ["tally.as", [by, "count", "share"]], columns)];
  if (winner !== undefined) issues.push(...newTable(winner, ["tally.winner", [by, "count", "share"]], columns));
  if (known === undefined) {
    const message = `There is no table '${table}' before this step. Tables so far: ${listed([...columns.keys()], as, winner)}.`;
    return [...issues, { path: "tally.table", message }];
  }
  if (known.includes(by)) return issues;
  return [...issues, { path: "tally.by", message: `The table '${table}' has no '${by}'. It has: ${listed(known)}.` }];
}

/** Tables that the world keeps, as they are called there and as they are to be called. */
function keptIssues(wanted: Extract<Step, { tables: unknown }>["tables"], { study, columns }: Scene): readonly Issue[] {
  const { world } = study;
  if (world === undefined) return [];
  const known = columnsOf[world.kind ?? "room"].tables;
  if (Object.keys(known).length === 0) {
    const message = `A ${world.kind ?? "room"} keeps no tables: \`extract\` what you want to know of it.`;
    return [{ path: "tables", message }];
  }
  return keptTables(wanted).flatMap(([of, as], place) => {
    const path = `tables.${Array.isArray(wanted) ? place : of}`;
    const its = Object.hasOwn(known, of) ? known[of] : undefined;
    if (its === undefined) {
      const message = `A ${world.kind} keeps no table '${of}'. It has: ${Object.keys(known).join(", ")}.`;
      return [{ path, message }];
    }
    const goods = world.kind === "marketplace" && of === "holdings" ? world.goods : [];
    return newTable(as, [path, [...its, ...goods]], columns);
  });
}

const beatColumns = ["heading", "text", "people", "from"];

/** A story goes on under its name; what it is of and for stands where it begins. */
function storyIssues({ as, from, purpose }: StoryStep, columns: Scene["columns"]): readonly Issue[] {
  if (columns.get(as) !== beatColumns) return newTable(as, ["story.as", beatColumns], columns);
  if ((from ?? purpose) === undefined) return [];
  const path = from === undefined ? "story.purpose" : "story.from";
  return [{ path, message: `The story '${as}' has begun: this stands in its first step.` }];
}

function extractIssues(step: Extract<Step, { extract: unknown }>["extract"], scene: Scene): readonly Issue[] {
  const { as, evidence, fields, from, rows } = step;
  const issues: Issue[] = [];
  if (fields !== undefined && rows !== undefined) {
    issues.push({ path: "extract", message: "Give `fields` for one answer or `rows` for several, not both." });
  }
  if (from === "world" && scene.study.world === undefined) {
    issues.push({ path: "extract.from", message: "The study has no world: use `each` or a person's name." });
  }
  const each = from === "each" || (from === undefined && scene.study.world === undefined);
  const added: readonly string[] = [...(each ? [addedColumns.person] : []), ...(evidence ? addedColumns.evidence : [])];
  for (const [kind, some] of Object.entries({ fields, rows })) {
    for (const [name, field] of Object.entries(some ?? {})) {
      const path = `extract.${kind}.${name}`;
      if (added.some((column) => column === name)) {
        issues.push({ path, message: `This table gets a column '${name}' by itself: call the field otherwise.` });
      }
      issues.push(...fieldIssues(field).map((message) => ({ path, message })));
    }
  }
  const names = Object.keys((rows ?? fields ?? { answer: "" }) satisfies Fields);
  return [...issues, ...newTable(as, ["extract.as", [...added, ...names]], scene.columns)];
}

function fieldIssues(field: Field): readonly string[] {
  if (typeof field === "string") return [];
  const { minimum, maximum, options, type = "text" } = field;
  const bounded = minimum !== undefined || maximum !== undefined;
  return [
    ...(options !== undefined && type !== "text" ? ["A field with `options` holds a text: leave `type` out."] : []),
    ...(bounded && type !== "number" && type !== "integer" ? ["Bounds are for `type: number` or `integer`."] : []),
    ...(minimum !== undefined && maximum !== undefined && minimum > maximum ? ["`minimum` is above `maximum`."] : []),
  ];
}

function newTable(
  name: string,
  [path, of]: readonly [path: string, columns: readonly string[]],
  columns: Map<string, readonly string[]>,
): readonly Issue[] {
  const taken = columns.has(name);
  columns.set(name, of);
  return taken ? [{ path, message: `There is a table '${name}' already: give this one another name.` }] : [];
}

const listed = (names: readonly string[], ...but: readonly (string | undefined)[]): string =>
  names.filter((name) => !but.includes(name)).join(", ") || "none";
