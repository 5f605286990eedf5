import type { Section } from "../../../document/write/html/page.ts";
import type { ExperimentAnalysis } from "../analyse.ts";
import type { EffectFigure } from "../figures.ts";
import { meanings } from "../variance/factors.ts";
import type { NoSplit, VarianceSplit } from "../variance/split.ts";
import { chance, differenceOf, digits, measured, percent, told } from "./words.ts";

/** Whether what was claimed repeats: a verdict for each dimension, and the effect at each level. */
export function stability({ effects }: ExperimentAnalysis): readonly Section[] {
  const own = effects.filter(({ claims, value }) => claims.length > 0 && value !== undefined);
  const rows = own.flatMap(({ id, stability: all }) =>
    all.map(({ dimension, verdict, why, levels, sameSign, overlap, heterogeneity: spread }) =>
      told({
        ...{ figure: id, across: dimension, verdict, levels: levels.length },
        "same sign": sameSign === undefined ? "" : percent(sameSign),
        "intervals meet": overlap === undefined ? "" : percent(overlap),
        "I²": spread === undefined ? "" : percent(spread.iSquared),
        "p of Q": chance(spread?.p),
        why,
      }),
    ),
  );
  if (rows.length === 0) return [];
  return [{ heading: "Stable or fragile", lines: ["Believe what repeats."], rows }, ...own.flatMap(levelsOf)];
}

function levelsOf(figure: EffectFigure): readonly Section[] {
  const rows = figure.stability
    .filter(({ levels }) => levels.length > 1)
    .flatMap(({ dimension, levels }) =>
      levels.map((level) =>
        told({
          ...{ across: dimension, level: level.level, pairs: level.pairs, difference: differenceOf(level) },
          figure: `${figure.id}.${dimension}`,
        }),
      ),
    );
  const heading = `Level by level: ${figure.id}, ${figure.contrast}, ${measured(figure)}`;
  return rows.length === 0 ? [] : [{ heading, rows }];
}

/** Of whom something is missing, and whether that befell one side more than the other. */
export function lost({ effects }: ExperimentAnalysis): readonly Section[] {
  const rows = effects
    .filter(({ attrition }) => attrition.lost > 0)
    .map(({ id, contrast, pairs, attrition: { treatment, control, reasons, p, flagged, ...gone }, ...figure }) =>
      told({
        ...{ figure: id, contrast, measured: measured(figure), pairs, lost: gone.lost },
        ...{ "first side": treatment, "other side": control, "p of alike": chance(p) },
        beware: flagged ? "sides differ, or much is lost" : "",
        reasons: Object.entries(reasons)
          .map(([reason, count]) => `${reason} ${count}`)
          .join(", "),
      }),
    );
  if (rows.length === 0) return [];
  const lines = ["Whoever has no value in an arm is left out of the comparison, with all that is known of them."];
  return [{ heading: "Who was lost", lines, rows }];
}

/** What values differ by. */
export function variance({ variance: splits }: ExperimentAnalysis): readonly Section[] {
  return splits.map((split) => {
    const heading = `What values differ by: ${split.metric}`;
    if ("reason" in split) return { heading, lines: [`${split.id}: ${split.reason}.`] };
    const { constant } = split;
    const lines =
      constant.length === 0 ? [] : [`Not varied, so that nothing can be said of it: ${constant.join(", ")}.`];
    return { heading, lines, rows: componentsOf(split) };
  });
}

function componentsOf({ id, components, confounded }: Exclude<VarianceSplit, NoSplit>): readonly object[] {
  const lone = components.map(({ name, variance: size, raw, share, levels }) =>
    told({
      ...{ figure: id, part: name, levels, variance: digits(size), share: percent(share) },
      note: raw < 0 ? `the estimate is ${digits(raw)}: as good as none` : meanings[name],
    }),
  );
  const mixed = confounded.map(({ names, together }) =>
    told({
      ...{ figure: id, part: names.join(" or "), levels: "", variance: digits(together?.variance) },
      share: together === undefined ? "" : percent(together.share),
      note: "confounded: this design cannot tell them apart",
    }),
  );
  return [...lone, ...mixed];
}

/** Each arm by itself, which compares nothing. */
export function arms({ arms: figures }: ExperimentAnalysis): Section {
  const rows = figures.map(({ id, arm, n, missing, value, sd, measure, ...of }) =>
    told({
      ...{ figure: id, measured: measured(of), arm, n, missing },
      value: measure === "share" && value !== undefined ? percent(value) : digits(value),
      sd: digits(sd),
    }),
  );
  return { heading: "Arm by arm, descriptive", lines: ["Over all rows, whoever they are of."], rows };
}
