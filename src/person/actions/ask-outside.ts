import { keepCall } from "../../document/web/kept-call.ts";
import type { Action, Outcome } from "../../kernel/contracts/person.ts";
import { digestJson } from "../../kernel/values/hash.ts";
import type { Mind } from "../turn/mind.ts";

/**
 * What somebody outside of the run answered to this question when it was asked in this place first; else it is asked
 * now, and kept.
 */
export async function askOutside(mind: Mind, action: Action, ask: () => Promise<Outcome>): Promise<Outcome> {
  const { context } = mind;
  const key = digestJson({ outside: action.type, args: action.args });
  const scope = `${context.scope}/outside:${key.slice(0, 16)}`;
  const occurrence = mind.timesBefore(scope);
  const { calls } = context.journal;
  const known = await calls.find(scope, key, occurrence);
  if (known !== undefined) return known.value as Outcome;
  if (context.simulating === true) return { text: "Nobody was asked, as this is a rehearsal." };
  const started = performance.now();
  const outcome = await ask();
  await keepCall(
    calls,
    { scope, key, occurrence, by: action.type },
    { value: outcome, durationMs: performance.now() - started },
  );
  return outcome;
}
