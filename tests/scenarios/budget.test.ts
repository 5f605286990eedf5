import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Budget, isTinyTroupeError } from "../../src/index.ts";
import { commandHere } from "../support/command-here.ts";
import { untilRequest } from "../support/counted.ts";
import type { FakeProvider } from "../support/fake-provider/server.ts";
import { exampleFile, type Project, study, tempProject } from "../support/project.ts";
import { castServer, chatModel, openaiAt } from "../support/served.ts";

let project: Project;
let server: FakeProvider;
const usage = { input: 3_000, cached: 0, output: 5_000, reasoning: 0 };
const usdOfCall = (usage.input * 0.15 + usage.output * 0.6) / 1e6;
const callsNeeded = 16;

beforeEach(async () => {
  [project, server] = await Promise.all([tempProject(), castServer(() => ({ usage, afterMs: 5 }))]);
});
afterEach(() => Promise.all([project[Symbol.asyncDispose](), server[Symbol.asyncDispose]()]));

const ads = () => study(exampleFile("02-tv-ad", "main.ts"));
const playWith = async (budget: Budget | undefined, model: string = chatModel) =>
  project.play(await ads(), { model, variables: openaiAt(server.url), ...(budget && { budget }) });

const spentOf: Readonly<Record<keyof Budget, (calls: number) => number>> = {
  calls: (calls) => calls,
  tokens: (calls) => calls * (usage.input + usage.output),
  usd: (calls) => calls * usdOfCall,
};

describe.each<[keyof Budget, number]>([
  ["calls", 5],
  ["tokens", 50_000],
  ["usd", 0.02],
])("a budget of %s", (unit, limit) => {
  it("is a hard wall with many calls at once, and the run goes on with a larger one, paying for the rest", async () => {
    // The first two are answered once both are there, however busy the machine is.
    const both = untilRequest(2, (_request, count) => ({ usage, ...(count < 2 && { until: both.reached }) }));
    server.direct(both.director);
    const stopped = await playWith({ [unit]: limit });
    const asked = server.requests.length;
    expect(server.most, "calls at once").toBeGreaterThan(1);
    expect(asked).toBeGreaterThan(1);
    expect(asked).toBeLessThan(callsNeeded);
    expect(spentOf[unit](asked)).toBeLessThanOrEqual(limit);
    if (unit === "calls") expect(asked).toBe(limit);
    expect(stopped.error).toMatchObject({
      code: "BUDGET_EXCEEDED",
      data: { limit: { [unit]: limit }, spent: { calls: asked } },
      hint: expect.stringMatching(/budget.*resume/),
    });
    expect(stopped.story.filter(({ type }) => type === "turn-failed")).toEqual([]);

    // The wall stands for the run, however often it is started.
    const again = await playWith({ [unit]: limit });
    expect(isTinyTroupeError(again.error, "BUDGET_EXCEEDED")).toBe(true);
    const little = server.requests.length;
    expect(spentOf[unit](little)).toBeLessThanOrEqual(limit);

    const finished = await playWith({ [unit]: limit * 20 });
    expect(finished.error).toBeUndefined();
    expect(finished.run).toBe(stopped.run);
    expect(server.requests.length).toBe(callsNeeded);
    expect(finished.shown.filter(({ type }) => type === "diverged")).toEqual([]);

    await using other = await tempProject();
    const whole = await other.play(await ads(), { model: chatModel, variables: openaiAt(server.url) });
    expect(finished.story).toEqual(whole.story);
    expect(finished.result).toEqual(whole.result);
  });
});

describe("a budget that was reached", () => {
  it("ends the study where it is: nothing else is asked, told or extracted, and the story is not bent", async () => {
    const room = await study(exampleFile("03-brainstorming", "main.ts"));
    const on = { model: chatModel, variables: openaiAt(server.url) };
    const stopped = await project.play(room, { ...on, budget: { calls: 5 } });
    expect(stopped.error).toMatchObject({ code: "BUDGET_EXCEEDED" });
    expect(stopped.story.filter(({ type }) => type === "broadcast").length).toBe(1);
    const finished = await project.play(room, on);
    expect(finished.error).toBeUndefined();
    expect(server.requests.length).toBe(13);
    expect(finished.shown.filter(({ type }) => type === "diverged")).toEqual([]);
  });

  it("is told on the command line, with exit code 3 and how to go on", async () => {
    const args = ["run", exampleFile("02-tv-ad", "main.ts"), "--model", chatModel, "--budget", "5 calls"];
    const ended = await commandHere(project, args, openaiAt(server.url));
    expect(ended.code).toBe(3);
    expect(server.requests.length).toBe(5);
    expect(ended.stderr).toContain("BUDGET_EXCEEDED");
    expect(ended.stderr).toMatch(/tinytroupe.* run /);
  });
});

describe("a budget in dollars", () => {
  it("is refused at the start when the price is not known, and leaves nothing behind", async () => {
    const model = "openai/gpt-nobody-knows";
    await expect(playWith({ usd: 1 }, model)).rejects.toMatchObject({ code: "PRICE_UNKNOWN", data: { model } });
    expect(server.requests).toEqual([]);
    expect(await project.withStore((store) => store.listRuns())).toEqual([]);
    expect((await playWith(undefined, model)).error).toBeUndefined();
  });
});
