import { csvOf, unmarkedCsvOf } from "../../../kernel/text/files/csv.ts";
import { observationTable } from "../../results/observation.ts";
import type { ExperimentAnalysis, TracedAnalysis } from "../analyse.ts";
import type { EffectFigure } from "../figures.ts";
import type { ComparedPair, LostPair } from "../pairs/pairs.ts";
import type { NumberedRow } from "../pairs/rows.ts";

/** What stands beside a report, so that every number in it can be traced: files by name. */
export function analysisTables(traced: TracedAnalysis): Readonly<Record<string, string>> {
  return { "figures.csv": figuresCsv(traced), "pairs.csv": pairsCsv(traced), "rows.csv": rowsCsv(traced) };
}

const columns = [
  ...["id", "kind", "metric", "measure", "option", "contrast", "arm", "part", "claims", "exploratory"],
  ...[
    "pairs",
    "people",
    "clusters",
    "by",
    "treatment",
    "control",
    "value",
    "low",
    "high",
    "sd",
    "p",
    "corrected",
    "test",
  ],
  ...["size", "sizeName", "sizeLow", "sizeHigh", "lost", "lostInTreatment", "lostInControl", "pOfAlike"],
  ...["levels", "sameSign", "overlap", "iSquared", "pOfQ", "variance", "share", "bound", "verdict", "reason"],
] as const;

type Row = Readonly<Partial<Record<(typeof columns)[number], unknown>>>;

/** All figures: effects, their levels, claims on them, periods and carry-over, arms and parts of the variance. */
function figuresCsv({ analysis }: TracedAnalysis): string {
  const { effects, claims, crossover, arms, variance } = analysis;
  const rows: readonly Row[] = [
    ...effects.flatMap(rowsOfEffect),
    ...claims.map(({ claim, figure, status, because, ...found }): Row => {
      return { ...found, id: figure, kind: "claim", claims: claim, verdict: status, reason: because };
    }),
    ...crossover.map((figure): Row => ({ ...figure, ...lostIn(figure), exploratory: true })),
    ...arms.map(({ n, missing, ...figure }): Row => ({ ...figure, kind: "arm", pairs: n, lost: missing })),
    ...variance.flatMap(rowsOfVariance),
  ];
  return csvFor(analysis)(
    columns,
    rows.map((row) => columns.map((column) => row[column])),
  );
}

const lostIn = ({ attrition: { lost, treatment, control, p } }: Pick<EffectFigure, "attrition">): Row => ({
  ...{ lost, lostInTreatment: treatment, lostInControl: control, pOfAlike: p },
});

function rowsOfEffect({ stability, size, ...figure }: EffectFigure): readonly Row[] {
  const exploratory = figure.claims.length === 0;
  const whole = {
    ...{ ...figure, kind: "effect", exploratory },
    ...{ size: size?.value, sizeName: size?.name, sizeLow: size?.low, sizeHigh: size?.high },
    ...lostIn(figure),
  };
  const levels = stability.flatMap(({ dimension, verdict, levels: all, sameSign, overlap, heterogeneity: spread }) =>
    all.map((level) => ({
      ...{ ...level, id: `${figure.id}.${dimension}`, kind: "level", part: level.level, verdict, exploratory },
      ...{ metric: figure.metric, measure: figure.measure, option: figure.option, contrast: figure.contrast },
      ...{ levels: all.length, sameSign, overlap, iSquared: spread?.iSquared, pOfQ: spread?.p },
    })),
  );
  return [whole, ...levels];
}

function rowsOfVariance(split: ExperimentAnalysis["variance"][number]): readonly Row[] {
  const head = { id: split.id, kind: "variance", metric: split.metric };
  if ("reason" in split) return [{ ...head, reason: split.reason }];
  const lone = split.components.map(({ name, raw, variance, share, levels }) => {
    return { ...head, part: name, value: raw, variance, share, levels };
  });
  const mixed = split.confounded.map(({ names, together }) => ({
    ...{ ...head, part: names.join(" or "), value: together?.raw, reason: "confounded" },
    ...{ variance: together?.variance, share: together?.share },
  }));
  return [...lone, ...mixed];
}

/** Who was compared with themselves in which figure, or lost, by the ids of rows. */
function pairsCsv({ analysis, found, crossed }: TracedAnalysis): string {
  const who = ["person", "population", "seed", "replicate", "model", "wording"] as const;
  const named = ["figures", "metric", "contrast", ...who, "session", "treatment", "control", "lost"];
  // The options of one metric rest on the same pairs.
  const all: readonly TracedCrossed[] = [...found, ...crossed];
  const groups = Map.groupBy(all, ({ figure }) => JSON.stringify([figure.metric, figure.contrast])).values();
  const rows = [...groups].flatMap((own) => {
    const [{ figure, paired }] = own as [(typeof own)[0], ...typeof own];
    const head = [own.map((one) => one.figure.id), figure.metric, figure.contrast];
    const of = (pair: ComparedPair | LostPair): readonly unknown[] => [...head, ...who.map((name) => pair[name])];
    return [
      ...paired.pairs.map((pair) => [...of(pair), pair.session, idsOf(pair.treatment), idsOf(pair.control), ""]),
      ...paired.lost.map((pair) => {
        const why = pair.missing.map(({ arm, reason }) => `${arm}: ${reason}`);
        return [...of(pair), "", "", "", why];
      }),
    ];
  });
  return csvFor(analysis)(named, rows);
}

type TracedCrossed = TracedAnalysis["found"][number] | TracedAnalysis["crossed"][number];

const idsOf = (arms: readonly (readonly NumberedRow[])[]): readonly string[] => arms.flat().map(({ id }) => id);

/** All rows with their ids. */
function rowsCsv({ analysis, rows }: TracedAnalysis): string {
  const { columns: named, rows: cells } = observationTable(rows.map(({ id: _id, ...row }) => row));
  return csvFor(analysis)(
    ["id", ...named.map(({ name }) => name)],
    cells.map((row, place) => [rows[place]?.id, ...row]),
  );
}

/** Rows that were handed in may be of people. */
const csvFor = ({ plan }: ExperimentAnalysis): typeof csvOf => (plan.handedIn ? unmarkedCsvOf : csvOf);
