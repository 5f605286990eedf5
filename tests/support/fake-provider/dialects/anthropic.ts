import { type Answer, type Dialect, event, type FakeRequest, pieces } from "../dialect.ts";

const finishes = { stop: "end_turn", length: "max_tokens", refusal: "refusal", filter: "refusal" } as const;

const usage = ({ usage: { input, cached, written = 0, output } }: Answer) => ({
  input_tokens: input - cached - written,
  cache_read_input_tokens: cached,
  cache_creation_input_tokens: written,
  output_tokens: output,
});

const tool = ({ body }: FakeRequest) => body.tools?.find((each: { name: string }) => each.name === "json");

/** Anthropic's messages; an answer goes through the tool when one was forced. */
export const anthropicDialect: Dialect = {
  streamType: "text/event-stream",
  speaks: (path) => /\/messages(\?|$)/.test(path),
  schemaOf: (request) => request.body.output_config?.format?.schema ?? tool(request)?.input_schema,
  streams: ({ body }) => body.stream === true,
  whole: (answer, request) => {
    const byTool = tool(request) !== undefined && answer.finish === "stop";
    const text = { type: "text", text: answer.text };
    const use = { type: "tool_use", id: "t1", name: "json", input: byTool ? JSON.parse(answer.text) : {} };
    return {
      type: "message",
      id: "m1",
      role: "assistant",
      model: "fake",
      content: answer.text === "" ? [] : [byTool ? use : text],
      stop_reason: byTool ? "tool_use" : finishes[answer.finish],
      stop_sequence: null,
      usage: usage(answer),
    };
  },
  breakdown: event({ type: "error", error: { type: "overloaded_error", message: "Overloaded" } }, "error"),
  *chunks(answer) {
    const start = { type: "message", id: "m1", role: "assistant", model: "fake", content: [], usage: usage(answer) };
    const send = (data: { type: string; [key: string]: unknown }) => event(data, data.type);
    yield send({ type: "message_start", message: { ...start, stop_reason: null, stop_sequence: null } });
    yield send({ type: "content_block_start", index: 0, content_block: { type: "text", text: "" } });
    for (const text of pieces(answer)) {
      yield send({ type: "content_block_delta", index: 0, delta: { type: "text_delta", text } });
    }
    yield send({ type: "content_block_stop", index: 0 });
    const delta = { stop_reason: finishes[answer.finish], stop_sequence: null };
    yield send({ type: "message_delta", delta, usage: { output_tokens: answer.usage.output } });
    yield send({ type: "message_stop" });
  },
};
