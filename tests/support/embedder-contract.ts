import { expect, it } from "vitest";
import type { Embedder } from "../../src/kernel/contracts/embedder.ts";

export interface EmbedderContractOptions {
  /** Texts are near when they mean the same, not only when they share words. */
  readonly meaning?: boolean;
}

const texts = [
  "The bakery on the corner sells cheap bread.",
  "김민지는 서울에서 데이터 분석가로 일합니다.",
  "مرحبا بالعالم",
  "🎉👩‍👩‍👧",
  "a".repeat(5_000),
  "",
  "   \n",
  "\u0000\u001b[31m \ud800 lone",
  "__proto__",
];

/** What every embedder keeps, whatever is behind it. Call inside of a `describe`. */
export function embedderContract(
  open: () => Promise<Embedder> | Embedder,
  options: EmbedderContractOptions = {},
): void {
  it("gives one vector a text, in order, of its declared length and norm 1, whatever the text", async () => {
    await using embedder = await opened(open);
    const vectors = await embedder.embed(texts);
    expect(vectors).toHaveLength(texts.length);
    for (const vector of vectors) {
      expect(vector).toBeInstanceOf(Float32Array);
      expect(vector).toHaveLength(embedder.dimensions);
      expect(Math.hypot(...vector)).toBeCloseTo(1, 4);
    }
    expect(await embedder.embed([])).toEqual([]);
  });

  it("gives a text the same vector whatever stands beside it, and hands out vectors of one's own", async () => {
    await using embedder = await opened(open);
    const [alone] = await embedder.embed([texts[0] ?? ""]);
    const beside = await Promise.all([embedder.embed(texts), embedder.embed([...texts].reverse())]);
    expect(beside[0]?.[0]).toEqual(alone);
    expect(beside[1]?.at(-1)).toEqual(alone);
    beside[0]?.[0]?.fill(0);
    expect((await embedder.embed([texts[0] ?? ""]))[0]).toEqual(alone);
  });

  it("puts texts that share words nearer than texts that share nothing", async () => {
    await using embedder = await opened(open);
    const [bread, alike, other] = await embedder.embed([
      "The bakery on the corner sells cheap bread.",
      "Cheap bread is sold at the corner bakery.",
      "Quarterly tax forms are due on Friday.",
    ]);
    expect(cosine(bread, alike)).toBeGreaterThan(cosine(bread, other) + 0.2);
  });

  if (options.meaning)
    it("puts texts that mean the same nearer than texts that do not", async () => {
      await using embedder = await opened(open);
      const [question, alike, other] = await embedder.embed([
        "How old are you?",
        "What is your age?",
        "How tall is the tower?",
      ]);
      expect(cosine(question, alike)).toBeGreaterThan(cosine(question, other) + 0.1);
    });

  it("stops when it is told to, and goes on for others", async () => {
    await using embedder = await opened(open);
    const controller = new AbortController();
    controller.abort("enough");
    const stopped = embedder.embed(texts, { signal: controller.signal });
    await expect(stopped).rejects.toMatchObject({ code: "ABORTED" });
    expect(await embedder.embed(["still here"])).toHaveLength(1);
  });
}

export function cosine(one: Float32Array | undefined, other: Float32Array | undefined): number {
  let sum = 0;
  for (const [at, value] of (one ?? new Float32Array()).entries()) sum += value * (other?.[at] ?? 0);
  return sum;
}

async function opened(open: () => Promise<Embedder> | Embedder): Promise<Embedder & AsyncDisposable> {
  const embedder = await open();
  return { ...embedder, [Symbol.asyncDispose]: async () => embedder.close?.() };
}
