import type { AnswerComparison, CheckedClaim, ComparisonFigure } from "../../../../index.ts";
import type { Session } from "../../../session.ts";
import { table } from "../../../terminal/table.ts";
import { harmless } from "../../../terminal/text.ts";

/** Shows a comparison: claims first, then each item with the parts of its score, and what to beware of. */
export function showComparison(session: Session, comparison: AnswerComparison): void {
  const { out, outStyle: style } = session;
  const { human, simulated, linked, linkage, claims, warnings, figures } = comparison;
  const look = { width: out.width, style };
  const twins = linked === 0 ? "" : ` · ${linked} linked`;
  out.say(
    harmless(`${human.people} people (${human.source}) · ${simulated.people} simulated (${simulated.source})${twins}`),
    style.dim,
  );
  if (simulated.rehearsed)
    out.say("The simulated answers are a rehearsal without a language model: no insight.", style.warn);
  if (linkage === "counts")
    out.say(
      "Nobody is taken for a twin, as the ids only count rows: twins: true in the description links them.",
      style.dim,
    );
  if (claims !== undefined) showClaims(session, claims);
  out.print(
    "",
    ...table(
      Object.keys(comparison.items).map((item) => itemLine(item, figures)),
      look,
    ),
    "",
  );
  out.say("People, simulated: mean ± standard deviation. Order: of the options, from -1 to 1.", style.dim);
  out.say(
    "Shapes apart: whole distributions, on a scale in its points, else as a share. Means, of which claims on `mean` are, can be nearer.",
    style.dim,
  );
  out.say("Score: 1 as near as another sample of the people, 0 as answers that know nobody.", style.dim);
  for (const { item, reason, measure, attribute } of figures)
    if (measure === "score" && attribute === undefined && item !== undefined && reason !== undefined)
      out.say(harmless(`No score of ${item}: ${reason}.`), style.dim);
  for (const { name, item, words } of warnings)
    out.say(harmless(`${name}${item === undefined ? "" : ` (${item})`}: ${words}`), style.warn);
  for (const side of [human, simulated]) showRemarks(session, side);
  if (claims === undefined) out.say("Nothing was claimed beforehand: all of this is exploratory.", style.dim);
}

function showClaims({ out, outStyle: style }: Session, claims: NonNullable<AnswerComparison["claims"]>): void {
  const { rows, multiplicity, digest } = claims;
  out.print("", style.bold("Claimed beforehand"), ...table(rows.map(claimLine), { width: out.width, style }));
  if (multiplicity !== "none")
    out.say(
      `Corrected p: for being one of several claims (${multiplicity}); reports have the raw p beside it.`,
      style.dim,
    );
  out.say(`SHA-256 of the claims: ${digest}`, style.dim);
}

/** Which answers of a side do not count, and what may be a mistake. */
function showRemarks({ out, outStyle: style }: Session, side: AnswerComparison["human"]): void {
  if (side.excluded.length > 0)
    out.say(
      harmless(`${side.excluded.length} answers of ${side.source} are outside of their scale, and left out.`),
      style.warn,
    );
  for (const remark of side.remarks) out.say(harmless(`${side.source}: ${remark}`), style.warn);
}

function claimLine({ claim, status, bound, value, low, high, corrected, reason }: CheckedClaim) {
  return {
    ...{ claim, status, bound },
    found: value === undefined ? (reason ?? "") : `${rounded(value)}${range(low, high)}`,
    "corrected p": corrected === undefined ? "" : corrected.toFixed(3),
  };
}

/** One line an item: what of it can be measured. */
function itemLine(item: string, all: readonly ComparisonFigure[]) {
  const of = (measure: string) =>
    all.find((row) => row.item === item && row.measure === measure && row.attribute === undefined);
  const [mean, sd, score, order] = ["mean", "sd", "score", "order"].map(of);
  const apart = headlines.map(of).find((row) => row !== undefined);
  const both = (side: "human" | "simulated"): string =>
    mean?.[side] === undefined ? "" : `${rounded(mean[side])} ± ${rounded(sd?.[side])}`;
  return {
    item,
    n: score === undefined ? "" : score.n === score.simulatedN ? `${score.n}` : `${score.n}/${score.simulatedN}`,
    people: both("human"),
    simulated: both("simulated"),
    "shapes apart": rounded(apart?.value),
    order: rounded(order?.value),
    score: score?.value === undefined ? "none" : `${rounded(score.value)}${range(score.low, score.high)}`,
  };
}

const headlines = ["earth-movers", "total-variation", "energy-distance"];

const rounded = (value: number | undefined): string =>
  value === undefined ? "" : (Math.abs(value) < 0.005 ? 0 : value).toFixed(2);
const range = (low: number | undefined, high: number | undefined): string =>
  low === undefined || high === undefined ? "" : ` (${rounded(low)} to ${rounded(high)})`;
