import { type AdTest, positionLine, type RunProvenance } from "../../../index.ts";
import { reply } from "../../reply.ts";
import type { Session } from "../../session.ts";
import { table } from "../../terminal/table.ts";
import { harmless } from "../../terminal/text.ts";

/** Shows a test of adverts: who chose what, how sure that is, what is left of it, and why. */
export function showTest(session: Session, test: AdTest, provenance: RunProvenance): void {
  const { outcome, choices, failures, question } = test;
  if (failures.length > 0) session.exitCode = 1;
  if (session.json) {
    reply(session, { simulated: true, provenance, ...test });
    return;
  }
  const { out, outStyle: style } = session;
  const look = { width: out.width, style };
  out.say(`${choices.length} people · ${outcome.ads.length} adverts · simulated`, style.dim);
  out.say(harmless(question), style.dim);
  const rows = outcome.ads.map(({ ad, n, chosen, share, low, high, appeal, recalled }) => ({
    ...{ ad, chosen, share: percent(share), "95 %": `${percent(low)} to ${percent(high)}` },
    ...{ appeal: appeal.toFixed(1), recalled: `${recalled} of ${n}` },
  }));
  out.print("", ...table(rows, look));
  out.print("");
  out.say(harmless(outcome.verdict), style.bold);
  out.say(positionLine(test), style.dim);
  if (test.described) out.say(harmless(`Told in words, not shown: ${test.described.join(", ")}.`), style.warn);
  if (outcome.segments.length > 0) {
    const lines = outcome.segments.map(({ path, value, ad, n, chosen, low, high }) => ({
      ...{ by: path, value, ad, chosen: `${chosen} of ${n}`, "95 %": `${percent(low)} to ${percent(high)}` },
    }));
    out.print("", ...table(lines, look));
  }
  const reasons = choices.slice(0, 6).map(({ person, choice, why }) => ({ person, choice: choice ?? "none", why }));
  out.print("", ...table(reasons, look));
  for (const { person, error } of failures) {
    out.say(`${harmless(person)} has no answer: ${harmless(error.message)}`, style.warn);
  }
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
