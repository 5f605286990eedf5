import { csvOf, unmarkedCsvOf } from "../../../kernel/text/files/csv.ts";
import { observationTable } from "../../results/observation.ts";
import type { ExperimentAnalysis, TracedAnalysis } from "../analyse.ts";
import type { ComparedPair, LostPair } from "../pairs/pairs.ts";
import type { NumberedRow } from "../pairs/rows.ts";

/** What stands beside a report, so that every number in it can be traced: files by name. */
export function analysisTables(traced: TracedAnalysis): Readonly<Record<string, string>> {
  return { "figures.csv": figuresCsv(traced), "pairs.csv": pairsCsv(traced), "rows.csv": rowsCsv(traced) };
}

/** All figures: effects, their levels, arms and parts of the variance. */
function figuresCsv({ analysis }: TracedAnalysis): string {
  const { effects, arms, variance } = analysis;
  const columns = [
    ...["id", "kind", "metric", "measure", "option", "contrast", "arm", "part", "claims", "exploratory"],
    ...["pairs", "people", "clusters", "by", "treatment", "control", "value", "low", "high", "p", "test"],
    ...["size", "sizeName", "lost", "verdict", "reason"],
  ] as const;
  const ofEffects = effects.flatMap(({ stability, attrition, size, ...figure }) => {
    const exploratory = figure.claims.length === 0;
    const whole = {
      ...figure,
      kind: "effect",
      exploratory,
      size: size?.value,
      sizeName: size?.name,
      lost: attrition.lost,
    };
    const levels = stability.flatMap(({ dimension, verdict, levels: all }) =>
      all.map((level) => ({
        ...{ ...level, id: `${figure.id}.${dimension}`, kind: "level", part: level.level, verdict, exploratory },
        ...{ metric: figure.metric, measure: figure.measure, option: figure.option, contrast: figure.contrast },
      })),
    );
    return [whole, ...levels];
  });
  const ofArms = arms.map(({ n, missing, ...figure }) => ({ ...figure, kind: "arm", pairs: n, lost: missing }));
  const ofVariance = variance.flatMap((split): readonly Readonly<Record<string, unknown>>[] => {
    const head = { id: split.id, kind: "variance", metric: split.metric };
    if ("reason" in split) return [{ ...head, reason: split.reason }];
    const lone = split.components.map(({ name, raw }) => ({ ...head, part: name, value: raw }));
    const mixed = split.confounded.map(({ names, together }) => ({
      ...{ ...head, part: names.join(" or "), value: together?.raw, reason: "confounded" },
    }));
    return [...lone, ...mixed];
  });
  const rows: readonly Readonly<Record<string, unknown>>[] = [...ofEffects, ...ofArms, ...ofVariance];
  return csvFor(analysis)(
    columns,
    rows.map((row) => columns.map((column) => row[column])),
  );
}

/** Who was compared with themselves in which figure, or lost, by the ids of rows. */
function pairsCsv({ analysis, found }: TracedAnalysis): string {
  const who = ["person", "population", "seed", "replicate", "model", "wording"] as const;
  const columns = ["figures", "metric", "contrast", ...who, "session", "treatment", "control", "lost"];
  // The options of one metric rest on the same pairs.
  const groups = Map.groupBy(found, ({ figure }) => JSON.stringify([figure.metric, figure.contrast])).values();
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
  return csvFor(analysis)(columns, rows);
}

const idsOf = (arms: readonly (readonly NumberedRow[])[]): readonly string[] => arms.flat().map(({ id }) => id);

/** All rows with their ids. */
function rowsCsv({ analysis, rows }: TracedAnalysis): string {
  const { columns, rows: cells } = observationTable(rows.map(({ id: _id, ...row }) => row));
  return csvFor(analysis)(
    ["id", ...columns.map(({ name }) => name)],
    cells.map((row, place) => [rows[place]?.id, ...row]),
  );
}

/** Rows that were handed in may be of people. */
const csvFor = ({ plan }: ExperimentAnalysis): typeof csvOf => (plan.handedIn ? unmarkedCsvOf : csvOf);
