import { type Answer, type Dialect, event, type FakeRequest, pieces, vectors } from "../dialect.ts";

const finishes = { stop: "stop", length: "length", refusal: "stop", filter: "content_filter" } as const;

const usage = ({ usage: { input, cached, written, output, reasoning } }: Answer) => ({
  prompt_tokens: input,
  completion_tokens: output,
  total_tokens: input + output,
  prompt_tokens_details: { cached_tokens: cached, ...(written ? { cache_write_tokens: written } : {}) },
  completion_tokens_details: { reasoning_tokens: reasoning },
});

const frame = (rest: object) => ({ id: "c1", created: 1, model: "fake", object: "chat.completion.chunk", ...rest });

/** OpenAI's chat completions, which Mistral, OpenRouter, vLLM and many others speak too; embeddings with it. */
export const chatDialect: Dialect = {
  streamType: "text/event-stream",
  speaks: (path) => /\/(chat\/completions|embeddings)(\?|$)/.test(path),
  schemaOf: ({ body }) => body.response_format?.json_schema?.schema,
  streams: ({ body }) => body.stream === true,
  whole: (answer, request) => (request.path.includes("/embeddings") ? embeddings(request) : completion(answer)),
  breakdown: event({ error: { message: "The server had an error.", type: "server_error", param: null, code: null } }),
  *chunks(answer, { body }) {
    const delta = (part: object, finish: string | null = null, rest: object = {}) =>
      event(frame({ choices: [{ index: 0, delta: part, finish_reason: finish }], ...rest }));
    // Some tell the usage in a chunk of its own when asked to, others with the last words.
    const apart = body.stream_options?.include_usage === true;
    yield delta({ role: "assistant", content: "" });
    for (const piece of pieces(answer)) {
      yield delta(answer.finish === "refusal" ? { refusal: piece } : { content: piece });
    }
    yield delta({}, finishes[answer.finish], apart ? {} : { usage: usage(answer) });
    if (apart) yield event(frame({ choices: [], usage: usage(answer) }));
    yield "data: [DONE]\n\n";
  },
};

function completion(answer: Answer): unknown {
  const said =
    answer.finish === "refusal" ? { content: null, refusal: answer.text } : { content: answer.text, refusal: null };
  return {
    ...frame({ object: "chat.completion" }),
    choices: [{ index: 0, message: { role: "assistant", ...said }, finish_reason: finishes[answer.finish] }],
    usage: usage(answer),
  };
}

function embeddings({ body }: FakeRequest): unknown {
  const data = vectors([body.input].flat()).map((embedding, index) => ({ object: "embedding", index, embedding }));
  return { id: "e1", object: "list", model: body.model, data, usage: { prompt_tokens: 3, total_tokens: 3 } };
}
