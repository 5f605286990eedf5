import { expect, it } from "vitest";
import { z } from "zod";
import {
  byModel,
  checkProposition,
  defineStudy,
  extract,
  extractEach,
  noConfiguration,
  playStudy,
  urgencyAuction,
} from "../../../src/index.ts";
import { createMemoryStore, readLedger } from "../../../src/stores.ts";
import { parseStudyDocument } from "../../../src/study/document/parse.ts";
import { studyOf } from "../../../src/study/interpret.ts";
import { says, testSimulation } from "../../../src/testing/index.ts";

it("adds up what calls cost by what the program calls them, in the ledger and from the store, when told again too", async () => {
  const store = createMemoryStore();
  const script = ({ purpose }: { readonly purpose: string }): unknown => {
    if (purpose === "extract") return { gist: "Bread." };
    if (purpose === "judge") return { claim: { why: "Said.", evidence: [{ entry: 1, quote: "Hello." }], holds: true } };
    return purpose === "elicit" ? { yes: true } : says("Bread and butter.");
  };
  const calls = (rows: readonly { readonly label?: string; readonly calls: number }[]) =>
    Object.fromEntries(rows.map((row) => [row.label ?? "none", row.calls]));
  const once = async () => {
    await using run = await testSimulation(script, { store });
    const [ann, bob] = [await run.simulation.person({ name: "Ann" }), await run.simulation.person({ name: "Bob" })];
    await ann.listenAndAct("Hello.");
    await bob.listenAndAct("Hello.");
    const gist = { objective: "The gist.", fields: ["gist"] } as const;
    await extractEach([ann, bob], { ...gist, label: "survey" });
    await extract(ann, gist);
    await ann.answer({ text: "Well?", schema: z.object({ yes: z.boolean() }), label: "survey" });
    await checkProposition(ann, "Bread is spoken of.", { label: "report" });
    return run.simulation.ledger;
  };
  const first = await once();
  const expected = { none: 3, survey: 3, report: 1 };
  expect(calls(first.by("label"))).toEqual(expected);
  const again = await once();
  expect([again.paid.calls, again.replayed.calls]).toEqual([0, 7]);
  expect(calls(again.by("label"))).toEqual(expected);
  const [run] = await store.listRuns();
  const { ledger } = await readLedger(store, run?.id ?? "");
  expect(calls(ledger.by("label"))).toEqual(expected);
  expect(ledger.by("label", "purpose").find(({ purpose }) => purpose === "elicit")).toMatchObject({ label: "survey" });
});

it("counts all that a run or a turn asks by what it is called: turns, bids, claims of interventions, notes", async () => {
  const script = ({ purpose }: { readonly purpose: string }, call: number): unknown => {
    if (purpose === "bid") return { urgency: 5, reason: "" };
    if (purpose === "intervene") return { claim: { why: "", evidence: [], holds: false } };
    return purpose === "consolidate"
      ? { summary: "They talk.", added: [], revised: [], reflections: [] }
      : says(`This is the ${call}th thing that I say of it.`);
  };
  await using run = await testSimulation(script);
  const memory = { consolidateAfter: 2 };
  const ann = await run.simulation.person({ name: "Ann" }, { memory });
  const bob = await run.simulation.person({ name: "Bob" }, { memory });
  const room = run.simulation.world("Room", [ann, bob], { schedule: urgencyAuction({ bidder: byModel() }) });
  room.makeEveryoneAccessible().intervene({ name: "never", claim: "It rains.", do: () => undefined });
  await room.broadcast("Well?").run(3, { label: "warming up" });
  await ann.listenAndAct("And you?", "Ilse", { label: "alone" });
  await run.simulation.end();
  const rows = run.simulation.ledger.by("label", "purpose").map(({ label, purpose }) => `${label}: ${purpose}`);
  const warming = ["act", "bid", "consolidate", "intervene"].map((purpose) => `warming up: ${purpose}`);
  expect(rows).toEqual(expect.arrayContaining([...warming, "alone: act"]));
  expect(rows.filter((row) => row.startsWith("undefined"))).toEqual([]);
});

it("counts the steps of a study file in which people act by their number", async () => {
  const steps = [{ broadcast: "Tea?" }, { run: 1 }, { ask: { question: "And you?" } }, { run: { steps: 1 } }];
  const study = studyOf(parseStudyDocument({ name: "tea", people: ["lisa"], world: { name: "Room" }, steps }), "/");
  const settings = { model: "builtin", store: createMemoryStore(), configuration: noConfiguration } as const;
  const { ledger } = await playStudy(study, settings);
  expect(ledger.by("label").map(({ label }) => label)).toEqual(["step 2: run", "step 3: ask"]);
});

it("counts a meeting that is held by its world's name", async () => {
  const world = { kind: "interview", name: "Talk", guide: { topics: ["Tea?"] } };
  const document = { name: "tea", people: ["lisa"], world, steps: [{ hold: { as: "rows" } }] };
  const study = studyOf(parseStudyDocument(document), "/");
  const settings = { model: "builtin", store: createMemoryStore(), configuration: noConfiguration } as const;
  const { ledger } = await playStudy(study, settings);
  expect(ledger.by("label").map(({ label }) => label)).toEqual(["hold Talk"]);
});

it("counts what people say that they did in a quiet stretch by the run in which they wake", async () => {
  const study = defineStudy({
    name: "quiet",
    startAt: "2030-03-01T12:00[Europe/Berlin]",
    run: async (simulation) => {
      const town = simulation.world("Town", [await simulation.person({ name: "Ann" })]);
      const wake = { routines: { Ann: ["Mondays at 18:00 sing in the choir"] }, summaries: { days: 2 } };
      await town.run({ days: 9, wake, label: "a week" });
    },
  });
  const settings = { model: "builtin", store: createMemoryStore(), configuration: noConfiguration } as const;
  const { ledger } = await playStudy(study, settings);
  const rows = ledger.by("label", "purpose").map(({ label, purpose }) => `${label}: ${purpose}`);
  expect(rows).toEqual(expect.arrayContaining(["a week: act", "a week: meanwhile"]));
  expect(new Set(ledger.by("label").map(({ label }) => label))).toEqual(new Set(["a week"]));
});
