import { expect, it } from "vitest";
import { z } from "zod";
import { checkProposition, extract, extractEach } from "../../../src/index.ts";
import { createMemoryStore, readLedger } from "../../../src/stores.ts";
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
