import { describe, expect, it } from "vitest";
import packageJson from "../../../package.json" with { type: "json" };
import { openSimulation } from "../../../src/simulation/open.ts";
import { readProvenance } from "../../../src/simulation/provenance.ts";
import { createMemoryStore } from "../../../src/store/memory.ts";

describe("where what a run gives comes from", () => {
  it("is the run with its seed, its models and the day of its first opening, while it is open and from its store", async () => {
    const store = createMemoryStore();
    const open = () => openSimulation({ name: "ads", seed: 7, model: "builtin", store });
    const first = await open();
    const [lisa] = await first.loadPeople("lisa");
    await lisa?.listenAndAct("Hello!");
    const said = await first.provenance();
    await first.close();
    const kept = await store.getRun(first.run);
    expect(said).toEqual({
      ...{ simulated: true, run: first.run, name: "ads", seed: "7", models: ["builtin"], heuristic: true },
      ...{ date: kept?.createdAt, version: packageJson.version },
    });
    const again = await open();
    expect(await again.provenance()).toEqual(said);
    await again.close();
    expect(await readProvenance(store, first.run)).toEqual(said);
    await expect(readProvenance(store, "nobody")).rejects.toMatchObject({ code: "RUN_UNKNOWN" });
  });
});
