import type { BarChart, Chart, Histogram, NetworkChart, TargetChart } from "../../plot/chart.ts";
import { binsOf } from "../../statistics/shapes/bins.ts";

/** People whom a chart can name, and people and steps that can have a bar each. */
const most = { people: 60, bars: 20, steps: 30 };

type Cells = Readonly<Record<string, unknown>>;

/**
 * Pictures of what networks are measured by, whose rows say more together than column by column: how far a statement had
 * got by each step, and who had it first from whom; who is something to most, and how that is spread; how many ties are
 * between equals, beside chance; how many belong to each community. Undefined for rows of anything else.
 */
export function measureCharts(rows: readonly object[]): readonly Chart[] | undefined {
  const cells = rows as readonly Cells[];
  if (has(cells, ["how", "generation", "passedOn"])) return [reachChart(cells), ...treeChart(cells)];
  if (has(cells, ["degreeIn", "degreeOut", "component"])) return [...knownChart(cells), degreesChart(cells)];
  if (has(cells, ["attribute", "sameByChance", "ties"])) return [...equalsChart(cells), ...mixingChart(cells)];
  if (has(cells, ["community", "size", "modularity"])) return communitiesChart(cells);
  return undefined;
}

const has = (rows: readonly Cells[], columns: readonly string[]): boolean =>
  rows.length > 0 && columns.every((column) => rows.some((row) => Object.hasOwn(row, column)));

/** Tables that are read from text have their numbers as text, and nothing where there is none. */
const numberIn = (value: unknown): number | undefined =>
  value === undefined || value === null || value === "" ? undefined : Number(value);
const nameOf = ({ name, person }: Cells): string => String(name ?? person ?? "");

function reachChart(rows: readonly Cells[]): BarChart {
  const steps = stepsOf(rows);
  const last = Math.max(0, steps.at(-1) ?? 0);
  const stride = Math.max(1, Math.ceil(last / most.steps));
  const shown = Array.from({ length: Math.ceil(last / stride) }, (_, place) => Math.min(last, (place + 1) * stride));
  const reachedBy = (at: number): number => steps.filter((step) => step <= at).length;
  const bars = [
    ...(reachedBy(0) > 0 ? [{ label: "before", value: reachedBy(0) }] : []),
    ...shown.map((at) => ({ label: `step ${at}`, value: reachedBy(at) })),
  ];
  return { kind: "bars", title: "How many it had reached", note: `n = ${rows.length}`, measure: "people", bars };
}

/** The step by which each was reached; who was told between two steps has none, and rows are in the order of reaching. */
function stepsOf(rows: readonly Cells[]): readonly number[] {
  let latest = 0;
  return rows.map(({ step }) => {
    latest = numberIn(step) ?? latest;
    return latest;
  });
}

/** Those who come first: whoever it came from is among them. */
function treeChart(rows: readonly Cells[]): readonly NetworkChart[] {
  const reached = rows.slice(0, most.people);
  const links = reached.flatMap((row) => {
    const { from } = row;
    return from === undefined || from === null || from === "" ? [] : [{ from: String(from), to: nameOf(row) }];
  });
  if (links.length === 0) return [];
  const nodes = reached.map((row) => ({ id: nameOf(row), label: nameOf(row), group: String(row["how"]) }));
  const note =
    rows.length > reached.length ? `the first ${reached.length} of ${rows.length} whom it reached` : undefined;
  return [{ kind: "network", title: "Who had it first from whom", ...(note !== undefined && { note }), nodes, links }];
}

function knownChart(rows: readonly Cells[]): readonly BarChart[] {
  const known = rows
    .map((row) => ({ label: nameOf(row), value: numberIn(row["degreeIn"]) ?? 0 }))
    .filter(({ value }) => value > 0)
    .toSorted((one, other) => other.value - one.value);
  const bars = known.slice(0, most.bars);
  if (bars.length === 0) return [];
  const note = known.length > bars.length ? `the first ${bars.length} of ${rows.length}` : undefined;
  const about = { title: "Who is something to most people", ...(note !== undefined && { note }) };
  return [{ kind: "bars", ...about, measure: "in-degree: people to whom they are something", bars }];
}

function degreesChart(rows: readonly Cells[]): Histogram {
  const degrees = rows.map(({ degreeIn }) => numberIn(degreeIn) ?? 0);
  const bins = binsOf(degrees).map(({ from, to }) => {
    return { from, to, count: degrees.filter((degree) => degree >= from && degree < to).length };
  });
  const measure = "in-degree";
  return { kind: "histogram", title: "In-degrees", note: `n = ${rows.length}`, bins, measure };
}

function equalsChart(rows: readonly Cells[]): readonly TargetChart[] {
  const levels = rows.flatMap(({ attribute, kind, same, sameByChance }) => {
    const [value, target] = [numberIn(same), numberIn(sameByChance)];
    if (kind !== "nominal" || value === undefined || target === undefined) return [];
    return [{ label: String(attribute), value: 100 * value, target: 100 * target }];
  });
  if (levels.length === 0) return [];
  const names = { value: "in this network", target: "by chance" };
  return [{ kind: "against target", title: "Ties between equals", levels, measure: "share of ties, %", names }];
}

function mixingChart(rows: readonly Cells[]): readonly BarChart[] {
  const bars = rows.flatMap(({ attribute, assortativity }) => {
    const value = numberIn(assortativity);
    return value === undefined ? [] : [{ label: String(attribute), value }];
  });
  if (bars.length === 0) return [];
  const measure = "assortativity: 1 with one's like only, 0 by chance, below with others";
  return [{ kind: "bars", title: "Whether people are related to their like", measure, bars }];
}

/** The largest, without those who belong to nobody. */
function communitiesChart(rows: readonly Cells[]): readonly BarChart[] {
  const groups = [...Map.groupBy(rows, ({ community }) => String(community))]
    .filter(([, people]) => people.length > 1)
    .toSorted(([, one], [, other]) => other.length - one.length);
  const bars = groups.slice(0, most.bars).map(([label, people]) => ({ label, value: people.length }));
  if (bars.length === 0) return [];
  const shown = groups.length > bars.length ? `the largest ${bars.length} of ${groups.length}` : `n = ${rows.length}`;
  const modularity = numberIn(rows[0]?.["modularity"]);
  const note = modularity === undefined ? shown : `${shown}; modularity ${modularity.toFixed(2)}`;
  return [{ kind: "bars", title: "How many belong to each community", note, measure: "people", bars }];
}
