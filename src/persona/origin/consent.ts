import { TinyTroupeError } from "../../kernel/values/errors.ts";
import type { Origin } from "./origin.ts";

/**
 * Refuses people who were made from real ones who did not agree, or whose consent has ended: a day counts to its end, in
 * UTC. Who was drawn or simulated needs none. Throws CONSENT_MISSING.
 * @param person by what name the error knows them
 * @example
 * checkConsent({ kind: "interview", source: "pilot", consent: { given: true, scope: "simulation" } }, "Ana");
 */
export function checkConsent({ kind, consent }: Origin, person: string, at = new Date()): void {
  if (consent === undefined && (kind === "drawn" || kind === "simulated")) return;
  if (consent?.given !== true) throw missing(person, "not given");
  const { until } = consent;
  if (until === undefined) return;
  const end = /T/.test(until) ? Date.parse(until) : Date.parse(`${until}T23:59:59.999Z`);
  if (end < at.getTime()) throw missing(person, "ended", until);
}

function missing(person: string, reason: "not given" | "ended", until?: string): TinyTroupeError<"CONSENT_MISSING"> {
  const what = reason === "ended" ? `ended on ${until}` : "was not given";
  return new TinyTroupeError("CONSENT_MISSING", `The consent of whom ${person} was made from ${what}.`, {
    data: { person, reason, ...(until !== undefined && { until }) },
    hint: "Ask the person, and write what they agreed to under `origin.consent`; else delete the persona.",
  });
}
