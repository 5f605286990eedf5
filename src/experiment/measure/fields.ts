import { TinyTroupeError } from "../../kernel/values/errors.ts";
import { slug } from "../../kernel/values/ids.ts";
import type { MetricScale, MetricSource } from "../design/metric.ts";
import { fitted } from "./fitted.ts";
import type { Reading, Scene } from "./reading.ts";

type TableSource = Extract<MetricSource, { table: string }>;
type Row = Readonly<Record<string, unknown>>;

/** What stands in a column of a table that the study returned; without a column `person` it is of the group. */
export function fieldsOf(
  { table, column }: TableSource,
  scale: MetricScale,
  { result, simulation, group }: Scene,
): readonly Reading[] {
  const rows = tableIn(result, table);
  const ids = new Map(simulation.people.flatMap(({ id, name }) => [[name, id] as const, [id, id] as const]));
  return rows.map((row): Reading => {
    const named = row["person"];
    const person = typeof named === "string" ? (ids.get(named as never) ?? slug(named)) : group;
    const cell = row[column];
    if (cell === "not applicable") return { person, value: null, missing: "not-applicable" };
    const value = fitted(scale, cell);
    return value === undefined ? { person, value: null, missing: "failed" } : { person, value };
  });
}

/** A table among the results of a study, or its one result. */
function tableIn(result: unknown, table: string): readonly Row[] {
  const tables = typeof result === "object" && result !== null && !Array.isArray(result) ? result : {};
  const found: unknown = Reflect.get(tables, table);
  if (Array.isArray(found)) return found as readonly Row[];
  throw new TinyTroupeError("TARGET_UNKNOWN", `The study returned no table '${table}'.`, {
    data: { target: table, known: Object.keys(tables) },
    hint: "A study file names its tables by `as`; a program returns them by name, as in { intents: [{ person, intent }] }.",
  });
}
