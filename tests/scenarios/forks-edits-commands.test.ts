import { afterEach, beforeEach, expect, it } from "vitest";
import { commandHere, jsonHere } from "../support/command-here.ts";
import { type Project, tempProject } from "../support/project.ts";

const study = `
name: kettles
seed: 7
people: [lisa, oscar, marcos]
world: { name: Room }
interventions: [{ name: price, fromStep: 2, once: true, do: [{ broadcast: The shop asks 90 euros. }] }]
arms:
  no: { said: [{ by: Lisa Brannigan, at: room/1, words: I would never buy one. }] }
  calm: { without: [price] }
  terse: { prompt: { up to four plain ones: one plain one } }
steps:
  - broadcast: What would make you pay for a kettle that can be repaired?
  - run: 3
`;

let project: Project;
beforeEach(async () => {
  project = await tempProject();
  await project.write("kettles.yaml", study);
});
afterEach(() => project[Symbol.asyncDispose]());

const json = (...args: readonly string[]) => jsonHere(project, ...args);

const words = async (run: string): Promise<readonly string[]> =>
  (await json("runs", "transcript", run)).entries.map(({ text }: { text: string }) => text);
const fork = ["fork", "kettles.yaml", "-m", "builtin", "--as"];

it("arms of a study file edit what somebody said, rules and interventions, and flags say the same", async () => {
  const { runs, rows } = await json("twins", "kettles.yaml", "-m", "builtin");
  const [control, no, calm, terse] = runs.map(({ run }: { run: string }) => run);
  expect(await words(control)).toContain("The shop asks 90 euros.");
  expect(await words(no)).toContain("I would never buy one.");
  expect(await words(calm)).not.toContain("The shop asks 90 euros.");
  const same = (arm: string, step: string) =>
    rows.filter((row: { arm: string; step: string }) => row.arm === arm && row.step === step);
  // Everybody's rules are others in one arm; in the other nothing is until the second step.
  expect(same("calm", "room/1").map(({ reused }: { reused: boolean }) => reused)).toEqual([true, true, true]);
  expect(same("terse", "room/1").map(({ reused }: { reused: boolean }) => reused)).toEqual([false, false, false]);
  expect(terse).toBeDefined();

  const said = await json(...fork, "said", "--said", "Lisa Brannigan@room/1=I would never buy one.");
  expect(await words(said.run)).toEqual(await words(no));
  const without = await json(...fork, "without", "--without", "price");
  expect(await words(without.run)).toEqual(await words(calm));
  const prompt = await json(...fork, "prompt", "--prompt", "up to four plain ones=one plain one");
  expect(await words(prompt.run)).toEqual(await words(terse));
  // A fork of it goes on with its edits.
  const onward = await json("fork", said.run, "--as", "onward", "--at", "room/3", "--say", "Well?");
  expect(await words(onward.run)).toEqual(expect.arrayContaining(["I would never buy one.", "Well?"]));
}, 120_000);

it("twins take the same edits by an arm's name", async () => {
  await project.write("plain.yaml", study.replace(/arms:[\s\S]*steps:/, "steps:"));
  const arms = [
    ...["--said", "no: Lisa Brannigan@room/1=I would never buy one."],
    ...["--without", "calm: price", "--prompt", "terse: up to four plain ones=one plain one"],
  ];
  const { runs } = await json("twins", "plain.yaml", "-m", "builtin", ...arms);
  expect(runs.map(({ arm }: { arm: string }) => arm)).toEqual(["control", "no", "terse", "calm"]);
  expect(await words(runs[1].run)).toContain("I would never buy one.");
  expect(await words(runs[3].run)).not.toContain("The shop asks 90 euros.");
}, 120_000);

it("twins are played with the seed that is said, whatever the study's is", async () => {
  await project.write("seeded.yaml", study.replace(/arms:[\s\S]*steps:/, "steps:"));
  const arm = ["twins", "seeded.yaml", "-m", "builtin", "--at", "room/2", "--arm", "dearer=90 euros."];
  const seedsOf = async (...flags: readonly string[]) =>
    (await json(...arm, ...flags)).runs.map(({ seed }: { seed: string }) => seed);
  expect(await seedsOf("--seed", "8")).toEqual(["8", "8"]);
  expect(await seedsOf("--seed", "8", "--seeds", "9,7")).toEqual(["9", "9", "7", "7"]);
}, 120_000);

it("twins show something of each arm, silence as such, and refuse a file that could not be written", async () => {
  const nowhere = await commandHere(project, ["twins", "kettles.yaml", "-m", "builtin", "--csv", "none/rows.csv"]);
  expect([nowhere.code, nowhere.stderr]).toEqual([1, expect.stringContaining("there is no folder none")]);
  expect(await project.withStore((store) => store.listRuns()).catch(() => [])).toEqual([]);
  const { stdout } = await commandHere(project, ["twins", "kettles.yaml", "-m", "builtin"]);
  expect(stdout.match(/^(?:control|no|calm|terse) {2,}\S/gm)?.map((line) => line.split(" ")[0])).toEqual(
    expect.arrayContaining(["no", "calm", "terse"]),
  );
  expect(stdout).not.toMatch(/^(?:control|no|calm|terse) *$(?=\n\n)/m);
}, 120_000);

it.each([
  [["--said", "Lisa Brannigan: No."], 'as in --said "'],
  [["--prompt", "terse"], 'as in --prompt "'],
  [["--said", "Lisa Brannigan@room/9=No."], "They did at: room/1"],
  [["--without", "prise"], "There are: price."],
  [["--prompt", "words that stand nowhere=others"], "changed nobody's rules"],
])("what cannot be edited says what can: %s", async (flags, hint) => {
  await json("run", "kettles.yaml", "-m", "builtin");
  const wrong = await commandHere(project, [...fork, "x", ...flags]);
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining(hint)]);
});

it("a place to which the run never came is refused before anything is played, with those to which it did", async () => {
  const { run } = await json("run", "kettles.yaml", "-m", "builtin");
  const played = () => project.withStore((store) => store.listRuns());
  const before = await played();
  for (const source of [run, "kettles.yaml"]) {
    const wrong = await commandHere(project, ["fork", source, "--as", "late", "--at", "room/99", "--say", "Well?"]);
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining(`The run ${run} never came to 'room/99'`)]);
    expect(wrong.stderr).toContain("It came to: room/1, room/2, room/3.");
  }
  await project.write(
    "plain.yaml",
    study.replace(/arms:[\s\S]*steps:/, "steps:").replace("name: kettles", "name: plain"),
  );
  const plain = await json("run", "plain.yaml", "-m", "builtin");
  const twins = await commandHere(project, ["twins", "plain.yaml", "--at", "Room/2", "--arm", "dearer=90 euros."]);
  expect([twins.code, twins.stderr]).toEqual([
    2,
    expect.stringContaining(`The run ${plain.run} never came to 'Room/2'`),
  ]);
  expect((await played()).filter(({ id }) => id !== plain.run)).toEqual(before);
  // A file that was edited since may come further than its run did.
  await project.write("kettles.yaml", study.replace("run: 3", "run: 5"));
  const further = await json("fork", "kettles.yaml", "--as", "late", "--at", "room/5", "--say", "And now?");
  expect(await words(further.run)).toContain("And now?");
}, 120_000);

it.each([
  [["--persona", "Nobody Here: age=80", "--prompt", "up to four plain ones=one plain one"], "Lisa Brannigan, Oscar"],
  [["--said", "Nobody Here@room/2=No.", "--reword", "a kettle=a toaster"], "Lisa Brannigan, Oscar"],
  [["--without", "prise", "--reword", "a kettle=a toaster"], "There are: price."],
])("an edit of somebody or something that never was is refused before anything is played: %s", async (flags, known) => {
  const { run } = await json("run", "kettles.yaml", "-m", "builtin");
  for (const source of [run, "kettles.yaml"]) {
    const wrong = await commandHere(project, ["fork", source, "-m", "builtin", "--as", "x", ...flags]);
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining(known)]);
  }
  const arms = flags.map((text) => (text.startsWith("--") ? text : `x: ${text}`));
  const wrong = await commandHere(project, ["twins", "kettles.yaml", "-m", "builtin", "--seed", "8", ...arms]);
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining(known)]);
  const runs = await project.withStore((store) => store.listRuns());
  const isOfPeople = known.startsWith("Lisa"); // whom nobody knows before the study was played once with this seed
  expect(runs.filter(({ seed }) => seed === "7").map(({ id }) => id)).toEqual([run]);
  expect(runs.some(({ seed }) => seed === "8")).toBe(isOfPeople);
});

it("who comes into the study since its file was edited may be edited", async () => {
  await json("run", "kettles.yaml", "-m", "builtin");
  await project.write("kettles.yaml", study.replace("[lisa, oscar, marcos]", "[lisa, oscar, raghav]"));
  const forked = await json(...fork, "later", "--persona", "Raghav Deshpande: age=80");
  expect(forked.ok).toBe(true);
});

it("of several words to be said otherwise, those that nobody was told are named, in flags and in arms of a file", async () => {
  const both = "{ reword: { a kettle: a toaster, a toaster: a pan, a fridge: a bike } }";
  await project.write("kettles.yaml", study.replace("  calm:", `  pan: ${both}\n  calm:`));
  const missed = "Nobody was told 'a fridge': see 'reword' of the arm 'pan'.\n";
  const told = /^Nobody was told.*\n/gm;
  const asArm = await commandHere(project, ["twins", "kettles.yaml", "-m", "builtin"]);
  expect([asArm.code, asArm.stderr.match(told)]).toEqual([0, [missed]]);
  const forked = await commandHere(project, [...fork, "pan"]);
  expect([forked.code, forked.stderr.match(told)]).toEqual([0, [missed]]);
  const flags = ["--reword", "pan: a kettle=a toaster", "--reword", "pan: a fridge=a bike", "--replace"];
  const byFlags = await commandHere(project, ["twins", "kettles.yaml", "-m", "builtin", ...flags]);
  expect([byFlags.code, byFlags.stderr.match(told)]).toEqual([0, [missed]]);
}, 120_000);

it.each([
  ["--away", "Nobody"],
  ["--say", "Well?", "--to", "Nobody"],
])("who leaves or hears something is known before anything is played: %s %s", async (...flags) => {
  const { run } = await json("run", "kettles.yaml", "-m", "builtin");
  const edited = [...fork, "x", "--at", "room/3", "--reword", "a kettle=a toaster"];
  const wrong = await commandHere(project, [...edited, ...flags]);
  expect([wrong.code, wrong.stderr]).toEqual([
    2,
    expect.stringContaining(`Nobody in the run ${run} is called 'Nobody', and nothing was played.`),
  ]);
  expect((await project.withStore((store) => store.listRuns())).map(({ id }) => id)).toEqual([run]);
  await json(...edited, ...flags.map((text) => (text === "Nobody" ? "oscar" : text)));
});
