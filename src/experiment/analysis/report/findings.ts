import type { Section } from "../../../document/write/html/page.ts";
import type { ExperimentAnalysis } from "../analyse.ts";
import type { EffectFigure } from "../figures.ts";
import type { CheckedEffect } from "../gate/gate.ts";
import { chance, differenceOf, digits, measured, repeatsInWords, told } from "./words.ts";

/** What passed what was declared beforehand, and nothing else. */
export function findings({ claims, effects }: ExperimentAnalysis): Section {
  const passed = claims.filter(({ status }) => status === "passed");
  const rows = passed.map((claim) => {
    const figure = effects.find(({ id }) => id === claim.figure) as EffectFigure;
    return told({
      ...{ finding: claim.claim, figure: claim.figure, contrast: claim.contrast, measured: measured(claim) },
      ...{ claimed: claim.bound, difference: differenceOf(claim), "p, corrected": chance(claim.corrected) },
      ...{ pairs: figure.pairs, repeats: repeatsInWords(claim.repeats ?? []) },
    });
  });
  const gone = passed.filter(({ figure }) => effects.find(({ id }) => id === figure)?.attrition.flagged);
  return {
    heading: "Findings",
    lines: [summary(claims), ...gone.map(({ claim }) => `${claim}: people were lost on the way, see “Who was lost”.`)],
    rows,
  };
}

function summary(claims: readonly CheckedEffect[]): string {
  if (claims.length === 0)
    return "Nothing was declared beforehand: there are no findings. All that follows is exploratory.";
  const count = (status: CheckedEffect["status"]): number => claims.filter((claim) => claim.status === status).length;
  return `Of ${claims.length} ${claims.length === 1 ? "claim" : "claims"} that ${claims.length === 1 ? "was" : "were"} declared beforehand ${count("passed")} passed, ${count("failed")} failed and ${count("unmeasured")} could not be measured.`;
}

/** What was declared and did not pass, or could not be measured. */
export function notFound({ claims }: ExperimentAnalysis): readonly Section[] {
  const rows = claims
    .filter(({ status }) => status !== "passed")
    .map((claim) =>
      told({
        ...{ claim: claim.claim, status: claim.status, figure: claim.figure, contrast: claim.contrast },
        ...{ measured: measured(claim), claimed: claim.bound, difference: differenceOf(claim) },
        ...{ p: chance(claim.p), "p, corrected": chance(claim.corrected), because: claim.because },
      }),
    );
  return rows.length === 0 ? [] : [{ heading: "Declared, and not passed", rows }];
}

/** How the claims that were declared were tested. */
export function tests({ claims, effects }: ExperimentAnalysis): readonly Section[] {
  const rows = effects
    .filter((figure) => figure.claims.length > 0)
    .map((figure) => {
      const tested = claims.find((claim) => claim.figure === figure.id)?.test ?? figure.test;
      const { id, pairs, people, clusters, by, byWhy, testWhy, reason, size } = figure;
      return told({
        ...{ figure: id, pairs, people, "counts as one": `${by} (${clusters})`, "why these": byWhy },
        ...{ test: tested, "why this test": reason ?? testWhy },
        ...{ size: size === undefined ? "" : `${size.name} ${digits(size.value)}${sizeRange(size)}` },
      });
    });
  return rows.length === 0 ? [] : [{ heading: "How claims were tested", rows }];
}

const sizeRange = ({ low, high }: { readonly low?: number; readonly high?: number }): string =>
  low === undefined || high === undefined ? "" : ` (${digits(low)} to ${digits(high)})`;

/** Everything that nobody claimed beforehand. */
export function exploratory({ effects }: ExperimentAnalysis): readonly Section[] {
  const rows = effects
    .filter(({ claims }) => claims.length === 0)
    .map((figure) =>
      told({
        ...{ figure: figure.id, contrast: figure.contrast, measured: measured(figure), pairs: figure.pairs },
        difference: marked(differenceOf(figure)),
        "p, uncorrected": marked(chance(figure.p)),
        ...{ test: figure.test ?? figure.reason, repeats: repeatsInWords(figure.stability) },
      }),
    );
  if (rows.length === 0) return [];
  const lines = [
    "Nobody claimed this before looking: with so many figures some differ by chance. It says what is worth declaring next time.",
  ];
  return [{ heading: "Exploratory", lines, rows }];
}

const marked = (figure: string): string => (figure === "" ? "" : `${figure} exploratory`);
