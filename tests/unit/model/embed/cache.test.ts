import { describe, expect, it } from "vitest";
import type { Embedder } from "../../../../src/kernel/contracts/embedder.ts";
import { withEmbeddingCache } from "../../../../src/model/embed/cache.ts";
import { createLexicalEmbedder } from "../../../../src/model/embed/lexical.ts";
import { embedderContract } from "../../../support/embedder-contract.ts";

function counting(): { embedder: Embedder; asked: string[][] } {
  const asked: string[][] = [];
  const inner = createLexicalEmbedder();
  const embed: Embedder["embed"] = (texts, options) => {
    asked.push([...texts]);
    return inner.embed(texts, options);
  };
  return { embedder: { ...inner, embed }, asked };
}

describe("embedding cache", () => {
  describe("keeps the contract", () => embedderContract(() => withEmbeddingCache(createLexicalEmbedder())));

  it("asks for each text once, and not at all when all are known", async () => {
    const { embedder, asked } = counting();
    const cached = withEmbeddingCache(embedder);
    const first = await cached.embed(["a", "b", "a"]);
    const second = await cached.embed(["b", "c", "a"]);
    await cached.embed(["c", "b"]);
    expect(asked).toEqual([["a", "b"], ["c"]]);
    expect([second[2], second[0]]).toEqual([first[0], first[1]]);
  });

  it("forgets what was used least recently", async () => {
    const { embedder, asked } = counting();
    const cached = withEmbeddingCache(embedder, { entries: 2 });
    for (const text of ["a", "b", "a", "c", "a", "b"]) await cached.embed([text]);
    expect(asked.flat()).toEqual(["a", "b", "c", "b"]);
    expect(await cached.embed(["x", "y", "z"])).toHaveLength(3);
  });

  it("keeps no failure", async () => {
    const { embedder, asked } = counting();
    const controller = new AbortController();
    controller.abort();
    const cached = withEmbeddingCache(embedder);
    await expect(cached.embed(["a"], { signal: controller.signal })).rejects.toMatchObject({ code: "ABORTED" });
    await cached.embed(["a"]);
    expect(asked).toEqual([["a"], ["a"]]);
  });
});
