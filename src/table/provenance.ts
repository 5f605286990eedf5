import { withoutControls } from "../kernel/text/controls.ts";
import type { RunId } from "../kernel/values/ids.ts";

/** Where rows and documents come from: what every file says that leaves a run. */
export interface RunProvenance {
  readonly simulated: true;
  readonly run: RunId;
  /** The name that the study gave its run. */
  readonly name: string;
  readonly seed: string;
  /** Who answered, the actor first. */
  readonly models: readonly string[];
  /** When the run was first opened, ISO 8601. */
  readonly date: string;
  /** What answered was no language model, at least in part: a rehearsal, and no insight. */
  readonly heuristic?: true;
  /** Of this package. */
  readonly version: string;
}

/** The sentence that stands where nothing is known but this. */
const simulatedNotice = "Simulated: no real people took part.";

/**
 * A provenance as a line for people.
 * @example
 * provenanceLine(await simulation.provenance()).slice(0, 36); // => "Simulated: no real people took part."
 */
export function provenanceLine(provenance: RunProvenance | undefined, notice = simulatedNotice): string {
  if (provenance === undefined) return notice;
  const { run, seed, models, date, heuristic, version } = provenance;
  const rehearsed = heuristic ? " A rehearsal without a language model." : "";
  const who = `${models.length === 1 ? "model" : "models"} ${models.join(", ")}`;
  const parts = [`Run ${run}`, `seed ${seed}`, who, date.slice(0, 10), `tinytroupe ${version}`];
  return `${notice}${rehearsed} ${plainLine(parts.join(", "))}.`;
}

/** A provenance as names and texts, in the order in which they are shown. */
export function provenanceFacts(provenance: RunProvenance): readonly (readonly [name: string, text: string])[] {
  return Object.entries(provenance).map(([name, value]) => [
    name,
    plainLine(Array.isArray(value) ? value.join(", ") : String(value)),
  ]);
}

/** Names of runs and seeds are somebody's text. */
function plainLine(text: string): string {
  return withoutControls(text).replace(/\s+/g, " ");
}
