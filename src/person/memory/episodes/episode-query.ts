import type { TranscriptEntry } from "../../../kernel/contracts/events.ts";
import { type Named, NameIndex } from "../../../kernel/language/names.ts";
import { TinyTroupeError } from "../../../kernel/values/errors.ts";

/** Which of what happened is wanted; all of it unless told. */
export interface EpisodeQuery {
  /** CONVERSATION, TALK, THINK … */
  readonly kinds?: readonly string[];
  /** Who it came from or went to, by their name or a part of it that means one person only. */
  readonly person?: string;
  /** In simulated time, from this moment … */
  readonly since?: Date | string;
  /** … and before this one. What has no time is in no span. */
  readonly before?: Date | string;
  /** How many of the first; with `last`, those and the last. */
  readonly first?: number;
  readonly last?: number;
}

/** What a query found: each thing once, in order. */
export interface EpisodeSelection {
  readonly entries: readonly TranscriptEntry[];
  /** How many answer the query, shown or not. */
  readonly total: number;
  /** How many of them are not among the entries. */
  readonly omitted: number;
  /** How many entries stand before the gap; absent when nothing was omitted. */
  readonly gapAfter?: number;
}

/**
 * The entries that answer a query. First and last never overlap: what is one of both is there once.
 * Throws OPTION_INVALID for numbers and times that are none, TARGET_UNKNOWN for a name that means several of those in
 * the entries, or nobody where one is called nearly so.
 */
export function selectEpisodes(entries: readonly TranscriptEntry[], query: EpisodeQuery = {}): EpisodeSelection {
  const { first, last } = counts(query);
  const found = entries.filter(answering({ ...query, ...personIn(entries, query) }));
  const total = found.length;
  if (first === undefined && last === undefined) return { entries: found, total, omitted: 0 };
  const gapAfter = Math.min(total, first ?? 0);
  const resumes = Math.max(gapAfter, total - (last ?? 0));
  const omitted = resumes - gapAfter;
  const shown = [...found.slice(0, gapAfter), ...found.slice(resumes)];
  return { entries: shown, total, omitted, ...(omitted > 0 && { gapAfter }) };
}

/** Whom the query means. Of whom nothing is known there is nothing. */
function personIn(entries: readonly TranscriptEntry[], { person }: EpisodeQuery): Pick<EpisodeQuery, "person"> {
  if (person === undefined) return {};
  const known = new Set(entries.flatMap(({ from = "", to }) => [from, ...to]));
  if (known.has(person)) return { person };
  const names = new NameIndex([...known].map((name) => ({ name })));
  const found = names.find(person);
  if (found.length === 1) return { person: (found[0] as Named).name };
  const meant = (found.length > 1 ? found : names.near(person)).map(({ name }) => name);
  if (meant.length === 0) return { person };
  const what = found.length > 1 ? `may be ${meant.join(" or ")}` : "is nobody in this memory";
  throw new TinyTroupeError("TARGET_UNKNOWN", `'${person}' ${what}.`, {
    data: { target: person, known: meant },
    hint: found.length > 1 ? "Give the whole name." : `Did you mean ${meant[0]}?`,
  });
}

function answering({ kinds, person, since, before }: EpisodeQuery): (entry: TranscriptEntry) => boolean {
  const wanted = kinds === undefined ? undefined : new Set(kinds);
  const from = momentOf("since", since);
  const until = momentOf("before", before);
  return ({ type, from: who, to, time }) => {
    if (wanted !== undefined && !wanted.has(type)) return false;
    if (person !== undefined && who !== person && !to.includes(person)) return false;
    if (from === undefined && until === undefined) return true;
    if (time === undefined) return false;
    const at = Date.parse(time);
    return (from === undefined || at >= from) && (until === undefined || at < until);
  };
}

function counts({ first, last }: EpisodeQuery): Pick<EpisodeQuery, "first" | "last"> {
  for (const [option, value] of Object.entries({ first, last })) {
    if (value === undefined || (Number.isInteger(value) && value >= 0)) continue;
    throw invalid(option, value, "a whole number from 0 on");
  }
  return { ...(first !== undefined && { first }), ...(last !== undefined && { last }) };
}

/** A moment of a query in milliseconds. Throws OPTION_INVALID. */
export function momentOf(option: string, moment: Date | string | undefined): number | undefined {
  if (moment === undefined) return undefined;
  const at = new Date(moment).getTime();
  if (Number.isNaN(at)) throw invalid(option, moment, "a Date or a time in ISO 8601");
  return at;
}

function invalid(option: string, value: unknown, wanted: string): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", `The query's ${option} is ${String(value)}.`, {
    data: { option, value: String(value) },
    hint: `Give ${option} as ${wanted}.`,
  });
}
