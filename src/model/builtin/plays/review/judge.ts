import type { Message } from "../../../../kernel/contracts/model.ts";
import type { Random } from "../../../../kernel/values/random.ts";
import { transcriptLines } from "../../character/conversation.ts";
import type { Reader } from "../../reading.ts";
import type { Shape } from "../../shape/shape.ts";
import { core } from "../../shape/shape.ts";

/** How rarely this judge, who cannot read, finds fault: so that a rehearsal meets repairs, and not too many. */
const faulty = 0.03;
const quotedWords = 8;

interface Reading {
  readonly messages: readonly Message[];
  readonly reader: Reader;
  readonly dice: Random;
}

/** A verdict on each claim of the answer, with a quote of what is judged: the draft, or else the record. */
export function judgeDraft(shape: Shape, { messages, reader, dice }: Reading): unknown {
  const { body } = core(shape);
  if (body.kind !== "object") return undefined;
  const lines = transcriptLines(reader.text(messages.at(-1) ?? { role: "user", content: "" }));
  return Object.fromEntries(body.fields.map(({ name }) => [name, verdict(lines, dice)]));
}

function verdict(lines: ReturnType<typeof transcriptLines>, dice: Random): unknown {
  const known = lines.filter((line) => line.id !== undefined);
  if (known.length === 0) return { why: "Nothing here bears on it.", evidence: [], score: null, holds: null };
  const { id, text } = dice.pick(known);
  const isFaulty = dice.next() < faulty;
  return {
    why: isFaulty ? "This does not go with the rest." : "This goes with all that there is.",
    evidence: [{ entry: Number(id), quote: text.split(" ").slice(0, quotedWords).join(" ") }],
    score: isFaulty ? 2 + dice.integer(4) : 7 + dice.integer(3),
    holds: !isFaulty,
    confidence: Math.round(60 + 35 * dice.next()) / 100,
  };
}
