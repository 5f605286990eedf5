import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { expect, it } from "vitest";
import { createRandom } from "../../src/index.ts";
import { keepsCompiled, programOf } from "../support/compiled.ts";
import { markOf, wordsOf } from "../support/fake-provider/cast.ts";
import type { FakeRequest } from "../support/fake-provider/dialect.ts";
import type { Director } from "../support/fake-provider/server.ts";
import { type Project, tempProject } from "../support/project.ts";
import { castServer, chatModel, openaiAt } from "../support/served.ts";
import type { Month } from "../support/thirty-days.ts";

const program = programOf("thirty-days");
/** Estimated tokens that no prompt of these people may have: persona and rules, 1,100 of history, notes, the present. */
const budget = 6_000;

interface Where {
  readonly project: Project;
  readonly model: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** Plays the month as a process of its own, to its end or until it is killed as that day begins. */
async function live({ project, model, variables }: Where, killOn?: number): Promise<Month | undefined> {
  const env = { PATH: process.env["PATH"], HOME: project.folder, ...keepsCompiled, ...variables };
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", program, project.store, model], {
    ...{ env, cwd: project.folder, stdio: ["ignore", "pipe", "inherit"] },
  });
  const ended = new Promise<NodeJS.Signals | number | null>((resolve) =>
    child.on("close", (code, signal) => resolve(signal ?? code)),
  );
  let last = "";
  for await (const line of createInterface({ input: child.stdout })) {
    last = line;
    if (line === `day ${killOn}`) child.kill("SIGKILL");
  }
  expect(await ended).toBe(killOn === undefined ? 0 : "SIGKILL");
  return killOn === undefined ? (JSON.parse(last) as Month) : undefined;
}

/** The calls that are durable in the journal of the project's only run. */
const durable = (project: Project): Promise<number> =>
  project.withStore(async (store) => {
    const [run] = await store.listRuns();
    return run === undefined ? 0 : (await Array.fromAsync(store.listCalls(run.id))).length;
  });

async function storyOf(project: Project) {
  const [run] = await project.withStore((store) => store.listRuns());
  return project.story(run?.id ?? "");
}

/** An unbroken month and one that is killed three times come to the same, and no durable call is made again. */
async function survives(where: Omit<Where, "project">): Promise<Month> {
  await using whole = await tempProject();
  await using broken = await tempProject();
  const unbroken = (await live({ ...where, project: whole })) as Month;
  const needed = await durable(whole);
  expect(unbroken.asked).toBe(needed);

  const dice = createRandom("kills of a month");
  for (const [from, span] of [
    [1, 6],
    [8, 12],
    [21, 8],
  ] as const) {
    const before = await durable(broken);
    await live({ ...where, project: broken }, from + dice.integer(span));
    expect(await durable(broken)).toBeGreaterThan(before);
  }
  const kept = await durable(broken);
  const resumed = (await live({ ...where, project: broken })) as Month;
  expect(resumed.asked).toBe(needed - kept);
  expect(resumed.people).toEqual(unbroken.people);
  expect(resumed.present).toEqual(unbroken.present);
  expect(await storyOf(broken)).toEqual(await storyOf(whole));
  return unbroken;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** They know what they were told in the first week, for what a turn cost in the second one. */
function remembersCheaply({ present, prompts, people }: Month): void {
  expect(present).toHaveLength(4);
  for (const mind of present) expect(mind).toMatch(/\(2030-04-0\d [\d:]+\) .*key to the seed library/u);
  const inWeek = (first: number) =>
    prompts.filter(({ day }) => day >= first && day < first + 7).map(({ tokens }) => tokens);
  const ratio = mean(inWeek(23)) / mean(inWeek(7));
  expect(ratio).toBeGreaterThan(0.8);
  expect(ratio).toBeLessThan(1.2);
  expect(Math.max(...prompts.map(({ tokens }) => tokens))).toBeLessThan(budget);
  for (const { plans, others } of people) {
    expect(JSON.stringify(plans)).toContain("I want to start a seed library for the garden.");
    expect(others).toHaveLength(4);
  }
}

it("four people on the stand-in live thirty days, whatever kills them, and know of the first week", async () => {
  const month = await survives({ model: "builtin", variables: {} });
  remembersCheaply(month);
}, 240_000);

it("so do four on a provider", async () => {
  await using server = await castServer(gardener);
  const where = { model: chatModel, variables: openaiAt(server.url) };
  const month = await survives(where);
  remembersCheaply(month);
  expect(JSON.stringify(month.people.map(({ plans }) => plans))).toContain('"done":"person:');
}, 240_000);

/** Somebody who plans as they are told, agrees and contradicts by turns, and keeps what is worth it. */
const gardener: Director = (request) => {
  const words = wordsOf(request);
  const mark = markOf(request);
  if (hasProperty(request, "summary")) return { text: JSON.stringify(keeping(words, mark)) };
  return { text: JSON.stringify({ state: nothing, actions: [...planning(words), talk(mark), { type: "DONE" }] }) };
};

const nothing = { goals: null, context: null, attention: null, emotions: null };
const hasProperty = ({ schema }: FakeRequest, name: string): boolean =>
  Object.hasOwn((schema as { properties: object }).properties, name);

function planning(words: string): readonly object[] {
  const [, wish] = /You came to want “(.+?)”/u.exec(words) ?? [];
  if (wish !== undefined) {
    const steps = ["2030-04-05", "2030-04-12", "2030-04-20"].map((by) => ({ step: `What is due by ${by}`, by }));
    return [{ type: "PLAN", goal: wish, steps }];
  }
  const [, plan] = /Your plan (\d+), “[^”]*”: step \d+ of \d+, by [\d-]+, overdue/u.exec(words) ?? [];
  return plan === undefined ? [] : [{ type: "STEP_DONE", plan: Number(plan) }];
}

function talk(mark: string): object {
  const spread = mark.match(/../g)?.join(" ");
  const opening = Number.parseInt(mark[0] ?? "0", 16) % 2 === 0 ? "I agree with you there" : "I do not agree with you";
  return { type: "TALK", target: null, content: `${opening}, because ${spread} is what it costs.` };
}

function keeping(words: string, mark: string): object {
  const note = "The key to the seed library is in box 7, under the blue pot.";
  const told = words.includes("under the blue pot") && !words.includes(note) ? [note] : [];
  const added = [...told, `Note ${mark.match(/../g)?.join(" ")}.`].map((text, index) => ({
    ...{ kind: "fact", text, importance: index === 0 ? 8 : 2, about: ["Ilse"], events: [1] },
  }));
  return { summary: `Summary ${mark.match(/.../g)?.join(" ")}.`, added, revised: [], reflections: [] };
}
