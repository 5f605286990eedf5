import { createHash } from "node:crypto";
import type { FakeRequest } from "./dialect.ts";
import { fill } from "./fill.ts";

/**
 * What a model that plays people would say to a request, made from the words of the request alone: the same question
 * gets the same answer, another one another. A turn is one thought and one TALK; any other answer fills the schema.
 */
export function playPart(request: FakeRequest, mark = markOf(request)): { text: string } {
  const schema = request.schema as { properties?: { actions?: unknown } } | undefined;
  const answer = schema?.properties?.actions === undefined ? fill(schema ?? {}, { text: `text ${mark}` }) : turn(mark);
  return { text: JSON.stringify(answer) };
}

/** What stands in every text of the answer to this prompt. */
export function markOf(request: FakeRequest): string {
  return markIn(wordsOf(request));
}

export function markIn(words: string): string {
  return createHash("sha256").update(words).digest("hex").slice(0, 12);
}

/** All words of a prompt, however the provider wraps them. */
export function wordsOf({ body }: FakeRequest): string {
  return JSON.stringify([
    body.system,
    body.instructions,
    body.systemInstruction,
    body.messages ?? body.input ?? body.contents,
  ]);
}

function turn(mark: string): object {
  return {
    state: { goals: `Goal ${mark}.`, context: null, attention: null, emotions: `Feeling ${mark}.` },
    actions: [
      { type: "THINK", content: `Thought ${mark} ${spread(mark)}.` },
      { type: "TALK", target: null, content: `Said ${mark} ${spread(mark)}, and nothing else.` },
      { type: "DONE" },
    ],
  };
}

/** Several words that differ from turn to turn, so that no turn seems to repeat another. */
const spread = (mark: string): string => (mark.match(/../g) ?? []).join(" ");
