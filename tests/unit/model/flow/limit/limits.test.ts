import { describe, expect, it } from "vitest";
import { createLimiters } from "../../../../../src/model/flow/limit/limits.ts";

describe("limits", () => {
  it("give each model one limiter, the same each time, with its own allowance over everybody's", () => {
    const limiters = createLimiters({
      concurrency: 8,
      requestsPerMinute: 500,
      models: { "openai/small": { concurrency: 64, tokensPerMinute: 9_000 } },
    });
    expect(limiters.of("openai/small")).toBe(limiters.of("openai/small"));
    expect(limiters.of("openai/small")).not.toBe(limiters.of("openai/large"));
    const own = { concurrency: 64, requestsPerMinute: 500, tokensPerMinute: 9_000 };
    expect(limiters.of("openai/small").allowance).toEqual(own);
    expect(limiters.of("openai/large").allowance).toEqual({ concurrency: 8, requestsPerMinute: 500 });
    expect(limiters.of("constructor").allowed).toBe(8);
    expect(createLimiters().of("openai/large").allowed).toBe(16);
  });

  it("leave models in this process their pace, unless it is said for one of them", () => {
    const limiters = createLimiters({
      concurrency: 4,
      requestsPerMinute: 5,
      models: { "local/b": { requestsPerMinute: 9 } },
    });
    expect(limiters.of("builtin").allowance).toEqual({ concurrency: 4 });
    expect(limiters.of("local/a").allowance).toEqual({ concurrency: 4 });
    expect(limiters.of("local/b").allowance).toEqual({ concurrency: 4, requestsPerMinute: 9 });
  });

  it.each([
    [{ concurrency: 0 }, "limits.concurrency"],
    [{ concurrency: Number.NaN }, "limits.concurrency"],
    [{ requestsPerMinute: 0.5 }, "limits.requestsPerMinute"],
    [{ models: { "openai/small": { tokensPerMinute: -1 } } }, "limits.models.openai/small.tokensPerMinute"],
  ])("that let nobody in are refused: %j", (limits, option) => {
    expect(() => createLimiters(limits)).toThrow(
      expect.objectContaining({ code: "OPTION_INVALID", data: expect.objectContaining({ option }) }),
    );
  });
});
