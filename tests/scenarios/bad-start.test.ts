import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openSimulation } from "../../src/index.ts";
import type { Store } from "../../src/stores.ts";
import { commandHere } from "../support/command-here.ts";
import { type Project, tempProject } from "../support/project.ts";

let project: Project;
beforeEach(async () => {
  project = await tempProject();
});
afterEach(() => project[Symbol.asyncDispose]());

const study = (people: string, steps = ""): string => `
name: talk
people: [${people}]
world: { name: Room }
steps:
  - broadcast: Good evening.
  - run: 1
${steps}`;

const start = async (text: string, ...more: readonly string[]) => {
  const file = await project.write("talk.yaml", text);
  return commandHere(project, ["run", file, "--model", "builtin", ...more]);
};

const kept = () =>
  project.withStore(async (store: Store) => {
    const [record] = await store.listRuns();
    const events = record && (await Array.fromAsync(store.readEvents(record.id)));
    return { record, events };
  });

describe("a start that fails before anybody is asked", () => {
  it.each([
    ["a misspelt person", study("lisa, marcos, oscr"), 2],
    ["a misspelt person after somebody who was not there before", study("minji, oscr"), 2],
    ["a bad persona file", study("lisa, ./bad.json"), 2],
    ["a persona file that is not there", study("lisa, ./none.json"), 2],
    ["a fragment that is none", study("{ file: lisa, fragments: [hungri] }"), 2],
    ["a name in a step that means nobody", study("lisa, oscar", "  - ask: { question: Tea?, who: Zoe }"), 2],
  ])("leaves the finished run of that name as it was: %s", async (_what, wrong, code) => {
    await project.write("bad.json", '{ "age": 4 }');
    expect((await start(study("lisa, oscar"))).code).toBe(0);
    const before = await kept();
    expect(before.record?.status).toBe("finished");
    const failed = await start(wrong);
    expect([failed.code, failed.stdout], failed.stderr).toEqual([code, ""]);
    expect(failed.stderr).not.toMatch(/--resume|is kept|calls/);
    expect(await kept()).toEqual(before);
    const again = await start(study("lisa, oscar"));
    expect([again.code, again.stdout.match(/\d+ from the journal/)?.[0]]).toEqual([0, "2 from the journal"]);
  });

  it("is a failed run where there was none, and one that can be started once it is mended", async () => {
    expect((await start(study("lisa, oscr"))).stderr).not.toMatch(/--resume|is kept|calls/);
    expect((await kept()).record?.status).toBe("failed");
    expect((await start(study("lisa, oscar"))).code).toBe(0);
    expect((await kept()).record?.status).toBe("finished");
  });

  it("in a program, too, whose run is closed as it leaves", async () => {
    const options = { name: "program", model: "builtin", environment: project.environment() };
    {
      await using simulation = await openSimulation(options);
      const [lisa] = await simulation.loadPeople("lisa");
      await lisa?.listenAndAct("Tea?");
    }
    const before = await kept();
    expect(before.record?.status).toBe("finished");
    await expect(async () => {
      await using simulation = await openSimulation(options);
      await simulation.loadPeople("lisa", "oscr");
    }).rejects.toMatchObject({ code: "TARGET_UNKNOWN" });
    expect(await kept()).toEqual(before);
  });
});

describe("a start that fails once somebody was asked", () => {
  it("is a failed run, and says how to go on", async () => {
    const [one, other] = ["{ objective: o, from: Oscar, fields: { a: b }, as: t }", "{ question: Tea?, who: Lisa }"];
    const failed = await start(`name: talk\npeople: [lisa, oscar]\nsteps: [{ ask: ${other} }, { extract: ${one} }]`);
    expect([failed.code, failed.stdout]).toEqual([2, ""]);
    expect(failed.stderr).toMatch(/1 call · [\s\S]*is kept in run[\s\S]*--resume talk-/);
    expect((await kept()).record?.status).toBe("failed");
  });
});
