import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSimulation } from "../src/index.ts";
import { recallSettings } from "../src/person/memory/recall/options.ts";
import { Recollection } from "../src/person/memory/recall/recollection.ts";
import { createMemoryStore, openSqliteStore } from "../src/stores.ts";
import type { Bench, Scenario } from "./harness/scenario.ts";
import { stimulus } from "./support/people.ts";

const kept = 10_000;
const asked = 300;
/** As many as a person keeps of their own, unless told. */
const ofAPerson = 1_000;
const rests = 9;

/** The first recall of somebody who had to give way each time, from a file on disk: notes, vectors and index are made again. */
async function atRest({ row }: Pick<Bench, "row">): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "tinytroupe-bench-"));
  const store = await openSqliteStore(join(folder, "troupe.db"));
  const times: number[] = [];
  try {
    await using simulation = await openSimulation({ name: "rest", model: "builtin", embedder: "lexical", store });
    const ann = await simulation.person({ name: "Ann Okafor" });
    await ann.memory.rememberAll(Array.from({ length: ofAPerson }, (_, at) => ({ text: stimulus(at) })));
    await simulation.context.journal.settle();
    for (let rest = 0; rest < rests; rest++) {
      simulation.context.shelf.place<string>().put("somebody else", 2 ** 30);
      const started = performance.now();
      await ann.memory.recall(stimulus(kept + rest), { limit: 6 });
      times.push(performance.now() - started);
    }
  } finally {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  }
  const value = times.toSorted((one, other) => one - other)[Math.floor(rests / 2)] ?? Number.NaN;
  const scenario = `${ofAPerson} notes in SQLite`;
  row({ scenario, metric: "the first recall of somebody at rest, half of them", value, unit: "ms" });
}

export const scenario: Scenario = {
  measures:
    "what comes to mind of 10,000 notes with vectors of 512 floats, without the question's own embedding: time and memory",
  seconds: 30,
  run: async ({ row, progress }) => {
    const store = createMemoryStore();
    await using simulation = await openSimulation({ name: "recall", model: "builtin", embedder: "lexical", store });
    const { context } = simulation;
    const notes = Array.from({ length: kept }, (_, at) => ({
      ...{ id: `n${at + 1}`, kind: "fact" as const, text: stimulus(at), sources: [`person:ann#${at}`] },
      importance: (at % 10) / 10,
    }));
    const book = { notes, size: kept, version: 1 };
    const lived = () => notes.flatMap(({ sources }) => sources);
    const recollection = new Recollection(context, recallSettings());
    const questions = Array.from({ length: asked }, (_, at) => stimulus(kept + at));
    progress("embedding");
    await context.vectors.of([...questions, ...notes.map(({ text }) => text)]);
    const recall = async (about: string): Promise<number> => {
      const started = performance.now();
      await recollection.recall(book, { about, now: undefined, events: kept, lived, most: 6, tokens: 300 });
      return performance.now() - started;
    };
    const scenario = `${kept} notes`;
    progress("the first question");
    const first = await recall(questions[0] ?? "");
    row({ scenario, metric: "the first recall of somebody at rest, vectors from the store", value: first, unit: "ms" });
    for (const question of questions.slice(0, 50)) await recall(question);
    const times: number[] = [];
    for (const question of questions) times.push(await recall(question));
    times.sort((one, other) => one - other);
    const at = (share: number): number => times[Math.floor(share * times.length)] ?? Number.NaN;
    row({ scenario, metric: "recall, half of them", value: at(0.5), unit: "ms" });
    row({ scenario, metric: "recall, 95 of 100", value: at(0.95), unit: "ms", goal: { atMost: 10 } });
    globalThis.gc?.();
    const before = process.memoryUsage();
    context.shelf.place<string>().put("somebody else", 2 ** 30);
    globalThis.gc?.();
    const after = process.memoryUsage();
    const freed = before.heapUsed + before.arrayBuffers - after.heapUsed - after.arrayBuffers;
    row({ scenario, metric: "memory that gives way to somebody else", value: freed / 1e6, unit: "MB" });
    progress("at rest in SQLite");
    await atRest({ row });
  },
};
