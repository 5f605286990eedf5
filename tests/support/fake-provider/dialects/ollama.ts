import { type Answer, type Dialect, pieces, vectors } from "../dialect.ts";

const last = ({ finish, usage }: Answer) => ({
  done: true,
  done_reason: finish === "length" ? "length" : "stop",
  prompt_eval_count: usage.input,
  eval_count: usage.output,
});

const line = (data: unknown): string => `${JSON.stringify(data)}\n`;

/** Ollama's own API: chat, what a model can do, and embeddings. */
export const ollamaDialect: Dialect = {
  streamType: "application/x-ndjson",
  speaks: (path) => /\/api\/(chat|show|embed)$/.test(path),
  side: ({ path }) =>
    path.endsWith("/api/show")
      ? {
          capabilities: ["completion", "thinking", "vision"],
          details: { parameter_size: "3.2B" },
          model_info: { "llama.context_length": 131_072 },
        }
      : undefined,
  schemaOf: ({ body }) => (typeof body.format === "object" ? body.format : undefined),
  streams: ({ path, body }) => path.endsWith("/api/chat") && body.stream === true,
  whole: (answer, { path, body }) =>
    path.endsWith("/api/embed")
      ? { model: body.model, embeddings: vectors([body.input].flat()) }
      : { model: "fake", message: { role: "assistant", content: answer.text }, ...last(answer) },
  breakdown: line({ error: "an error was encountered while running the model" }),
  *chunks(answer) {
    for (const content of pieces(answer)) yield line({ message: { role: "assistant", content }, done: false });
    yield line({ message: { role: "assistant", content: "" }, ...last(answer) });
  },
};
