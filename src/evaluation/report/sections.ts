import type { Section } from "../../document/write/html/page.ts";
import type { AnswerComparison, ComparedSide } from "../comparison/compare-answers.ts";
import type { ComparisonFigure } from "../comparison/figures.ts";
import { methodsOf } from "./methods.ts";
import { digits, told } from "./words.ts";

/** A report in parts; `item` says whose plot belongs to one. */
export type ReportPart = Section & { readonly item?: string };

/** What stands first: what was held against what, and what that can say. */
export function noticesOf({ human, simulated, claims }: AnswerComparison): readonly string[] {
  return [
    `${human.people} people (${human.source}) beside ${simulated.people} who are simulated (${simulated.source}).`,
    ...(simulated.rehearsed ? ["The simulated answers are a rehearsal without a language model: no insight."] : []),
    claims === undefined
      ? "Nothing was claimed beforehand: all of this is exploratory."
      : `What was claimed beforehand stands first; all else is exploratory. SHA-256 of the claims: ${claims.digest}.`,
  ];
}

/** The parts of a report, in their order. Each figure has an id: the same in `figures.csv`, by which its rows are found. */
export function partsOf(comparison: AnswerComparison): readonly ReportPart[] {
  return [
    verdict(comparison),
    ...claimed(comparison),
    ...warned(comparison),
    ...Object.keys(comparison.items).map((item) => ofItem(comparison, item)),
    ...twins(comparison),
    ...families(comparison),
    ...leftOut(comparison),
    { heading: "How it was compared", lines: methodsOf(comparison) },
  ];
}

/** The score in words, with what it rests on. */
function verdictOf({ figures, items }: AnswerComparison): string {
  const score = figures.find(({ id }) => id === "score");
  if (score?.value === undefined) return `There is no score: ${score?.reason ?? "there are no items"}.`;
  const scored = figures.filter(
    ({ measure, attribute, item, value }) =>
      measure === "score" && attribute === undefined && item !== undefined && value !== undefined,
  );
  const of = `${scored.length} of ${Object.keys(items).length} ${Object.keys(items).length === 1 ? "item" : "items"}`;
  const range = score.low === undefined ? "" : ` (${fixed(score.low)} to ${fixed(score.high)})`;
  return `Score ${fixed(score.value)}${range}, from ${of}: 1 is as near as another sample of the people would be, 0 as far as answers that know nobody.`;
}

function verdict(comparison: AnswerComparison): ReportPart {
  const { claims } = comparison;
  const count = (status: string): number => claims?.rows.filter((row) => row.status === status).length ?? 0;
  const told =
    claims === undefined
      ? []
      : [
          `Of ${claims.rows.length} claims ${count("passed")} passed, ${count("failed")} failed and ${count("unmeasured")} could not be measured.`,
        ];
  return { heading: "Verdict", lines: [...told, verdictOf(comparison)] };
}

function claimed({ claims }: AnswerComparison): readonly ReportPart[] {
  if (claims === undefined) return [];
  const rows = claims.rows.map(({ claim, figure, bound, status, value, low, high, p, corrected, reason, why }) => ({
    ...{ claim, status, figure, bound, value: digits(value), from: digits(low), to: digits(high) },
    ...{ p: digits(p), corrected: digits(corrected), note: reason ?? why },
  }));
  const corrected =
    claims.multiplicity === "none"
      ? "not corrected for being several"
      : `corrected for being several (${claims.multiplicity})`;
  const lines = [
    `A claim passes at p ≤ ${digits(1 - claims.level)}, ${corrected}; one without p goes by its figure alone.`,
  ];
  return [
    {
      heading: claims.title === undefined ? "Claimed beforehand" : `Claimed beforehand: ${claims.title}`,
      lines,
      rows: rows.map(told),
    },
  ];
}

function warned({ warnings }: AnswerComparison): readonly ReportPart[] {
  if (warnings.length === 0) return [];
  const rows = warnings.map(({ name, item, words, figures }) => ({
    warning: name,
    ...(item !== undefined && { item }),
    "what was found": words,
    figure: figures.join(", "),
  }));
  return [{ heading: "Warnings", rows }];
}

function ofItem({ figures, items }: AnswerComparison, item: string): ReportPart {
  const own = figures.filter((row) => row.item === item && row.part !== "individuals");
  const title = items[item]?.title;
  const shares = own.filter(({ part, attribute }) => part === "share" && attribute === undefined);
  const whole = own.filter(({ part, attribute }) => part !== "share" && attribute === undefined);
  const grouped = own.filter(
    ({ attribute, measure }) =>
      attribute !== undefined && (measure === "mean" || measure === "score" || isHeadline(measure)),
  );
  return {
    heading: item,
    item,
    ...(title !== undefined && title !== item && { lines: [title] }),
    rows: [...whole, ...shares, ...grouped].map(rowOf),
  };
}

const isHeadline = (measure: string): boolean =>
  ["earth-movers", "total-variation", "energy-distance"].includes(measure);

function twins({ figures, linked }: AnswerComparison): readonly ReportPart[] {
  const rows = figures.filter(({ part }) => part === "individuals");
  if (rows.length === 0) return [];
  const lines = [
    `${linked} simulated people have the id of one of the people. The floor is the best guess without the person; how far people agree with themselves is not known from one answer.`,
  ];
  return [{ heading: "Each beside their person", lines, rows: rows.map(rowOf) }];
}

function families({ figures }: AnswerComparison): readonly ReportPart[] {
  const rows = figures.filter(({ item, measure }) => item === undefined && measure !== "score");
  return rows.length === 0 ? [] : [{ heading: "Items of one family", rows: rows.map(rowOf) }];
}

function leftOut({ human, simulated }: AnswerComparison): readonly ReportPart[] {
  const rows = [human, simulated].flatMap((side) =>
    side.excluded.map(({ item, id, row, text, reason }) => ({
      file: side.source,
      row,
      who: id,
      item,
      text,
      why: reason,
    })),
  );
  const lines = [human, simulated].flatMap((side) => [
    ...uncounted(side),
    ...side.remarks.map((remark) => `${side.source}: ${remark}`),
  ]);
  return rows.length + lines.length === 0 ? [] : [{ heading: "Left out, and to be looked at", lines, rows }];
}

const uncounted = ({ source, leftOut: rows }: ComparedSide): readonly string[] =>
  rows === 0 ? [] : [`${rows} rows of ${source} do not count, as the description has it.`];

/** A figure as a row of a table: what is absent is left out. */
function rowOf(row: ComparisonFigure): object {
  const {
    id,
    n,
    simulatedN,
    human,
    simulated,
    value,
    low,
    high,
    reason,
    ceiling,
    floor,
    floorBy,
    place,
    placeReason,
    p,
    level,
  } = row;
  return told({
    ...{
      figure: id,
      n: n === simulatedN ? String(n) : `${n}/${simulatedN}`,
      people: digits(human),
      simulated: digits(simulated),
    },
    ...{ value: digits(value), from: digits(low), to: digits(high), p: chance(p) },
    ...{
      "people apart": digits(ceiling),
      "floor apart": digits(floor),
      place: row.measure === "score" ? undefined : digits(place),
    },
    note: reason ?? placeReason ?? (level === undefined ? byWhich(floorBy) : `interval at ${digits(100 * level)} %`),
  });
}

/** A chance that is not rounded to none. */
const chance = (p: number | undefined): string | undefined => (p !== undefined && p < 1e-4 ? "< 0.0001" : digits(p));

const byWhich = (floorBy: string | undefined): string | undefined => floorBy && `floor: ${floorBy}`;

const fixed = (value: number | undefined): string => (value ?? Number.NaN).toFixed(2);
