import { expect, it } from "vitest";
import { openLocalEmbedder } from "../../../../src/model/local/open-local-embedder.ts";
import { tinyGguf } from "../../../support/tiny-gguf.ts";

it("embeds texts as vectors of norm 1, the same text always the same", async () => {
  const embedder = await openLocalEmbedder(tinyGguf(), {
    cacheFolder: "/nowhere",
    gpu: false,
    threads: 1,
    contextTokens: 128,
  });
  const [tea, coffee, again] = await embedder.embed(["I drink tea.", "I build houses of wood.", "I drink tea."]);
  expect(embedder.dimensions).toBe(64);
  expect(tea).toHaveLength(64);
  expect(Math.hypot(...(tea ?? []))).toBeCloseTo(1, 5);
  expect(again).toEqual(tea);
  expect(coffee).not.toEqual(tea);
  await expect(embedder.embed(["long ".repeat(400)])).rejects.toMatchObject({
    code: "CONTEXT_EXCEEDED",
    data: { limit: 128 },
  });
  await expect(embedder.embed(["x"], { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: "ABORTED" });
  await embedder.close?.();
});
