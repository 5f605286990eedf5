import { type Passage, roomFor } from "../judge/reading/passages.ts";
import { readInParts } from "../judge/reading/read-in-parts.ts";
import type { Context } from "../kernel/contracts/context.ts";
import type { TranscriptEntry } from "../kernel/contracts/events.ts";
import type { Message } from "../kernel/contracts/model.ts";
import { type ExtractTask, extractMessages, mergeMessages } from "./extract-prompt.ts";
import type { Asked } from "./question.ts";
import { readByChoice } from "./small-reader.ts";

export interface Reading {
  readonly subject: string;
  readonly entries: readonly TranscriptEntry[];
  readonly asked: Asked;
  readonly context: Context;
}

/**
 * The model's answer about a whole record: in one call where the record fits the model's context, else from each
 * part of it, cut between entries, and put together in a last call. No entry is cut or left out; CONTEXT_EXCEEDED
 * when one alone is too long, or all answers together are.
 */
export async function readRecord(reading: Reading): Promise<unknown> {
  const { entries, context } = reading;
  const chosen = await choiceOfSmall(reading);
  if (chosen !== undefined) return chosen;
  const frame = passageOf(reading, { entries: [], first: 1, part: 1, of: 2 });
  const answers = await readInParts(entries, roomFor(context.models.judge, frame), (passage) =>
    ask(within(reading, passage), passageOf(reading, passage)),
  );
  return answers.length === 1 ? answers[0] : ask(reading, mergeMessages(taskOf(reading), answers));
}

/** What a small model chose, which has to pass the schema like any answer; undefined when it has to write one after all. */
async function choiceOfSmall({ asked, context, entries, subject }: Reading): Promise<unknown> {
  const model = context.models.judge;
  if (model.limits.following !== "small") return undefined;
  const { schema, objective, label, signal } = asked;
  const chosen = asked.evidence
    ? undefined
    : await readByChoice({
        schema,
        objective,
        entries,
        context,
        ...(label !== undefined && { label }),
        ...(signal !== undefined && { signal }),
      });
  if (chosen !== undefined) return schema.parse(chosen);
  const message = `${model.id} is too small to be trusted with this extraction from ${subject}: check it against the transcript, or name a larger model as judge.`;
  context.watch({ type: "warning", message });
  return undefined;
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
    ...(asked.label !== undefined && { label: asked.label }),
    ...(asked.signal !== undefined && { signal: asked.signal }),
  });
  return reply.value;
}

const passageOf = (reading: Reading, passage: Passage): readonly Message[] => extractMessages(taskOf(reading), passage);

function taskOf({ subject, asked, context }: Reading): ExtractTask {
  const { objective, situation, evidence } = asked;
  const { following } = context.models.judge.limits;
  return { subject, objective, ...(situation !== undefined && { situation }), evidence, following };
}
