import { sentences } from "../../../../kernel/language/stems.ts";
import type { FieldShape, ObjectBody } from "../../shape/shape.ts";
import { core } from "../../shape/shape.ts";
import type { Said } from "./findings.ts";

/** Where a part of the answer ended up, with the events that it rests on and, where it has words of its own, these. */
export interface Trail {
  readonly path: string;
  readonly evidence: readonly string[];
  readonly words?: string | undefined;
}

/** An event's id as it is named: entries of a record go by numbers. */
export const numbered = (id: string): string | number => (/^\d+$/.test(id) ? Number(id) : id);

/** For each part of the answer that rests on something: its path, and the events or, where they are asked for, words of one. */
export function evidenceRows(body: ObjectBody, said: Said, trail: readonly Trail[]): unknown[] {
  return trail
    .filter(({ evidence }) => evidence.length > 0)
    .map((row) => Object.fromEntries(body.fields.map((field) => [field.name, partOf(field, row, said)])));
}

function partOf({ name, shape }: FieldShape, { path, evidence, words }: Trail, said: Said): unknown {
  const { kind } = core(shape).body;
  if (kind === "list") return evidence.map(numbered);
  if (kind === "number") return numbered(evidence[0] ?? "");
  return name === "quote" ? (words ?? firstWords(said, evidence[0])) : path.replace(/^value\.?/, "");
}

function firstWords({ events }: Said, id: string | undefined): string {
  const text = events.find((event) => event.id === id)?.text ?? "";
  return sentences(text)[0] ?? text;
}

/** The event in which a text stands as it is. */
export const eventWith = ({ events }: Said, text: string): string | undefined =>
  events.find((event) => text !== "" && event.text.includes(text))?.id;

const cue = /\b(?:does not|doesn['’]t|do not|don['’]t) apply\b|\bnot applicable\b/iu;

/** The sentence by which somebody says that something does not concern them. */
export function exempting({ lines }: Said, speaker: string | undefined): string | undefined {
  const spoken = lines.filter(({ from }) => speaker === undefined || from === speaker);
  return spoken.flatMap(({ text }) => sentences(text)).find((sentence) => cue.test(sentence));
}
