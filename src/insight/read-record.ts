import type { Context } from "../kernel/contracts/context.ts";
import type { TranscriptEntry } from "../kernel/contracts/events.ts";
import type { Message, Model } from "../kernel/contracts/model.ts";
import { isTinyTroupeError } from "../kernel/values/errors.ts";
import { transcriptLine } from "../kernel/values/transcript.ts";
import { mostTokens } from "../model/flow/money/estimate.ts";
import { type ExtractTask, extractMessages, mergeMessages, type Passage } from "./extract-prompt.ts";
import type { Asked } from "./question.ts";
import { readByChoice } from "./small-reader.ts";

export interface Reading {
  readonly subject: string;
  readonly entries: readonly TranscriptEntry[];
  readonly asked: Asked;
  readonly context: Context;
}

/** An entry's number and the line that tells the time. */
const tokensAround = 24;
/** Of the most tokens that a text can come to, it rarely takes more than this share. */
const usualShare = 0.7;
/** Kept free for the answer and the schema: a quarter of the context, and no more than this. */
const mostKeptFree = 8_000;

/**
 * The model's answer about a whole record: in one call where the record fits the model's context, else from each
 * part of it, cut between entries, and put together in a last call. No entry is cut or left out; CONTEXT_EXCEEDED
 * when one alone is too long, or all answers together are.
 */
export async function readRecord(reading: Reading): Promise<unknown> {
  const { entries, context } = reading;
  const chosen = await choiceOfSmall(reading);
  if (chosen !== undefined) return chosen;
  const budget = roomForRecord(reading, context.models.judge);
  const answers = await readParts(reading, partsOf(entries, budget));
  return answers.length === 1 ? answers[0] : ask(reading, mergeMessages(taskOf(reading), answers));
}

/** What a small model chose, which has to pass the schema like any answer; undefined when it has to write one after all. */
async function choiceOfSmall({ asked, context, entries, subject }: Reading): Promise<unknown> {
  const model = context.models.judge;
  if (model.limits.following !== "small") return undefined;
  const { schema, objective, signal } = asked;
  const chosen = asked.evidence
    ? undefined
    : await readByChoice({ schema, objective, entries, context, ...(signal !== undefined && { signal }) });
  if (chosen !== undefined) return schema.parse(chosen);
  const message = `${model.id} is too small to be trusted with this extraction from ${subject}: check it against the transcript, or name a larger model as judge.`;
  context.watch({ type: "warning", message });
  return undefined;
}

async function readParts(
  reading: Reading,
  parts: readonly (readonly TranscriptEntry[])[],
): Promise<readonly unknown[]> {
  const asked = passages(parts).map((passage) => ask(within(reading, passage), passageOf(reading, passage)));
  const answers = await Promise.allSettled(asked);
  const failure = answers.find((answer) => answer.status === "rejected");
  if (failure === undefined) return answers.flatMap((answer) => (answer.status === "fulfilled" ? [answer.value] : []));
  // The estimate was too low for this model: cut finer.
  const finer = parts.flatMap(halved);
  if (!isTinyTroupeError(failure.reason, "CONTEXT_EXCEEDED") || finer.length === parts.length) throw failure.reason;
  return readParts(reading, finer);
}

/**
 * Parts are read at once, each in a scope of its own: of one that was refused it is known then that nothing came after
 * it, and it is asked anew when the run is.
 */
function within(reading: Reading, { part, of }: Passage): Reading {
  return of === 1 ? reading : { ...reading, context: reading.context.fork(`part:${part}`) };
}

async function ask({ subject, asked, context, entries }: Reading, messages: readonly Message[]): Promise<unknown> {
  // Of a person's record, only the person's own words answer for the person; the rest is what they heard.
  const isPerson = entries.some((entry) => entry.kind === "action" && entry.from === subject);
  const heard = entries
    .filter((entry) => entry.kind === "stimulus" || entry.type === "TALK" || entry.type === "THINK")
    .filter((entry) => !isPerson || entry.from === undefined || entry.from === subject)
    .map((entry) => ({ from: entry.from ?? "", text: entry.text }));
  const reply = await context.models.judge.generate({
    messages,
    schema: asked.schema,
    purpose: "extract",
    scope: context.scope,
    temperature: 0,
    rehearsal: { heard, others: [...new Set(heard.map((one) => one.from).filter((from) => from !== ""))] },
    ...(asked.signal !== undefined && { signal: asked.signal }),
  });
  return reply.value;
}

function roomForRecord(reading: Reading, model: Model): number {
  const { contextTokens } = model.limits;
  const frame = passageOf(reading, { entries: [], first: 1, part: 1, of: 2 });
  const framed = frame.reduce((sum, message) => sum + tokensOf(String(message.content)), 0);
  return contextTokens - Math.min(mostKeptFree, contextTokens / 4) - framed;
}

/** Neighbouring entries together as long as they fit; an entry too long for any part stands alone. */
function partsOf(entries: readonly TranscriptEntry[], budget: number): readonly (readonly TranscriptEntry[])[] {
  const parts: TranscriptEntry[][] = [[]];
  let used = 0;
  for (const entry of entries) {
    const tokens = tokensOf(transcriptLine(entry)) + tokensAround;
    const current = parts.at(-1) as TranscriptEntry[];
    if (current.length > 0 && used + tokens > budget) {
      parts.push([entry]);
      used = tokens;
    } else {
      current.push(entry);
      used += tokens;
    }
  }
  return parts;
}

function halved(part: readonly TranscriptEntry[]): readonly (readonly TranscriptEntry[])[] {
  const middle = Math.ceil(part.length / 2);
  return part.length < 2 ? [part] : [part.slice(0, middle), part.slice(middle)];
}

function passages(parts: readonly (readonly TranscriptEntry[])[]): readonly Passage[] {
  let first = 1;
  return parts.map((entries, place) => {
    const passage = { entries, first, part: place + 1, of: parts.length };
    first += entries.length;
    return passage;
  });
}

const passageOf = (reading: Reading, passage: Passage): readonly Message[] => extractMessages(taskOf(reading), passage);

function taskOf({ subject, asked, context }: Reading): ExtractTask {
  const { objective, situation, evidence } = asked;
  const { following } = context.models.judge.limits;
  return { subject, objective, ...(situation !== undefined && { situation }), evidence, following };
}

const tokensOf = (text: string): number => Math.ceil(mostTokens(text) * usualShare);
