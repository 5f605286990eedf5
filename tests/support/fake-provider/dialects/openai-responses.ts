import { type Answer, type Dialect, event, pieces } from "../dialect.ts";

const usage = ({ usage: { input, cached, written, output, reasoning } }: Answer) => ({
  input_tokens: input,
  output_tokens: output,
  input_tokens_details: { cached_tokens: cached, ...(written ? { cache_write_tokens: written } : {}) },
  output_tokens_details: { reasoning_tokens: reasoning },
});

const reason = ({ finish }: Answer) =>
  finish === "length" ? { reason: "max_output_tokens" } : finish === "filter" ? { reason: "content_filter" } : null;

const part = ({ finish, text }: Answer) =>
  finish === "refusal" ? { type: "refusal", refusal: text } : { type: "output_text", text, annotations: [] };

const message = (answer: Answer) => ({ type: "message", role: "assistant", id: "m1", content: [part(answer)] });

/** OpenAI's responses. */
export const responsesDialect: Dialect = {
  streamType: "text/event-stream",
  speaks: (path) => /\/responses(\?|$)/.test(path),
  schemaOf: ({ body }) => body.text?.format?.schema,
  streams: ({ body }) => body.stream === true,
  whole: (answer) => ({
    id: "r1",
    created_at: 1,
    model: "fake",
    output: [message(answer)],
    incomplete_details: reason(answer),
    usage: usage(answer),
  }),
  breakdown: event({
    type: "error",
    code: "server_error",
    message: "The server had an error.",
    param: null,
    sequence_number: 9,
  }),
  *chunks(answer) {
    const item = { type: "message", id: "m1", role: "assistant", content: [] };
    yield event({ type: "response.created", response: { id: "r1", created_at: 1, model: "fake" } });
    yield event({ type: "response.output_item.added", output_index: 0, item });
    for (const piece of pieces(answer)) {
      const type = answer.finish === "refusal" ? "response.refusal.delta" : "response.output_text.delta";
      yield event({ type, item_id: "m1", output_index: 0, content_index: 0, delta: piece });
    }
    yield event({ type: "response.output_item.done", output_index: 0, item: message(answer) });
    const type = reason(answer) === null || answer.finish === "refusal" ? "response.completed" : "response.incomplete";
    yield event({ type, response: { incomplete_details: reason(answer), usage: usage(answer) } });
  },
};
