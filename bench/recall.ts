import { openSimulation } from "../src/index.ts";
import { recallSettings } from "../src/person/memory/recall/options.ts";
import { Recollection } from "../src/person/memory/recall/recollection.ts";
import { createMemoryStore } from "../src/stores.ts";
import type { Scenario } from "./harness/scenario.ts";
import { stimulus } from "./support/people.ts";

const kept = 10_000;
const asked = 300;

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
  },
};
