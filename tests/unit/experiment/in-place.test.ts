import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, describe, expect, it } from "vitest";
import { inPlaceExperiment } from "../../../src/experiment/in-place/in-place-experiment.ts";
import { takeRunLock } from "../../../src/store/sqlite/run-lock.ts";

const folder = mkdtempSync(join(tmpdir(), "in-place-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const places = Array.from({ length: 40 }, (_, place) => join(folder, `${place}`, "experiment.json"));
const place = (): string => places.pop() as string;
const invalid = expect.objectContaining({ code: "OPTION_INVALID" });

async function begun(...arms: readonly string[]) {
  const file = place();
  const experiment = inPlaceExperiment(file);
  await experiment.addArms(...arms);
  return { file, experiment };
}

describe("an experiment in place", () => {
  it("plays arm after arm, over several starts of the program", async () => {
    const { file } = await begun("plain", "warm");
    const played: unknown[] = [];
    for (let start = 0; start < 4; start++) {
      const experiment = inPlaceExperiment(file);
      await experiment.addArms("plain", "warm");
      const arm = await experiment.activate();
      played.push(arm);
      if (arm !== undefined) await experiment.finish(arm);
    }
    expect(played).toEqual(["plain", "warm", undefined, undefined]);
    expect(await inPlaceExperiment(file).state()).toMatchObject({ active: undefined, unfinished: [] });
  });

  it("comes back to the arm in which a program was killed", async () => {
    const { file, experiment } = await begun("plain", "warm");
    await experiment.activate("warm");
    expect(await inPlaceExperiment(file).activate()).toBe("warm");
  });

  it("needs arms, and knows no others", async () => {
    const { experiment } = await begun();
    await expect(experiment.activate()).rejects.toThrow(invalid);
    await experiment.addArms("plain");
    const unknown = expect.objectContaining({ code: "TARGET_UNKNOWN", data: { target: "toString", known: ["plain"] } });
    for (const meant of [experiment.activate("toString"), experiment.finish("toString")])
      await expect(meant).rejects.toThrow(unknown);
    await expect(experiment.addResults("toString", {})).rejects.toThrow(unknown);
  });

  it("appends lists, merges objects and keeps single values that agree", async () => {
    const { experiment } = await begun("plain");
    await experiment.addResults("plain", { intent: [1], model: "builtin", by: { age: { young: [1] } } });
    await experiment.addResults("plain", { intent: [1, 2], model: "builtin", by: { age: { young: [2], old: [3] } } });
    const { results } = await experiment.state();
    expect(results["plain"]).toEqual({
      intent: [1, 1, 2],
      model: "builtin",
      by: { age: { young: [1, 2], old: [3] } },
    });
  });

  it.each([
    ["two single values", { model: "other" }, "results.model"],
    ["a list and a single value", { intent: 3 }, "results.intent"],
    ["values deep within", { by: { age: 4 } }, "results.by.age"],
    ["null and a value", { model: null }, "results.model"],
  ])("refuses %s that contradict each other, and changes nothing", async (_what, added, option) => {
    const { file, experiment } = await begun("plain");
    await experiment.addResults("plain", { intent: [1], model: "builtin", by: { age: 3 } });
    const before = readFileSync(file, "utf8");
    const adding = experiment.addResults("plain", { more: [1], ...added });
    await expect(adding).rejects.toThrow(
      expect.objectContaining({ code: "OPTION_INVALID", data: expect.objectContaining({ option }) }),
    );
    expect(readFileSync(file, "utf8")).toBe(before);
  });

  it("counts what a run gives once, name by name, and refuses something else", async () => {
    const { experiment } = await begun("plain", "warm");
    for (const run of ["one", "two", "one"]) await experiment.addResults("plain", { intent: [4] }, { run });
    await experiment.addResults("plain", { intent: [4], price: [9] }, { run: "one" });
    await experiment.addResults("warm", { intent: [4] }, { run: "one" });
    expect((await experiment.state()).results).toEqual({
      plain: { intent: [4, 4], price: [9] },
      warm: { intent: [4] },
    });
    await expect(experiment.addResults("plain", { intent: [5] }, { run: "one" })).rejects.toThrow(invalid);
  });

  it("replaces by name when asked to, and then takes runs again", async () => {
    const { experiment } = await begun("plain");
    await experiment.addResults("plain", { intent: [4], price: [9] }, { run: "one" });
    await experiment.addResults("plain", { intent: [5] }, { run: "two", replace: true });
    expect((await experiment.state()).results["plain"]).toEqual({ intent: [5], price: [9] });
    await experiment.addResults("plain", { intent: [4], price: [9] }, { run: "one" });
    await experiment.addResults("plain", { intent: [5] }, { run: "two" });
    expect((await experiment.state()).results["plain"]).toEqual({ intent: [5, 4], price: [9] });
  });

  it.each([[Number.NaN], [Number.POSITIVE_INFINITY], [new Date(0)], [undefined], [1n]])(
    "never writes %s",
    async (value) => {
      const { file, experiment } = await begun("plain");
      const before = readFileSync(file, "utf8");
      const adding = experiment.addResults("plain", { by: { age: [1, value as never] } });
      await expect(adding).rejects.toThrow(
        expect.objectContaining({ code: "OPTION_INVALID", data: { option: "results.by.age.1" } }),
      );
      expect(readFileSync(file, "utf8")).toBe(before);
    },
  );
});

describe("the file of an experiment in place", () => {
  it.each([
    ["no JSON", '{"experiments": {', "line 1"],
    ["another file", '{"type": "TinyPerson"}', "experiments"],
    [
      "an active arm that there is not",
      '{"experiments": {}, "active_experiment": "a", "finished_experiments": []}',
      "'a'",
    ],
  ])("is refused and stays when it is %s", async (_what, text, says) => {
    const { file, experiment } = await begun("plain");
    writeFileSync(file, text);
    const refused = expect.objectContaining({ code: "STUDY_INVALID", message: expect.stringContaining(says) });
    await expect(experiment.state()).rejects.toThrow(refused);
    await expect(experiment.addArms("warm")).rejects.toThrow(refused);
    expect(readFileSync(file, "utf8")).toBe(text);
  });

  it("may be missing, but not a folder", async () => {
    expect(await inPlaceExperiment(place()).state()).toMatchObject({ arms: [], active: undefined });
    await expect(inPlaceExperiment(folder).state()).rejects.toThrow(
      expect.objectContaining({ code: "FILE_UNREADABLE" }),
    );
    const { file } = await begun("plain");
    const below = inPlaceExperiment(join(file, "experiment.json"));
    await expect(below.addArms("plain")).rejects.toThrow(expect.objectContaining({ code: "FILE_UNWRITABLE" }));
  });

  it("leaves texts alone that look like numbers", async () => {
    const { file, experiment } = await begun("plain");
    const text = 'NaN, "-Infinity" and \\';
    await experiment.addResults("plain", { NaN: [text] });
    expect((await inPlaceExperiment(file).state()).results["plain"]).toEqual({ NaN: [text] });
    expect((await experiment.state()).notes).toEqual([]);
  });

  it("is waited for while another program has it, for as long as one has patience", async () => {
    const { file, experiment } = await begun("plain");
    const lock = takeRunLock(join(file, "..", ".experiment.json.lock"), DatabaseSync);
    const impatient = inPlaceExperiment(file, { patienceMs: 0 }).addArms("never");
    await expect(impatient).rejects.toThrow(expect.objectContaining({ code: "STORE_LOCKED" }));
    const patient = experiment.addArms("warm");
    await lock?.release();
    await patient;
    expect((await experiment.state()).arms).toEqual(["plain", "warm"]);
    expect(readdirSync(join(file, ".."))).toEqual(["experiment.json"]);
  });

  it("loses nothing of many changes at once, and goes on after one that failed", async () => {
    const { file, experiment } = await begun("plain");
    const others = [experiment, inPlaceExperiment(file)];
    const numbers = Array.from({ length: 20 }, (_, number) => number);
    const adding = numbers.map((number) => others[number % 2]?.addResults("plain", { heard: [number] }));
    await expect(experiment.finish("nobody")).rejects.toThrow();
    await Promise.all(adding);
    const heard = (await experiment.state()).results["plain"]?.["heard"] as number[];
    expect(heard.toSorted((one, other) => one - other)).toEqual(numbers);
  });
});
