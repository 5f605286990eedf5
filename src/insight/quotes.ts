import { z } from "zod";
import { stands } from "../judge/asking/evidence.ts";
import type { TranscriptEntry } from "../kernel/contracts/events.ts";
import type { Quote } from "../kernel/contracts/judging/verdict.ts";
import { inapplicableParts, isNotApplicable } from "./not-applicable.ts";

/** What a part of a value rests on. */
export interface Evidence {
  /** The part, by dotted path, as in `ideas.0`; empty for the whole. */
  readonly path: string;
  /** Words that were found in the entry that they are said to be from. */
  readonly quotes: readonly Quote[];
  /** Ids of those entries: `<event>` or `<event>.<index of the action>`. */
  readonly events: readonly string[];
}

/** A value with what it rests on. */
export interface Evidenced<T> {
  readonly value: T;
  readonly evidence: readonly Evidence[];
  /** Parts of the value for which no true quote was given, though they were asked for twice: by dotted path. */
  readonly unfounded: readonly string[];
}

/** The form of an answer with quotes. */
export const withEvidence = (schema: z.ZodType) =>
  z.object({
    value: schema,
    evidence: z.array(
      z.object({
        path: z.string().describe("A part of value by its dotted path, as in ideas.0."),
        entry: z.int().describe("The number of the entry."),
        quote: z.string().describe("Words of that entry, as they stand there."),
      }),
    ),
  });

type Answer = z.infer<ReturnType<typeof withEvidence>>;

/** What was read, and what is wrong with it, in sentences for who is asked once more. */
export interface Checked {
  readonly result: unknown;
  readonly wrong: readonly string[];
  /** What is said not to apply, with words that stand nowhere: it is never taken. */
  readonly invented: readonly string[];
}

/** A value without evidence: only what does not apply has to rest on something. */
export function checkedValue(value: unknown, entries: readonly TranscriptEntry[]): Checked {
  const invented = inapplicableParts(value, entries).flatMap(({ path, text, entry }) =>
    entry === undefined ? [`${path}: it is said not to apply, and “${text}” stands nowhere in the record`] : [],
  );
  return { result: value, wrong: invented, invented };
}

/** A value with evidence: a quote that does not stand in its entry is none, and every part needs one. */
export function checkedEvidence(answer: unknown, entries: readonly TranscriptEntry[]): Checked {
  const { value, evidence } = answer as Answer;
  const { invented } = checkedValue(value, entries);
  const given = evidence.map((one) => ({ ...one, path: pathOf(one.path), from: entries[one.entry - 1] }));
  const [found, untrue] = [
    given.filter(({ from, quote }) => from !== undefined && stands(quote, from)),
    given.filter(({ from, quote }) => from === undefined || !stands(quote, from)),
  ];
  const quotes = [
    ...found.map(({ path, from, quote }) => ({ path, entry: from?.id ?? "", text: quote })),
    ...inapplicableParts(value, entries).flatMap(({ path, text, entry }) =>
      entry === undefined ? [] : [{ path, entry: entry.id, text }],
    ),
  ];
  const unfounded = partsOf(value).filter((part) => !quotes.some(({ path }) => bears(path, part)));
  const result: Evidenced<unknown> = { value, evidence: gathered(quotes), unfounded };
  const wrong = [
    ...invented,
    ...untrue.map(({ path, entry, quote }) => `${path}: “${quote}” does not stand in entry ${entry}`),
    ...unfounded.map((part) => `${part || "the value"}: it has no quote that stands in the record`),
  ];
  return { result, wrong, invented };
}

function gathered(quotes: readonly (Quote & { readonly path: string })[]): readonly Evidence[] {
  const groups = Map.groupBy(quotes, ({ path }) => path);
  return [...groups].map(([path, group]) => ({
    path,
    quotes: group.map(({ entry, text }) => ({ entry, text })),
    events: [...new Set(group.map(({ entry }) => entry))],
  }));
}

/** Paths as models write them: `value.ideas[0]` is `ideas.0`. */
const pathOf = (path: string): string =>
  path.replace(/\[(\d+)\]/g, ".$1").replace(/^\$?\.?value(?=\.|$)\.?|^[$.]+/, "");

/** What is quoted for a list bears each of its items, and what is quoted within a part bears the part. */
const bears = (path: string, part: string): boolean =>
  path === part || path.startsWith(`${part}.`) || (path !== "" && part.startsWith(`${path}.`));

/** The parts of a value that say something: its fields, and the items of those that are lists. */
function partsOf(value: unknown, path = ""): readonly string[] {
  if (saysNothing(value)) return [];
  const under = (key: string | number): string => (path === "" ? String(key) : `${path}.${key}`);
  if (Array.isArray(value)) return value.flatMap((item, place) => (saysNothing(item) ? [] : [under(place)]));
  if (path === "" && typeof value === "object" && value !== null && !isNotApplicable(value)) {
    return Object.entries(value).flatMap(([key, inner]) => partsOf(inner, key));
  }
  return [path];
}

function saysNothing(value: unknown): boolean {
  if (value === null || value === undefined || value === "") return true;
  return Array.isArray(value) && value.length === 0;
}
