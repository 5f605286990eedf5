import { describe, expect, it } from "vitest";
import type { Embedder } from "../../../../src/kernel/contracts/embedder.ts";
import type { SimulationEvent } from "../../../../src/kernel/contracts/events.ts";
import { createLexicalEmbedder } from "../../../../src/model/embed/lexical.ts";
import { createVectors } from "../../../../src/model/embed/vectors.ts";
import { createMemoryStore } from "../../../../src/store/memory.ts";
import { openTake } from "../../../support/journal.ts";

interface Opening {
  readonly store?: ReturnType<typeof createMemoryStore>;
  readonly embed?: Embedder["embed"];
  readonly id?: string;
}

/** The vectors of one opening of a run, and what they asked of the embedder. */
async function opened({ store = createMemoryStore(), embed, id = "test/words" }: Opening = {}) {
  const asked: string[][] = [];
  const shown: SimulationEvent[] = [];
  const stop = new AbortController();
  const embedder: Embedder = {
    id,
    dimensions: 512,
    embed: async (texts, options) => {
      asked.push([...texts]);
      return (embed ?? createLexicalEmbedder().embed)(texts, options);
    },
  };
  const { journal, finish } = await openTake(store);
  const watch = (event: SimulationEvent): void => void shown.push(event);
  const vectors = createVectors({ embedder, log: journal.vectors, watch, signal: stop.signal });
  return { vectors, asked, shown, stop, store, close: () => finish("stopped") };
}

describe("the vectors of a run", () => {
  it("are those of the embedder, one a text, whatever was known before", async () => {
    const { vectors } = await opened();
    await vectors.of(["bread"]);
    expect(await vectors.of(["tram", "bread", "tram"])).toEqual(
      await createLexicalEmbedder().embed(["tram", "bread", "tram"]),
    );
    expect(await vectors.of([])).toEqual([]);
  });

  it("are embedded once for all openings of all runs of a store, but anew by another embedder", async () => {
    const first = await opened();
    const before = await first.vectors.of(["bread", "tram"]);
    await first.close();
    const { store } = first;
    const second = await opened({ store, embed: () => Promise.reject(new Error("not needed")) });
    expect(await second.vectors.of(["tram", "bread"])).toEqual(before?.toReversed());
    expect(second.asked).toEqual([]);
    await second.close();
    const other = await opened({ store, id: "test/other" });
    await other.vectors.of(["tram"]);
    expect(other.asked).toEqual([["tram"]]);
  });

  it("of an embedder that takes next to nothing are made each time, and not kept", async () => {
    const store = createMemoryStore();
    const { journal, finish } = await openTake(store);
    const { signal } = new AbortController();
    const kept: number[] = [];
    const log = { ...journal.vectors, keep: (made: ReadonlyMap<string, Float32Array>) => void kept.push(made.size) };
    const vectors = createVectors({ embedder: createLexicalEmbedder(), log, watch: () => undefined, signal });
    expect(await vectors.of(["bread"])).toEqual(await createLexicalEmbedder().embed(["bread"]));
    expect(kept).toEqual([]);
    await finish("stopped");
  });

  it("wanted at once travel together, those wanted meanwhile in the next call, each text once", async () => {
    const gate = Promise.withResolvers<void>();
    const { vectors, asked } = await opened({
      embed: async (texts) => {
        if (asked.length === 1) await gate.promise;
        return createLexicalEmbedder().embed(texts);
      },
    });
    const early = [vectors.of(["a", "b"]), vectors.of(["b", "c"])];
    while (asked.length === 0) await new Promise((next) => setImmediate(next));
    const late = [vectors.of(["c", "d"]), vectors.of(["e"])];
    for (let turn = 0; turn < 5; turn++) await new Promise((next) => setImmediate(next));
    gate.resolve();
    await Promise.all([...early, ...late]);
    expect(asked).toEqual([
      ["a", "b", "c"],
      ["d", "e"],
    ]);
  });

  it("of many texts are asked for in calls of 256", async () => {
    const { vectors, asked } = await opened();
    await vectors.of(Array.from({ length: 600 }, (_, index) => `text ${index}`));
    expect(asked.map((texts) => texts.length)).toEqual([256, 256, 88]);
  });

  it("end with the embedder's first failure, which is told once; nobody's turn fails", async () => {
    let broken = false;
    const { vectors, asked, shown } = await opened({
      embed: async (texts) => {
        if (broken) throw new Error("No such host.");
        return createLexicalEmbedder().embed(texts);
      },
    });
    await vectors.of(["known"]);
    broken = true;
    const found = await Promise.all([vectors.of(["new"]), vectors.of(["newer", "known"]), vectors.of(["new"])]);
    expect(found).toEqual([undefined, undefined, undefined]);
    expect(await vectors.of(["known"])).toBeUndefined();
    expect(asked).toHaveLength(2);
    expect(shown).toEqual([
      { type: "warning", message: expect.stringMatching(/by their words alone.*No such host\./) },
    ]);
  });

  it("that do not come are a failure, too", async () => {
    const { vectors, shown } = await opened({ embed: async () => [new Float32Array([1])] });
    expect(await vectors.of(["one", "two"])).toBeUndefined();
    expect(shown).toHaveLength(1);
  });

  it("are not waited for once the run stops, and that is no failure", async () => {
    const { vectors, shown, stop } = await opened({
      embed: (_texts, { signal } = {}) =>
        new Promise((_resolve, reject) => signal?.addEventListener("abort", () => reject(new Error("cut off")))),
    });
    const asking = vectors.of(["slow"]);
    await new Promise((next) => setImmediate(next));
    stop.abort("enough");
    await expect(asking).rejects.toMatchObject({ code: "ABORTED" });
    await expect(vectors.of(["later"])).rejects.toMatchObject({ code: "ABORTED" });
    expect(shown).toEqual([]);
  });
});
