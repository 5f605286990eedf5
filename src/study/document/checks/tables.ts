import { wordsOf } from "../../../kernel/language/terms.ts";
import { nearest } from "../../../kernel/text/nearest.ts";
import { patternIn } from "../../../kernel/text/written.ts";
import type { Issue } from "../../../kernel/values/errors.ts";
import { addedColumns } from "../../steps/tables.ts";
import type { Step } from "../document.ts";
import { isMeasure, type Kept, type KeptTables, keptTables } from "../kept.ts";
import { columnsOf, hasNetwork, keptColumns, type World } from "../worlds/world.ts";
import { missingTable, newTable, type TableScene } from "./columns.ts";
import { extractIssues, judgeIssues, reportIssues, surveyIssues } from "./reading.ts";

type StoryStep = Extract<Step, { story: unknown }>["story"];

/** What is wrong with the tables that a step makes or counts. */
export function tableIssues(step: Step, scene: TableScene): readonly Issue[] {
  const { study, columns } = scene;
  if ("extract" in step) return extractIssues(step.extract, { study, columns });
  if ("survey" in step) return surveyIssues(step.survey, scene);
  if ("judge" in step) return judgeIssues(step.judge, { study, columns });
  if ("report" in step) return reportIssues(step.report, { study, columns });
  if ("hold" in step) {
    return newTable(step.hold.as, ["hold.as", columnsOf[study.world?.kind ?? "room"].held ?? []], columns);
  }
  if ("tables" in step) return keptIssues(step.tables, { study, columns });
  if ("story" in step) return storyIssues(step.story, columns);
  if (!("tally" in step)) return [];
  const { table, by, as, winner } = step.tally;
  const issues = [...missingTable(table, "tally.table", { columns, column: ["tally.by", by] })];
  issues.push(...newTable(as, ["tally.as", [by, "count", "share"]], columns));
  if (winner !== undefined) issues.push(...newTable(winner, ["tally.winner", [by, "count", "share"]], columns));
  return issues;
}

const beatColumns = ["heading", "text", "people", "from"];

/** A story goes on under its name; what it is of and for stands where it begins. */
function storyIssues({ as, from, purpose }: StoryStep, columns: TableScene["columns"]): readonly Issue[] {
  if (columns.get(as) !== beatColumns) return newTable(as, ["story.as", beatColumns], columns);
  if ((from ?? purpose) === undefined) return [];
  const path = from === undefined ? "story.purpose" : "story.from";
  return [{ path, message: `The story '${as}' has begun: this stands in its first step.` }];
}

/** What is wrong with tables that a step brings home, as they are called in the world and as they are to be called. */
function keptIssues(wanted: KeptTables, { study, columns }: TableScene): readonly Issue[] {
  const { world, startAt } = study;
  if (world === undefined) return [];
  const known = keptColumns(world);
  return keptTables(wanted).flatMap((kept) => {
    const path = `tables.${kept.path}`;
    const wrong = wrongIn(kept, world);
    if (wrong !== undefined) return [{ path: `${path}${wrong.at}`, message: wrong.message }];
    const strange = answersIssues(kept, path, columns);
    const its = isMeasure(kept.of) ? measureColumns(kept.of, startAt !== undefined) : known[kept.of];
    const goods = world.kind === "marketplace" && kept.of === "holdings" ? world.goods : [];
    return [...strange, ...newTable(kept.as, [path, [...(its ?? []), ...goods]], columns)];
  });
}

function measureColumns(of: "homophily" | "communities" | "spread", hasCalendar: boolean): readonly string[] {
  if (of === "homophily") return "attribute kind assortativity same sameByChance modularity ties unknown".split(" ");
  if (of === "communities") return "person community size modularity".split(" ");
  return `person how from step${hasCalendar ? " time" : ""} generation passedOn event`.split(" ");
}

/** What is wrong with the table whose columns people are compared by. */
function answersIssues({ measure }: Kept, path: string, columns: TableScene["columns"]): readonly Issue[] {
  if (measure === undefined || !("homophily" in measure)) return [];
  const { table, by } = measure.homophily;
  if (table === undefined) return [];
  const known = columns.get(table);
  const at = `${path}.table`;
  if (Array.isArray(known) && !known.includes(addedColumns.person)) {
    return [
      { path: at, message: `The table '${table}' has no '${addedColumns.person}': nobody knows whose rows these are.` },
    ];
  }
  const missing = [by].flat().flatMap((one) => missingTable(table, at, { columns, column: [`${path}.by`, one] }));
  return missing.filter(({ message }, place) => missing.findIndex((other) => other.message === message) === place);
}

/** What is wrong with one table, and where within it. */
interface Wrong {
  readonly at: string;
  readonly message: string;
}

function wrongIn({ of, measure }: Kept, world: World): Wrong | undefined {
  const kind = world.kind ?? "room";
  const needsNetwork = Object.hasOwn(ofNetworks, of);
  if (needsNetwork && !hasNetwork(world))
    return { at: "", message: `This ${kind} has no network: ${networkFor(kind)}` };
  if (isMeasure(of)) return measure === undefined ? unsaid[of] : wrongInMeasure(measure);
  const known = Object.keys(keptColumns(world));
  if (known.includes(of)) return undefined;
  const has = [...known, ...(hasNetwork(world) ? ["homophily", "communities"] : []), "spread"];
  const [near] = nearest(of, has);
  const meant = near === undefined ? "" : ` Did you mean ${near}?`;
  const more = known.length === 0 ? "; `extract` what else you want to know of it" : "";
  return { at: "", message: `A ${kind} keeps no table '${of}'.${meant} It has: ${has.join(", ")}${more}.` };
}

const ofNetworks = { positions: true, network: true, homophily: true, communities: true };

function networkFor(kind: NonNullable<World["kind"]>): string {
  if (kind === "room" || kind === "town hall") return "give the world a `network`.";
  return kind === "social feed"
    ? "say whom people follow, in `follows`."
    : "a room or a town hall with a `network` has one, and a social feed with `follows`.";
}

const unsaid = {
  homophily: { at: "", message: "Say what is compared, as in `homophily: { by: gender }`." },
  communities: undefined,
  spread: { at: "", message: "Say the spread of what, as in `spread: { statement: The bakery closes }`." },
} as const;

function wrongInMeasure(measure: NonNullable<Kept["measure"]>): Wrong | undefined {
  if (!("spread" in measure)) return undefined;
  const { statement } = measure.spread;
  const at = ".statement";
  const [, flags] = /^\/.+\/([a-z]+)$/is.exec(statement) ?? [];
  if (flags !== undefined && !/^[imsu]*$/.test(flags)) {
    return {
      at,
      message: `A pattern has no '${flags}' behind it: i takes letters of either case, m, s and u are possible.`,
    };
  }
  try {
    if (patternIn(statement) !== undefined || wordsOf(statement).length > 0) return undefined;
    return { at, message: "There is no word in this that somebody could say." };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { at, message: `This is no pattern: ${why}. Write it as in /closes (on|this) Friday/i, or a plain text.` };
  }
}
