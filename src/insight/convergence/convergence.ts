import type { Embedder } from "../../kernel/contracts/embedder.ts";
import type { JournalEvent, TranscriptEntry } from "../../kernel/contracts/events.ts";
import { createLexicalEmbedder } from "../../model/embed/lexical.ts";
import { mean } from "../../statistics/moments.ts";
import { type SpeakerOptions, type SpeechTurn, speechTurns } from "../likeness/turns.ts";
import { positionSpread } from "./positions.ts";
import { fewestSteps, type Trend, trendOf } from "./trend.ts";

/** How far apart people are in one step of their world; undefined where fewer than two of them can be compared. */
export interface ConvergenceRow {
  readonly step: number;
  /** Who speaks in it. */
  readonly people: number;
  /** The mean distance between what two people say, from 0 to 2: one minus the cosine of word and letter counts. */
  readonly wording: number | undefined;
  /** The same by the embedder that was given. */
  readonly meaning: number | undefined;
  /** The mean distance between what two people hold on the same topic, from 0 to 2. */
  readonly positions: number | undefined;
}

/** Where one of the distances goes over the steps. */
export interface ConvergenceTrend extends Partial<Trend> {
  readonly measure: "wording" | "meaning" | "positions";
  /** `shrinking` and `growing` at p below 0.05, else `steady`. */
  readonly verdict: "shrinking" | "growing" | "steady" | "not measured";
  readonly reason?: string;
}

/** Whether people draw together over a run. */
export interface Convergence {
  readonly rows: readonly ConvergenceRow[];
  readonly trends: readonly ConvergenceTrend[];
}

/** Options of `measureConvergence`. */
export interface ConvergenceOptions extends SpeakerOptions {
  /** The run's events: positions are read from its stances. */
  readonly events?: readonly JournalEvent[];
  /** Compares what is meant, too. */
  readonly embedder?: Embedder;
}

/**
 * Whether people draw together step by step: the mean distance between what each two of them say, in words, in meaning
 * when an embedder is given, and in the stances that they hold; with the trend over the steps. Real people in ordinary
 * talk share less wording than chance would have it (P. Healey, M. Purver and C. Howes, "Divergence in dialogue", 2014).
 * @example
 * (await measureConvergence([])).rows; // => []
 */
export async function measureConvergence(
  entries: readonly TranscriptEntry[],
  { events = [], embedder, ...speakers }: ConvergenceOptions = {},
): Promise<Convergence> {
  const steps = textsByStep(speechTurns(entries, speakers));
  const positions = positionSpread(events);
  const wording = await distances(steps, createLexicalEmbedder());
  const meaning = embedder === undefined ? undefined : await distances(steps, embedder);
  const rows = [...new Set([...steps.keys(), ...positions.keys()])]
    .toSorted((one, other) => one - other)
    .map((step) => ({
      step,
      people: steps.get(step)?.length ?? 0,
      wording: wording.get(step),
      meaning: meaning?.get(step),
      positions: positions.get(step),
    }));
  const measures = ["wording", ...(embedder === undefined ? [] : (["meaning"] as const)), "positions"] as const;
  return { rows, trends: measures.map((measure) => trendIn(rows, measure)) };
}

/** What each person says in each step, in one text. */
function textsByStep(turns: readonly SpeechTurn[]): ReadonlyMap<number, readonly string[]> {
  const said = new Map<number, Map<string, string>>();
  for (const { step, speaker, text, measured } of turns) {
    if (step === undefined || !measured) continue;
    const texts = said.get(step) ?? new Map<string, string>();
    texts.set(speaker, [texts.get(speaker), text].filter((part) => part !== undefined).join("\n"));
    said.set(step, texts);
  }
  return new Map([...said].map(([step, texts]) => [step, [...texts.values()]]));
}

async function distances(
  steps: ReadonlyMap<number, readonly string[]>,
  embedder: Embedder,
): Promise<ReadonlyMap<number, number>> {
  const several = [...steps].filter(([, texts]) => texts.length > 1);
  const vectors = await embedder.embed(several.flatMap(([, texts]) => texts));
  let at = 0;
  return new Map(
    several.map(([step, texts]) => {
      const own = vectors.slice(at, at + texts.length);
      at += texts.length;
      const apart = own.flatMap((one, index) => own.slice(index + 1).map((other) => 1 - dot(one, other)));
      return [step, mean(apart)];
    }),
  );
}

function dot(one: Float32Array, other: Float32Array): number {
  return one.reduce((sum, value, index) => sum + value * (other[index] ?? 0), 0);
}

function trendIn(rows: readonly ConvergenceRow[], measure: ConvergenceTrend["measure"]): ConvergenceTrend {
  const values = rows.flatMap((row) => row[measure] ?? []);
  if (values.length < fewestSteps) {
    const reason = `Only ${values.length} steps in which two people can be compared; ${fewestSteps} are needed.`;
    return { measure, verdict: "not measured", reason };
  }
  const trend = trendOf(values);
  if (trend === undefined) return { measure, verdict: "steady" };
  return { measure, ...trend, verdict: trend.p >= 0.05 ? "steady" : trend.slope < 0 ? "shrinking" : "growing" };
}
