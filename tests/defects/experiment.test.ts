import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { createBlinding } from "../../src/experiment/blinding.ts";
import { inPlaceExperiment } from "../../src/experiment/in-place/in-place-experiment.ts";
import { programOf } from "../support/compiled.ts";

const program = programOf("in-place-run");
const folder = mkdtempSync(join(tmpdir(), "experiment-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const items = Array.from({ length: 40 }, (_, place) => `item ${place}`);
const shown = { control: "control", treatment: "treatment" };

it("A41: items meet arms in either order, half of them in each where they are known, and any item can be unblinded", () => {
  const options = { arms: ["control", "treatment"], seed: 42 } as const;
  const firsts = (blinding: ReturnType<typeof createBlinding>) =>
    items.filter((item) => blinding.blind(item, shown)[0]?.shown === "control").length;
  expect(firsts(createBlinding({ ...options, items }))).toBe(20);
  const blinding = createBlinding(options);
  expect(firsts(blinding)).toBeGreaterThan(8);
  expect(firsts(blinding)).toBeLessThan(32);
  // Another program, that showed nothing, knows as well what was behind the labels, in whatever order it asks.
  const later = createBlinding(options);
  for (const item of items.toReversed())
    for (const { label, shown: arm } of blinding.blind(item, shown)) expect(later.unblind(item, label)).toBe(arm);
});

const original = `{
  "experiments": {
    "control": {"results": {"propensity": [1, NaN, 3], "spread": -Infinity, "why": ["NaN"]},
      "statistical_test_results_vs_others": {"treatment": {"propensity": {"p_value": NaN}}}},
    "treatment": {"results": {"propensity": [2, 4]}}
  },
  "active_experiment": null,
  "finished_all_experiments": true,
  "finished_experiments": ["control", "treatment"]
}`;

it("A42: an arm that is added after all are finished is played, and a finished one that is played again is reopened", async () => {
  const experiment = inPlaceExperiment(join(folder, "late.json"));
  await experiment.addArms("control");
  await experiment.activate();
  await experiment.finish("control");
  expect(await experiment.activate()).toBeUndefined();
  await experiment.addArms("late");
  expect(await experiment.activate()).toBe("late");
  await experiment.finish("late");
  expect(await experiment.activate("control")).toBe("control");
  expect(await experiment.state()).toMatchObject({ active: "control", finished: ["late"], unfinished: ["control"] });
});

it("A42: programs that change the file at once lose nothing of each other", async () => {
  const file = join(folder, "shared.json");
  const names = ["ana", "ben"];
  const ends = names.map((name) =>
    once(spawn(process.execPath, [program, file, name, "25"], { stdio: "inherit" }), "exit"),
  );
  expect(await Promise.all(ends)).toEqual([
    [0, null],
    [0, null],
  ]);
  const { arms, results } = await inPlaceExperiment(file).state();
  expect(arms.toSorted()).toEqual(["arm of ana", "arm of ben", "shared"]);
  const heard = results["shared"]?.["heard"] as string[];
  const all = names.flatMap((name) => Array.from({ length: 25 }, (_, number) => `${name} ${number}`));
  expect(heard.toSorted()).toEqual(all.toSorted());
  // Those of each program in its own order.
  for (const name of names)
    expect(heard.filter((one) => one.startsWith(name))).toEqual(all.filter((one) => one.startsWith(name)));
});

it("A42: a file of the original with numbers that are no JSON is gone on with, and becomes JSON", async () => {
  const file = join(folder, "experiment_config.json");
  writeFileSync(file, original);
  const experiment = inPlaceExperiment(file);
  const { results, notes, unfinished } = await experiment.state();
  expect(results["control"]).toEqual({ propensity: [1, null, 3], spread: null, why: ["NaN"] });
  expect(unfinished).toEqual([]);
  expect(notes).toEqual([
    "experiments.control.results.propensity.1 was NaN; it is null.",
    "experiments.control.results.spread was -Infinity; it is null.",
    "experiments.control.statistical_test_results_vs_others.treatment.propensity.p_value was NaN; it is null.",
  ]);
  await experiment.addArms("late");
  await experiment.addResults("treatment", { propensity: [5] });
  const written = JSON.parse(readFileSync(file, "utf8"));
  expect(written).toMatchObject({
    experiments: { control: { statistical_test_results_vs_others: { treatment: {} } }, late: {} },
    ...{ active_experiment: null, finished_all_experiments: false, finished_experiments: ["control", "treatment"] },
  });
  expect(await experiment.state()).toMatchObject({
    notes,
    unfinished: ["late"],
    results: { treatment: { propensity: [2, 4, 5] } },
  });
});
