import { setTimeout as wait } from "node:timers/promises";
import { inspect } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TinyTroupeError } from "../../../../src/kernel/values/errors.ts";
import { readable } from "../../../../src/model/adapters/ai-sdk/errors.ts";
import { openProvider, type ProviderOptions } from "../../../../src/model/adapters/ai-sdk.ts";
import { failedUsage } from "../../../../src/model/flow/money/billed.ts";
import { createPurse } from "../../../../src/model/flow/money/purse.ts";
import { stack } from "../../../../src/model/flow/stack.ts";
import { tooMuch } from "../../../support/fake-provider/faults.ts";
import { type FakeProvider, fakeProvider, type Order } from "../../../support/fake-provider/server.ts";
import { loopback } from "../../../support/loopback.ts";
import { key, options, request, served, turnSchema } from "./opening.ts";

let server: FakeProvider;
beforeAll(async () => {
  server = await fakeProvider();
});
afterAll(() => server[Symbol.asyncDispose]());

async function failure(
  spec: string,
  order: Order,
  rest: { streaming?: boolean; options?: Partial<ProviderOptions> } = {},
): Promise<TinyTroupeError> {
  server.direct(() => order);
  const environment = served.find(([each]) => each === spec)?.[1](server.url) ?? {};
  const model = await openProvider(spec, options(environment, rest.options));
  const onDelta = rest.streaming ? { onDelta: () => undefined } : {};
  const before = server.requests.length;
  try {
    const { value } = await model.generate(request(turnSchema, { maxOutputTokens: 300, ...onDelta }));
    throw new Error(`It answered: ${JSON.stringify(value)}`);
  } catch (error) {
    if (!(error instanceof TinyTroupeError)) throw error;
    // A call that is given up soon may not have arrived yet.
    if (!("hang" in order)) expect(server.requests.length - before).toBe(1);
    return error;
  } finally {
    await model.close?.();
  }
}

const half = '{"state":null,"actions":[{"type":"TALK","target":null,"content":"I was just';

describe.each([false, true])("streaming: %s", (streaming) => {
  describe.each(served.map(([spec]) => spec))("%s", (spec) => {
    it("tells a truncated answer, with what it cost", async () => {
      const error = await failure(spec, { text: half, finish: "length" }, { streaming });
      expect(error.code).toBe("MODEL_TRUNCATED");
      expect(error.data).toMatchObject({ model: spec, text: half, maxOutputTokens: 300 });
      expect(error.usage).toMatchObject({ input: 100, output: 20 });
    });
    it("tells an empty answer", async () => {
      expect((await failure(spec, { text: "" }, { streaming })).code).toBe("MODEL_EMPTY");
    });
    it("tells an answer that is no JSON", async () => {
      const error = await failure(spec, { text: "Well, you see …" }, { streaming });
      expect(error).toMatchObject({ code: "MODEL_MALFORMED", data: { text: "Well, you see …" } });
      expect(error.usage).toMatchObject({ input: 100, output: 20 });
    });
    it("tells an answer outside the schema, and where", async () => {
      const error = await failure(spec, { text: '{"actions":[{"type":"SING"}]}' }, { streaming });
      expect(error.code).toBe("MODEL_INVALID");
      expect(JSON.stringify(error.data)).toContain("actions.0.type");
    });
    it.each(["seconds", "date", "milliseconds", "absent"] as const)(
      "tells a rate limit, with the wait that was asked for (%s)",
      async (form) => {
        const error = await failure(spec, tooMuch(form, 7_000), { streaming });
        expect(error).toMatchObject({ code: "MODEL_UNAVAILABLE", data: { status: 429 } });
        const { retryAfterMs } = error.data as { retryAfterMs?: number };
        expect(retryAfterMs).toBe(form === "absent" ? undefined : 7_000);
      },
    );
    it("tells a fault of the server", async () => {
      const error = await failure(spec, { status: 503, body: "<html>down</html>" }, { streaming });
      expect(error).toMatchObject({ code: "MODEL_UNAVAILABLE", data: { status: 503 } });
    });
    it("tells a request that the server does not take, without the key", async () => {
      const body = { error: { message: `Incorrect API key provided: ${key}.\u001b[31m`, type: "x", code: "y" } };
      const error = await failure(spec, { status: 401, body }, { streaming });
      expect(error.code).toBe("MODEL_REJECTED");
      expect(error.data).toMatchObject({ status: 401, detail: expect.stringContaining("Incorrect API key") });
      const all = JSON.stringify([error.message, error.data, error.hint, error.cause ?? null, error.stack]);
      expect(all).not.toContain("0123456789abcdef");
      expect(all).not.toContain("\\u001b");
    });
    it("tells a connection that is cut", async () => {
      expect((await failure(spec, { reset: true }, { streaming })).code).toBe("MODEL_UNAVAILABLE");
    });
    it("tells a call that takes too long", async () => {
      const error = await failure(spec, { hang: true }, { streaming, options: { deadlineMs: 60 } });
      expect(error).toMatchObject({ code: "MODEL_TIMEOUT", data: { afterMs: 60 } });
    });
  });
});

describe.each(served.map(([spec]) => spec))("%s", (spec) => {
  it.each(["reset", "cleanly", "with an error"] as const)(
    "tells a stream that ends in the middle (%s), and counts it in full",
    async (cut) => {
      const error = await failure(spec, { text: half.repeat(4), cut }, { streaming: true });
      expect(error.code).toBe("MODEL_UNAVAILABLE");
      expect(error.message).not.toContain("could not be reached");
      // The provider may have worked for it, and nobody knows how much.
      expect(failedUsage(error)).toBeUndefined();
    },
  );
  it.each([false, true])(
    "tells an answer that stops in the middle and never goes on (streaming: %s)",
    async (streaming) => {
      const order = { text: half.repeat(4), cut: "silently" } as const;
      const error = await failure(spec, order, { streaming, options: { deadlineMs: 100 } });
      expect(error.code).toBe("MODEL_TIMEOUT");
      expect(failedUsage(error)).toBeUndefined();
    },
  );
  it("tells a whole answer that is cut on the way", async () => {
    for (const cut of ["reset", "cleanly"] as const) {
      const error = await failure(spec, { text: half.repeat(4), cut });
      expect(error.code).toBe("MODEL_UNAVAILABLE");
      expect(failedUsage(error)).toBeUndefined();
    }
  });
  it("stops the call when the caller aborts", async () => {
    server.direct(() => ({ hang: true }));
    const environment = served.find(([each]) => each === spec)?.[1](server.url) ?? {};
    const model = await openProvider(spec, options(environment));
    const controller = new AbortController();
    const before = server.requests.length;
    const call = model.generate(request(turnSchema, { signal: controller.signal }));
    while (server.requests.length === before) await wait(1);
    controller.abort("enough");
    await expect(call).rejects.toMatchObject({ code: "ABORTED", data: { reason: "enough" } });
    const late = model.generate(request(turnSchema, { signal: controller.signal }));
    await expect(late).rejects.toMatchObject({ code: "ABORTED" });
    expect(server.requests.length - before).toBe(1);
    await model.close?.();
  });
});

describe("refusals and filters are two things", () => {
  const refusing = ["openai/gpt-4o-mini", "openai/gpt-5-codex", "azure/my-deployment", "anthropic/claude-sonnet-4-5"];
  it.each(refusing.flatMap((spec) => [false, true].map((streaming) => [spec, streaming] as const)))(
    "%s declines (streaming: %s)",
    async (spec, streaming) => {
      const error = await failure(spec, { text: "I can't help with that.", finish: "refusal" }, { streaming });
      expect(error).toMatchObject({ code: "MODEL_REFUSED", data: { text: "I can't help with that." } });
      expect(error.usage?.output).toBe(20);
    },
  );
  const filtering = ["openai/gpt-4o-mini", "openai/gpt-5-codex", "google/gemini-2.5-flash", "compatible/qwen2.5-7b"];
  it.each(filtering.flatMap((spec) => [false, true].map((streaming) => [spec, streaming] as const)))(
    "%s is stopped by a filter (streaming: %s)",
    async (spec, streaming) => {
      const error = await failure(spec, { text: half, finish: "filter" }, { streaming });
      expect(error.code).toBe("MODEL_FILTERED");
    },
  );
  it("tells a prompt that a filter stopped", async () => {
    const body = { error: { code: "content_filter", message: "The response was filtered due to the policy." } };
    expect((await failure("azure/my-deployment", { status: 400, body })).code).toBe("MODEL_FILTERED");
  });
});

it("hides keys that are not ours, and codes for the terminal", () => {
  const said =
    "\u001b[31mKey sk-proj-abcdefghijklmnop1234 and AIza_SyAbcdefghijklmnop at https://x/y?key=abc&z=1\u0007";
  expect(readable(said, [])).toBe("[31mKey *** and *** at https://x/y?key=***&z=1");
  expect(readable("x".repeat(5_000), [])).toHaveLength(601);
});

describe("what only a server can know", () => {
  it("tells a prompt that is too long, with the numbers", async () => {
    const message =
      "This model's maximum context length is 128000 tokens. However, your messages resulted in 130021 tokens.";
    const error = await failure("openai/gpt-4o-mini", {
      status: 400,
      body: { error: { message, code: "context_length_exceeded", type: "invalid_request_error" } },
    });
    expect(error).toMatchObject({ code: "CONTEXT_EXCEEDED", data: { tokens: 130_021, limit: 128_000 } });
  });
  it("does not call a used-up quota a matter of waiting", async () => {
    const body = { error: { message: "You exceeded your current quota.", code: "insufficient_quota", type: "x" } };
    const error = await failure("openai/gpt-4o-mini", { status: 429, body });
    expect(error).toMatchObject({ code: "MODEL_REJECTED", data: { status: 429 } });
  });
  it.each([
    ["a date by the clock of the server", { date: "Fri, 01 Feb 2030 09:00:00 GMT" }, 9_000],
    ["a date that is over", { date: "Fri, 01 Feb 2030 10:00:00 GMT" }, 0],
    ["no date at all", { "retry-after": "soon" }, undefined],
    ["less than nothing", { "retry-after": "soon", "retry-after-ms": "-5" }, undefined],
  ])("reads %s", async (_what, said, wait) => {
    const headers = { "retry-after": "Fri, 01 Feb 2030 09:00:09 GMT", ...said };
    const error = await failure("openai/gpt-4o-mini", { status: 503, headers });
    expect((error.data as { retryAfterMs?: number }).retryAfterMs).toBe(wait);
  });
  it.each([false, true])("stops reading an answer that never ends (streaming: %s)", async (streaming) => {
    let written = 0;
    const megabyte = Buffer.alloc(2 ** 20, " ");
    await using endless = await loopback((_body, response) => {
      const write = (): void => {
        while (!response.destroyed && response.write(megabyte)) written++;
        if (!response.destroyed) response.once("drain", write);
      };
      write();
    });
    const model = await openProvider("compatible/m", options({}, { baseUrl: endless.url }));
    const onDelta = streaming ? { onDelta: () => undefined } : {};
    await expect(model.generate(request(turnSchema, onDelta))).rejects.toMatchObject({ code: "MODEL_UNAVAILABLE" });
    expect(written).toBeLessThan(100);
    await model.close?.();
  });
  it("tells a page of something else by its status", async () => {
    const error = await failure("openai/gpt-4o-mini", { status: 200, body: "<html>Log in</html>" });
    expect(error).toMatchObject({ code: "MODEL_UNAVAILABLE", data: { status: 200 } });
  });
  it.each(served)("tells that nobody listens at the address of %s, and counts nothing for it", async (spec, at) => {
    const gone = await loopback(() => undefined);
    await gone[Symbol.asyncDispose]();
    const opened = await openProvider(spec, options(at(gone.url)));
    const purse = createPurse({ tokens: 1_000_000 }, { priceOf: () => undefined });
    const stacked = stack(opened, { purse, retry: { attempts: 9, firstMs: 1 } });
    const error: TinyTroupeError = await stacked.generate(request(turnSchema)).then(
      () => expect.unreachable(),
      (failed) => failed,
    );
    expect(error).toMatchObject({
      code: "MODEL_UNAVAILABLE",
      data: { attempts: 3 },
      hint: expect.stringContaining("Start the server"),
    });
    expect(error.message).toContain(`nothing listens at ${new URL(gone.url).host}. Tried 3 times.`);
    expect(failedUsage(error)).toEqual({ input: 0, output: 0 });
    expect(purse.spent).toEqual({ calls: 3, tokens: 0, usd: 0 });
    await opened.close?.();
    // Nothing of the request hangs on the error: it holds the key and the prompt.
    expect(inspect(error, { depth: null })).not.toMatch(/0123456789abcdef|You are Lisa/);
  });
  it.each(served)("does not follow %s to another origin, and says where it was sent", async (spec) => {
    const location = "http://127.0.0.2:9/v1";
    const error = await failure(spec, { status: 307, body: "", headers: { location } });
    expect(error).toMatchObject({
      code: "MODEL_REJECTED",
      data: { status: 307, detail: `it sends us to ${location}` },
    });
  });
});
