import { z } from "zod";
import type { Context } from "../kernel/contracts/context.ts";
import type { TranscriptEntry } from "../kernel/contracts/events.ts";
import type { Message } from "../kernel/contracts/model.ts";

/** What a small model is asked to find. */
export interface SmallQuestion {
  readonly schema: z.ZodType;
  readonly objective: string;
  readonly entries: readonly TranscriptEntry[];
  readonly context: Context;
  readonly label?: string;
  readonly signal?: AbortSignal;
}

type Options = readonly string[];
/** From a field's place in the answer to what may stand there, given what was said. */
type Field = { readonly name: string; readonly about: string; options(said: Said): Options };
interface Said {
  readonly from: string;
  readonly sentences: Options;
}

const asksWho = /^(who|person|speaker|author|name|proposed_?by|said_?by)$/i;
/** More than these are not told apart by a model of this size. */
const mostSentences = 6;

/**
 * The answer of a model that is too small to write one: it only chooses, for each field, among the sentences that were
 * said, or among the field's own options. So whatever it gets wrong, every text is a quotation and every row has its
 * speaker. Undefined when the model cannot choose or the answer has other parts than texts and options.
 */
export async function readByChoice(question: SmallQuestion): Promise<unknown> {
  const { judge } = question.context.models;
  const form = formOf(question.schema);
  const talks = question.entries.filter((entry) => entry.type === "TALK" && entry.from !== undefined);
  if (judge.choose === undefined || form === undefined || talks.length === 0) return undefined;
  const said = talks.map((entry) => ({ from: entry.from ?? "", sentences: sentencesOf(entry.text) }));
  if (form.list === undefined) return row(question, { fields: form.fields, said: together(said) });
  const rows = await Promise.all(said.map((one) => row(question, { fields: form.fields, said: one })));
  return { [form.list]: rows };
}

/**
 * For each field the option that its question makes likelier than no question does; without that comparison the
 * shortest always wins (pointwise mutual information: Holtzman et al. 2021, "Surface form competition").
 */
async function row(
  { context, objective, label, signal }: SmallQuestion,
  { fields, said }: { readonly fields: readonly Field[]; readonly said: Said },
): Promise<Record<string, string>> {
  const chances = async (wanted: string, options: Options): Promise<readonly number[]> => {
    const messages = choiceMessages(said, wanted);
    const named = label === undefined ? {} : { label };
    const request = { messages, options, scope: context.scope, ...named, ...(signal && { signal }) };
    return (await context.models.judge.choose?.(request))?.probabilities ?? [];
  };
  const found: Record<string, string> = {};
  const before = new Map<string, readonly number[]>();
  for (const { name, about, options: optionsOf } of fields) {
    const options = optionsOf(said);
    if (options.length < 2) {
      found[name] = options[0] ?? "";
      continue;
    }
    const unasked = before.get(options.join("\n")) ?? (await chances("Say something of it.", options));
    before.set(options.join("\n"), unasked);
    const asked = await chances(`${objective} Which words tell this: ${about}?`, options);
    const gains = options.map((_, place) => logOf(asked[place]) - logOf(unasked[place]));
    found[name] = options[gains.indexOf(Math.max(...gains))] ?? "";
  }
  return found;
}

const logOf = (probability: number | undefined): number => Math.log(probability || Number.MIN_VALUE);

/** What a small model reads before it chooses. */
export function choiceMessages(said: Said, wanted: string): readonly Message[] {
  const words = said.sentences.join(" ");
  return [
    { role: "system", content: "Answer with words of the text, and nothing else." },
    { role: "user", content: `${said.from} says: “${words}”\n\n${wanted}` },
  ];
}

function formOf(schema: z.ZodType): { readonly list?: string; readonly fields: readonly Field[] } | undefined {
  if (!(schema instanceof z.ZodObject)) return undefined;
  const shape = Object.entries(schema.shape as Record<string, z.ZodType>);
  const [only] = shape;
  if (shape.length === 1 && only?.[1] instanceof z.ZodArray && only[1].element instanceof z.ZodObject) {
    const inner = formOf(only[1].element);
    return inner?.list === undefined && inner !== undefined ? { list: only[0], fields: inner.fields } : undefined;
  }
  const fields = shape.map(([name, field]) => fieldOf(name, field));
  return fields.every((field) => field !== undefined) ? { fields } : undefined;
}

function fieldOf(name: string, schema: z.ZodType): Field | undefined {
  const about = schema.description ?? name;
  const inner = schema instanceof z.ZodNullable || schema instanceof z.ZodOptional ? schema.unwrap() : schema;
  if (inner instanceof z.ZodEnum) return { name, about, options: () => inner.options.map(String) };
  if (!(inner instanceof z.ZodString)) return undefined;
  return { name, about, options: ({ from, sentences }) => (asksWho.test(name) ? [from] : sentences) };
}

function together(said: readonly Said[]): Said {
  const from = [...new Set(said.map((one) => one.from))].join(" and ");
  return { from, sentences: said.flatMap((one) => one.sentences).slice(0, mostSentences) };
}

function sentencesOf(text: string): Options {
  const found = [...new Intl.Segmenter(undefined, { granularity: "sentence" }).segment(text)]
    .map(({ segment }) => segment.trim())
    .filter((sentence) => sentence !== "");
  return [...new Set(found)].slice(0, mostSentences);
}
