import { type Answer, type Dialect, event, pieces, vectors } from "../dialect.ts";

const finishes = { stop: "STOP", length: "MAX_TOKENS", refusal: "SAFETY", filter: "SAFETY" } as const;

const usage = ({ usage: { input, cached, output, reasoning } }: Answer) => ({
  promptTokenCount: input,
  cachedContentTokenCount: cached,
  candidatesTokenCount: output - reasoning,
  thoughtsTokenCount: reasoning,
  totalTokenCount: input + output,
});

const candidate = (text: string, finishReason?: string) => ({
  content: { role: "model", parts: text === "" ? [] : [{ text }] },
  index: 0,
  ...(finishReason === undefined ? {} : { finishReason }),
});

/** Google's generateContent, and its embeddings. */
export const googleDialect: Dialect = {
  streamType: "text/event-stream",
  speaks: (path) => /:(generateContent|streamGenerateContent|embedContent|batchEmbedContents)/.test(path),
  schemaOf: ({ body }) => body.generationConfig?.responseJsonSchema ?? body.generationConfig?.responseSchema,
  streams: ({ path }) => path.includes(":streamGenerateContent"),
  whole: (answer, { path, body }) => {
    if (path.includes(":embedContent")) return { embedding: { values: vectors([body.content.parts[0].text])[0] } };
    if (path.includes(":batchEmbedContents")) {
      const texts = body.requests.map(
        (each: { content: { parts: { text: string }[] } }) => each.content.parts[0]?.text,
      );
      return { embeddings: vectors(texts).map((values) => ({ values })) };
    }
    return { candidates: [candidate(answer.text, finishes[answer.finish])], usageMetadata: usage(answer) };
  },
  breakdown: event({ error: { code: 503, message: "The model is overloaded.", status: "UNAVAILABLE" } }),
  *chunks(answer) {
    for (const piece of pieces(answer)) yield event({ candidates: [candidate(piece)] });
    yield event({ candidates: [candidate("", finishes[answer.finish])], usageMetadata: usage(answer) });
  },
};
