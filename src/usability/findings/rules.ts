import type { Visit, VisitStep } from "../../kernel/contracts/systems/visit.ts";
import { digest } from "../../kernel/values/hash.ts";
import type { FindingRow, VisitKey } from "../rows.ts";
import { exchangeOf } from "./exchange.ts";
import { answerEntry, endEntry } from "./told.ts";

type Found = Omit<FindingRow, keyof VisitKey | "by">;

/** In characters: so much of what was shown is quoted. */
const longestQuote = 240;
/** So often the same view is a circle. */
const circle = 3;

/** What rules find in a visit, each with the exchange that shows it. */
export function ruledFindings(visit: Visit, success: boolean | null): readonly Found[] {
  return [...endFindings(visit, success), ...stepFindings(visit), ...circles(visit)];
}

function endFindings(visit: Visit, success: boolean | null): readonly Found[] {
  const last = visit.steps.at(-1);
  const said = endEntry(visit);
  const own = { ...exchangeOf(visit, last, said?.text), quote: quoted(said?.text ?? ""), entry: said?.id ?? "" };
  if (visit.end === "gave up") {
    if (success === true) {
      return [{ kind: "unnoticed success", severity: 3, what: "They had it, and did not notice.", ...own }];
    }
    return [{ kind: "gave up", severity: 4, what: "They left without what they came for.", ...own }];
  }
  if (visit.end === "reached" && success === false) {
    return [{ kind: "false success", severity: 4, what: "They believe that they have it, and do not.", ...own }];
  }
  if (visit.end === "reached" || success === true) return [];
  return [{ ...unfinished(visit), severity: 3, ...answered(visit, last) }];
}

function unfinished({ end, steps }: Visit): Pick<Found, "kind" | "what"> {
  if (end === "over") return { kind: "broke off", what: "It ended before they had what they came for." };
  if (end === "idle") return { kind: "broke off", what: "They did nothing more with it." };
  return { kind: "out of steps", what: `It did not end well within ${steps.length} steps.` };
}

function stepFindings(visit: Visit): readonly Found[] {
  return visit.steps.flatMap((step): Found[] => {
    const { failed } = step.shown;
    if (failed === undefined) return [];
    const exchange = answered(visit, step);
    if (/^(?:NOT_FOUND|AMBIGUOUS|NOT_POSSIBLE)$/.test(failed)) {
      return [{ kind: "not found", severity: 2, what: "They tried something that is not there.", ...exchange }];
    }
    return [{ kind: "system error", severity: 4, what: `It failed (${failed}).`, ...exchange }];
  });
}

/** Views that came back again and again, each once. */
function circles(visit: Visit): readonly Found[] {
  const seen = new Map<string, VisitStep[]>();
  for (const step of visit.steps) {
    const key = digest(`${step.shown.url}\n${step.shown.text}`);
    seen.set(key, [...(seen.get(key) ?? []), step]);
  }
  return [...seen.values()].flatMap((steps) => {
    const last = steps.at(-1);
    if (steps.length < circle || last === undefined) return [];
    const what = `The same came back ${steps.length} times.`;
    return [{ kind: "going in circles" as const, severity: 2, what, ...answered(visit, last) }];
  });
}

/** A step's exchange, which rests on what the system showed. */
function answered(
  visit: Visit,
  step: VisitStep | undefined,
): Pick<Found, "did" | "showed" | "said" | "quote" | "entry"> {
  const quote = quoted((step?.shown ?? visit.first).text);
  return { ...exchangeOf(visit, step), quote, entry: answerEntry(visit, step)?.id ?? "" };
}

const quoted = (text: string): string => text.slice(0, longestQuote).toWellFormed();
