import { z } from "zod";
import type { Model, ModelRequest } from "../../../../src/kernel/contracts/model.ts";
import { TinyTroupeError } from "../../../../src/kernel/values/errors.ts";

export const Said = z.object({ said: z.string() });

export function request(over: Partial<ModelRequest<z.infer<typeof Said>>> = {}): ModelRequest<z.infer<typeof Said>> {
  return {
    messages: [{ role: "user", content: "Hello?" }],
    schema: Said,
    purpose: "act",
    scope: "person:lisa",
    ...over,
  };
}

export function unavailable(status = 500, retryAfterMs?: number): TinyTroupeError {
  return new TinyTroupeError("MODEL_UNAVAILABLE", `It answered ${status}.`, {
    data: { model: "test/scripted", status, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) },
    hint: "Try again.",
  });
}

/** A model over real HTTP: POSTs the prompt, takes `{value, usage}` back, any other status is unavailable. */
export function httpModel(url: string, id = "test/http"): Model {
  return {
    id,
    limits: { contextTokens: 128_000, structured: true, images: false, following: "full" },
    async generate({ messages, schema, maxOutputTokens, signal }) {
      const answer = await fetch(url, {
        method: "POST",
        body: JSON.stringify({ messages, maxOutputTokens }),
        ...(signal && { signal }),
      });
      const text = await answer.text();
      if (!answer.ok) throw unavailable(answer.status, Number(answer.headers.get("retry-after-ms") ?? 0));
      const { value, usage } = JSON.parse(text);
      return { value: schema.parse(value), usage, origin: "model" };
    },
  };
}
