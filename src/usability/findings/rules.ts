import type { TranscriptEntry } from "../../kernel/contracts/events.ts";
import type { Visit, VisitStep } from "../../kernel/contracts/systems/visit.ts";
import { digest } from "../../kernel/values/hash.ts";
import type { FindingRow, VisitKey } from "../rows.ts";
import { answerEntry, endEntry, moveText } from "./told.ts";

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
  const shown = quoted(answerEntry(visit, last));
  const did = last === undefined ? "" : moveText(last.move);
  const own = { ...quoted(said), did };
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
  const what = `It did not end well within ${visit.steps.length} steps.`;
  return [{ kind: "out of steps", severity: 3, what, ...shown, did }];
}

function stepFindings(visit: Visit): readonly Found[] {
  return visit.steps.flatMap((step): Found[] => {
    const { failed } = step.shown;
    if (failed === undefined) return [];
    const exchange = { ...quoted(answerEntry(visit, step), step.shown.text), did: moveText(step.move) };
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
    const exchange = { ...quoted(answerEntry(visit, last), last.shown.text), did: moveText(last.move) };
    return [{ kind: "going in circles" as const, severity: 2, what, ...exchange }];
  });
}

/** Where an entry says it, and its words. */
function quoted(entry: TranscriptEntry | undefined, words?: string): Pick<Found, "quote" | "entry"> {
  const text = words ?? entry?.text ?? "";
  return { quote: text.slice(0, longestQuote).toWellFormed(), entry: entry?.id ?? "" };
}
