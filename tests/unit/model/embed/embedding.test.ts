import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Embedder } from "../../../../src/kernel/contracts/embedder.ts";
import { createLexicalEmbedder } from "../../../../src/model/embed/lexical.ts";
import { createVectors } from "../../../../src/model/embed/vectors.ts";
import { createMemoryStore } from "../../../../src/store/memory.ts";
import { openTake } from "../../../support/journal.ts";

const words = createLexicalEmbedder();
const textsOf = (count: number): string[] => Array.from({ length: count }, (_, index) => `text ${index}`);
const turns = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn++) await new Promise((next) => setImmediate(next));
};

/** The vectors of one opening of a run, and what they asked of the embedder. */
async function opened({ store = createMemoryStore(), ...given }: Partial<Embedder> & { store?: object } = {}) {
  const asked: string[][] = [];
  const stop = new AbortController();
  const embedder: Embedder = {
    ...{ id: "test/words", dimensions: 512, ...given },
    embed: async (texts, options) => {
      asked.push([...texts]);
      return (given.embed ?? words.embed)(texts, options);
    },
  };
  const { journal, finish } = await openTake(store as ReturnType<typeof createMemoryStore>);
  const { signal } = stop;
  const vectors = createVectors({ embedder, log: journal.vectors, watch: () => undefined, signal });
  return { vectors, embed: vectors.embed, asked, stop, store, close: () => finish("stopped") };
}

describe("embedding for what rests on it", () => {
  it("gives one vector a text, in order, and says whose they are and what they compare", async () => {
    const { embed } = await opened();
    const texts = ["tram", "bread", "tram"];
    expect(await embed(texts)).toEqual({
      ...{ vectors: await words.embed(texts), embedder: "test/words", compares: "meaning" },
    });
    expect(await embed([])).toMatchObject({ vectors: [] });
    const lexical = await opened({ id: words.id, instant: true, compares: "words" });
    expect(await lexical.embed(["bread"])).toMatchObject({ embedder: words.id, compares: "words" });
  });

  it("asks for each text once a store, whoever asks, and whenever", async () => {
    const first = await opened();
    const [one, other] = await Promise.all([first.embed(["a", "b", "b"]), first.embed(["c", "b"])]);
    expect(first.asked.flat().sort()).toEqual(["a", "b", "c"]);
    expect(one.vectors[1]).toEqual(other.vectors[1]);
    await first.vectors.of(["a"]);
    await first.close();
    const again = await opened({ store: first.store, embed: () => Promise.reject(new Error("not needed")) });
    expect((await again.embed(["b", "a", "c"])).vectors).toEqual(await words.embed(["b", "a", "c"]));
    expect(again.asked).toEqual([]);
  });

  it("has eight requests of the embedder's own size on their way at most, and tells how far it is", async () => {
    let running = 0;
    let most = 0;
    const { embed, asked } = await opened({
      batch: 10,
      embed: async (texts) => {
        running += 1;
        most = Math.max(most, running);
        await turns(3);
        running -= 1;
        return words.embed(texts);
      },
    });
    await embed(["text 3", "text 4"]);
    const told: (readonly number[])[] = [];
    await embed(textsOf(203), { onProgress: (...far) => told.push(far) });
    expect(most).toBe(8);
    expect(asked.slice(1).map(({ length }) => length)).toEqual([...Array<number>(20).fill(10), 1]);
    expect(told[0]).toEqual([2, 203]);
    expect(told.at(-1)).toEqual([203, 203]);
    expect(told).toHaveLength(22);
  });

  it("throws a failure, begins nothing after it, keeps what came, and goes on from there when asked again", async () => {
    let broken = true;
    const { embed, vectors, asked } = await opened({
      batch: 10,
      embed: async (texts) => {
        const fails = broken && texts.includes("text 25");
        await turns(fails ? 1 : 4);
        if (fails) throw new Error("No such host.");
        return words.embed(texts);
      },
    });
    await expect(embed(textsOf(200))).rejects.toMatchObject({
      ...{ code: "MODEL_UNAVAILABLE", message: expect.stringContaining("No such host.") },
      hint: expect.stringContaining("what had come is kept"),
    });
    expect(asked).toHaveLength(8);
    broken = false;
    expect((await embed(textsOf(200))).vectors).toEqual(await words.embed(textsOf(200)));
    expect(asked).toHaveLength(8 + 13);
    expect(await vectors.of(["text 1"])).toEqual(await words.embed(["text 1"]));
  });

  it("fails whoever wanted the same text, too, and nobody else", async () => {
    const { embed } = await opened({
      embed: async (texts) => {
        await turns(2);
        if (texts.includes("bad")) throw new Error("No.");
        return words.embed(texts);
      },
    });
    const all = await Promise.allSettled([embed(["bad"]), embed(["good", "bad"]), embed(["good"])]);
    expect(all.map(({ status }) => status)).toEqual(["rejected", "rejected", "fulfilled"]);
  });

  it.each<[string, Partial<Embedder>, object]>([
    ["too few", { embed: async () => [] }, { code: "MODEL_INVALID", data: { issues: ["0 came for 2 texts."] } }],
    [
      "no numbers",
      { embed: async (texts) => texts.map(() => Float32Array.of(1, Number.NaN)) },
      { code: "MODEL_INVALID" },
    ],
    ["empty ones", { embed: async (texts) => texts.map(() => new Float32Array()) }, { code: "MODEL_INVALID" }],
    [
      "of several lengths",
      { embed: async (texts) => texts.map((_, at) => new Float32Array(at + 1).fill(1)) },
      { code: "MODEL_INVALID", data: { issues: ["They differ in length."] } },
    ],
    ["a fault", { embed: () => Promise.reject(new TypeError("x is no function")) }, { name: "TypeError" }],
  ])("refuses vectors that are none: %s", async (_what, given, error) => {
    const { embed } = await opened(given);
    await expect(embed(["one", "two"])).rejects.toMatchObject(error);
  });

  it("makes every vector of norm 1, and leaves those that it was given", async () => {
    const given = Float32Array.of(3, 4);
    const { embed } = await opened({ embed: async () => [given] });
    expect([...((await embed(["x"])).vectors[0] ?? [])].map((value) => value.toFixed(3))).toEqual(["0.600", "0.800"]);
    expect([...given]).toEqual([3, 4]);
  });

  it("refuses a blank text before anything is asked, and says which", async () => {
    const { embed, asked } = await opened();
    await expect(embed(["a", " \n"])).rejects.toMatchObject({ code: "OPTION_INVALID", data: { value: 1 } });
    expect(asked).toEqual([]);
  });

  it("ends with the run", async () => {
    const { embed, stop, asked } = await opened({
      batch: 1,
      embed: async (_texts, { signal } = {}) => {
        await turns(2);
        signal?.throwIfAborted();
        return [Float32Array.of(1)];
      },
    });
    const asking = embed(textsOf(20));
    await turns(2);
    stop.abort("enough");
    await expect(asking).rejects.toMatchObject({ code: "ABORTED" });
    await expect(embed(["later"])).rejects.toMatchObject({ code: "ABORTED" });
    expect(asked).toHaveLength(8);
  });

  it("gives each text its own vector, however texts, batches and failures fall", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.constantFrom(..."abcdefgh"), { maxLength: 12 }), { maxLength: 5 }),
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.boolean(), { maxLength: 6 }),
        async (asks, batch, faults) => {
          const left = [...faults];
          const { embed } = await opened({
            batch,
            embed: async (texts) => {
              await turns(texts.length % 3);
              if (left.shift()) throw new Error("now and then");
              return words.embed(texts);
            },
          });
          const results = await Promise.allSettled(asks.map((texts) => embed(texts)));
          for (const [at, result] of results.entries())
            if (result.status === "fulfilled") expect(result.value.vectors).toEqual(await words.embed(asks[at] ?? []));
          left.length = 0;
          await turns(10); // what failed by now fails nobody who asks from here on
          for (const texts of asks) expect((await embed(texts)).vectors).toEqual(await words.embed(texts));
        },
      ),
      { numRuns: 60 },
    );
  });
});
