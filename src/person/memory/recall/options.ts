import { invalidOption } from "../../invalid-option.ts";
import type { RecallWeights } from "./score.ts";

/** What comes to mind by itself in a turn. What is left out takes the default. */
export interface RecallOptions {
  /** Exponents of the three parts of a note's score; a larger one counts for more, 0 for nothing. Relevance 1, recency and importance 0.25. */
  readonly weights?: Partial<RecallWeights>;
  /** After how long a note counts half as recent: days of simulated time (7), or events of the person's life where there is no calendar (200). */
  readonly halfLife?: { readonly days?: number; readonly events?: number };
  /** Most notes in a turn; 3 unless told, 0 for none. */
  readonly notes?: number;
  /** Most tokens (estimated) that they take in the prompt; 150 unless told. */
  readonly tokens?: number;
}

export interface RecallSettings {
  readonly weights: RecallWeights;
  readonly halfLife: { readonly days: number; readonly events: number };
  readonly notes: number;
  readonly tokens: number;
}

/** What people have who were told nothing else: one object for all of them. */
const usual: RecallSettings = {
  weights: { relevance: 1, recency: 0.25, importance: 0.25 },
  halfLife: { days: 7, events: 200 },
  notes: 3,
  tokens: 150,
};

/** Options with their defaults; numbers out of range are refused with `OPTION_INVALID`. */
export function recallSettings(options?: RecallOptions): RecallSettings {
  if (options === undefined) return usual;
  const { weights = {}, halfLife = {}, notes = usual.notes, tokens = usual.tokens } = options;
  const { relevance = 1, recency = 0.25, importance = 0.25 } = weights;
  const { days = 7, events = 200 } = halfLife;
  const settings = { weights: { relevance, recency, importance }, halfLife: { days, events }, notes, tokens };
  for (const [name, weight] of Object.entries(settings.weights)) mustHold(weight >= 0, `weights.${name}`, weight);
  for (const [name, span] of Object.entries(settings.halfLife)) mustHold(span > 0, `halfLife.${name}`, span);
  mustHold(Number.isInteger(notes) && notes >= 0, "notes", notes);
  mustHold(tokens >= 0, "tokens", tokens);
  return settings;
}

function mustHold(holds: boolean, name: string, value: number): void {
  if (holds && Number.isFinite(value)) return;
  const kind = name === "notes" ? "whole number" : "number";
  const range = name.startsWith("halfLife") ? "above 0" : "from 0 on";
  throw invalidOption(`memory.recall.${name}`, value, `a ${kind} ${range}`);
}
