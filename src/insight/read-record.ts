import { type Passage, roomFor } from "../judge/reading/passages.ts";
import { readInParts } from "../judge/reading/read-in-parts.ts";
import type { Context } from "../kernel/contracts/context.ts";
import type { TranscriptEntry } from "../kernel/contracts/events.ts";
import type { Message, Model } from "../kernel/contracts/model.ts";
import { concernsOneAnswer, TinyTroupeError } from "../kernel/values/errors.ts";
import { againMessages, type ExtractTask, extractMessages, mergeMessages } from "./extract-prompt.ts";
import type { Asked } from "./question.ts";
import { readByChoice } from "./small-reader.ts";

export interface Reading {
  readonly subject: string;
  readonly entries: readonly TranscriptEntry[];
  readonly asked: Asked;
  readonly context: Context;
}

/**
 * What a model says of a whole record: in one call where the record fits the model's context, else from each
 * part of it, cut between entries, and put together in a last call. No entry is cut or left out; CONTEXT_EXCEEDED
 * when one alone is too long, or all answers together are. What does not hold against the record is asked once more.
 */
export async function readRecord(reading: Reading): Promise<unknown> {
  const { entries } = reading;
  const chosen = await choiceOfSmall(reading);
  if (chosen !== undefined) return chosen;
  const frame = passageOf(reading, { entries: [], first: 1, part: 1, of: 2 });
  const answers = await readInParts(entries, roomFor(readerOf(reading), frame), (passage) =>
    ask(within(reading, passage), passageOf(reading, passage)),
  );
  const merging = mergeMessages(taskOf(reading), answers);
  if (answers.length > 1) return held(reading, { answer: await ask(reading, merging), messages: merging });
  const messages = passageOf(reading, { entries, first: 1, part: 1, of: 1 });
  return held(reading, { answer: answers[0], messages });
}

interface Answered {
  readonly answer: unknown;
  readonly messages: readonly Message[];
}

/** The answer as it holds against the record, the second time at the latest; MODEL_INVALID where it invents then, too. */
async function held(reading: Reading, { answer, messages }: Answered): Promise<unknown> {
  const { asked, entries } = reading;
  const first = asked.check(answer, entries);
  if (first.wrong.length === 0) return first.result;
  const again = await ask(reading, [...messages, ...againMessages(answer, first.wrong)]).catch((error: unknown) => {
    if (!concernsOneAnswer(error)) throw error;
    return undefined;
  });
  const last = again === undefined ? first : asked.check(again, entries);
  if (last.invented.length === 0) return last.result;
  const model = readerOf(reading).id;
  throw new TinyTroupeError("MODEL_INVALID", `${model} says that something does not apply, and rests it on nothing.`, {
    data: { model, text: JSON.stringify(again ?? answer), issues: last.invented },
    hint: "Ask again, or have a larger model read.",
  });
}

const readerOf = ({ asked, context }: Reading): Model => context.models.named(asked.by);

/** What a small model chose, which has to pass the schema like any answer; undefined when it has to write one after all. */
async function choiceOfSmall({ asked, context, entries, subject }: Reading): Promise<unknown> {
  const model = readerOf({ asked, context, entries, subject });
  if (model.limits.following !== "small") return undefined;
  const { schema, objective, label, signal } = asked;
  const chosen =
    asked.evidence || asked.by !== "judge"
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

async function ask(reading: Reading, messages: readonly Message[]): Promise<unknown> {
  const { subject, asked, context, entries } = reading;
  // Of a person's record, only the person's own words answer for the person; the rest is what they heard.
  const isPerson = entries.some((entry) => entry.kind === "action" && entry.from === subject);
  const heard = entries
    .filter((entry) => entry.kind === "stimulus" || entry.type === "TALK" || entry.type === "THINK")
    .filter((entry) => !isPerson || entry.from === undefined || entry.from === subject)
    .map((entry) => ({ from: entry.from ?? "", text: entry.text }));
  const reply = await readerOf(reading).generate({
    messages,
    schema: asked.schema,
    purpose: "extract",
    scope: context.scope,
    temperature: asked.temperature,
    ...(asked.sample !== undefined && { sample: asked.sample }),
    rehearsal: { heard, others: [...new Set(heard.map((one) => one.from).filter((from) => from !== ""))] },
    ...(asked.label !== undefined && { label: asked.label }),
    ...(asked.signal !== undefined && { signal: asked.signal }),
  });
  return reply.value;
}

const passageOf = (reading: Reading, passage: Passage): readonly Message[] => extractMessages(taskOf(reading), passage);

function taskOf(reading: Reading): ExtractTask {
  const { objective, situation, evidence, mayNotApply } = reading.asked;
  const { following } = readerOf(reading).limits;
  const said = situation === undefined ? {} : { situation };
  return { subject: reading.subject, objective, ...said, evidence, mayNotApply, following };
}
