import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadExperiment, noConfiguration, runExperiment, validateFiles } from "../../../src/index.ts";
import { type Model, type ModelRequest, openModel } from "../../../src/models.ts";
import { createMemoryStore } from "../../../src/stores.ts";

const head = `
experiment: 1
name: kettles
metrics:
  talk: { from: { count: TALK } }
`;
const study = `
study:
  people: [lisa, oscar]
  world: { name: Room }
  steps:
    - broadcast: What is a good kettle worth, 40 euros?
    - run: 2
`;

async function written(text: string, name = "experiment.yaml"): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), "experiment-")), name);
  await writeFile(file, text);
  return file;
}

/** What the model read in each arm that the other did not. */
async function readBy(arms: string, more = ""): Promise<Readonly<Record<string, readonly string[]>>> {
  const read: string[] = [];
  const rules = await openModel("builtin", { environment: {} });
  const named = (id: string): Model => ({
    ...rules,
    id,
    generate: <T>(request: ModelRequest<T>) => {
      read.push(JSON.stringify(request.messages));
      return rules.generate(request);
    },
  });
  const experiment = await loadExperiment(await written(head + study + arms + more));
  const options = { store: createMemoryStore(), configuration: noConfiguration, model: named("builtin") };
  const found: Record<string, readonly string[]> = {};
  const run = await runExperiment(experiment, {
    ...options,
    onPlayed: ({ arm, model }) => void Object.assign(found, { [arm]: [...read.splice(0), model] }),
  });
  expect(run.played.map(({ error }) => error)).toEqual(run.played.map(() => undefined));
  return found;
}

describe("an experiment in a file", () => {
  it.each([
    ["words of a stimulus", "reword: { 40 euros: 200 euros }", /200 euros/],
    ["something that happens", "at: room/2, do: [{ broadcast: The shop burns. }]", /The shop burns/],
    [
      "an intervention",
      "at: room/2, interventions: [{ name: news, do: [{ broadcast: The shop burns. }] }]",
      /The shop burns/,
    ],
    ["a fragment of everybody", "fragments: [price-sensitive]", /hours of work before you judge it/],
    ["somebody's persona", "personas: { Oscar Ramsaran: { age: 91 } }", /age: 91/],
  ])("has an arm with %s", async (_what, arm, expected) => {
    const found = await readBy(`arms: { control: {}, other: { ${arm} } }\n`);
    expect(found["control"]?.filter((text) => expected.test(text))).toEqual([]);
    expect(found["other"]?.some((text) => expected.test(text))).toBe(true);
  });

  it("has an arm with another question", async () => {
    const asking = `
study:
  people: [lisa]
  steps: [{ ask: { question: Would you buy a kettle? } }]
`;
    const file = await written(`${head}${asking}arms: { control: {}, other: { reword: { kettle: pot } } }\n`);
    const { observations } = await runExperiment(await loadExperiment(file), {
      ...{ store: createMemoryStore(), configuration: noConfiguration, model: "builtin" },
    });
    expect(observations.map(({ arm, person }) => [arm, person])).toEqual([
      ["control", "lisa-brannigan"],
      ["other", "lisa-brannigan"],
    ]);
  });

  it("has an arm with another model, unless one model plays all", async () => {
    const arms = "arms: { control: {}, other: { model: builtin } }\n";
    const experiment = await loadExperiment(await written(head + study + arms));
    const rules = await openModel("builtin", { environment: {} });
    const mine = { ...rules, id: "mine" };
    const options = { store: createMemoryStore(), configuration: { ...noConfiguration, settings: { model: mine } } };
    const played = async (more: object) =>
      (await runExperiment(experiment, { ...options, ...more })).played.map(({ arm, model }) => `${arm} ${model}`);
    expect(await played({})).toEqual(["control mine", "other builtin"]);
    expect(await played({ model: mine })).toEqual(["control mine", "other mine"]);
  });

  it("has populations in place of the study's people, and names a study's file", async () => {
    const folder = await mkdtemp(join(tmpdir(), "experiment-"));
    await writeFile(join(folder, "study.yaml"), `name: s\npeople: [lisa]\nsteps: [{ ask: { question: Well? } }]\n`);
    const populations = "populations: { her: [lisa], him: [oscar, { file: marcos, name: Max Power }] }\n";
    const arms = "arms: { control: {}, other: { reword: { Well: Now } } }\n";
    await writeFile(join(folder, "experiment.yaml"), `${head}study: study.yaml\n${populations}${arms}`);
    const { observations } = await runExperiment(await loadExperiment(join(folder, "experiment.yaml")), {
      ...{ store: createMemoryStore(), configuration: noConfiguration, model: "builtin" },
    });
    expect(new Set(observations.map(({ population, person }) => `${population} ${person}`))).toEqual(
      new Set(["her lisa-brannigan", "him oscar-ramsaran", "him max-power"]),
    );
  });

  it("has a hash of its study, too", async () => {
    const arms = "arms: { control: {}, other: { reword: { kettle: pot } } }\n";
    const hashOf = async (text: string) => (await loadExperiment(await written(text))).design.digest;
    const [one, again, other] = await Promise.all(
      [study, study, study.replace("40", "50")].map((text) => hashOf(head + text + arms)),
    );
    expect(again).toBe(one);
    expect(other).not.toBe(one);
  });

  it.each([
    ["arms: { control: {}, same: {} }", "arms.same: Nothing is different here"],
    ["arms: { control: {}, other: { do: [{ broadcast: Hello. }] } }", "arms.other.at: Say where it is done"],
    ["arms: { control: {} }", "arms: There is nothing to compare"],
    [
      "factors: { a: { x: {}, y: { at: room/1, do: [{ tell: Hi. }] } }, b: { x: {}, y: { at: room/2, do: [{ tell: Ho. }] } } }",
      "They part at different places",
    ],
    ["arms: { control: {}, other: { reward: { a: b } } }", "Did you mean reword"],
  ])("is refused with its line where it says %s", async (arms, message) => {
    await expect(loadExperiment(await written(`${head}${study}${arms}\n`))).rejects.toMatchObject({
      code: "EXPERIMENT_INVALID",
      message: expect.stringContaining(message),
    });
  });

  it("is looked over with the study and the people that it names", async () => {
    const file = await written(
      `${head}${study.replace("oscar", "nobody.json")}arms: { a: {}, b: { model: builtin } }\n`,
    );
    const [inline] = await validateFiles(file);
    expect(inline).toMatchObject({ kind: "experiment", issues: [{ path: "study.people.1", line: 8 }] });
    const named = await written(`${head}study: none.yaml\narms: { a: {}, b: { model: builtin } }\n`);
    expect((await validateFiles(named)).map(({ kind, issues }) => [kind, issues.length])).toEqual([
      ["experiment", 0],
      ["study", 1],
    ]);
  });

  it("declares rows from elsewhere in a file that is looked over before there are rows", async () => {
    const said = async (claims: string, arms = "") => {
      const metrics = "metrics: { intent: { scale: { kind: number, low: 1, high: 5 } } }";
      const file = await written(`analysis: 1\nname: prices\n${arms}${metrics}\nclaims:\n${claims}`);
      const [report] = await validateFiles(file);
      return [report?.kind, ...(report?.issues ?? []).map(({ line, path }) => `${line} ${path}`)];
    };
    const off = (metric: string, contrast: string) =>
      `  off: { metric: ${metric}, contrast: ${contrast}, direction: less }\n`;
    expect(await said(off("intent", "[dearer, control]"))).toEqual(["analysis"]);
    expect(await said(off("intent", "[{ price: high }, { price: low }]"))).toEqual(["analysis"]);
    expect(await said(off("intnt", "[dearer, dearer]"))).toEqual([
      "analysis",
      "5 claims.off.metric",
      "5 claims.off.contrast",
    ]);
    expect(await said(off("intent", "[deerer, control]"), "arms: [control, dearer]\n")).toEqual([
      "analysis",
      "6 claims.off.contrast.0",
    ]);
  });

  it("is a program, too", async () => {
    const none = await written("export default 1;\n", "none.mjs");
    await expect(loadExperiment(none)).rejects.toMatchObject({ code: "EXPERIMENT_INVALID" });
  });
});
