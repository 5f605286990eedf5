import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isTinyTroupeError } from "../../../src/index.ts";
import { type Fault, faults } from "../../support/fake-provider/faults.ts";
import { dialects } from "../../support/served.ts";
import { callsNeeded, type Opening, open, type Stage, stageFor, told } from "./market.ts";
import { expectNoTrace, expectSound, expectToGoOn, expectWaits } from "./sound.ts";

/** All of them together, in equal shares that add up to this. */
const together = (share: number, kinds: readonly Fault[] = faults) =>
  Object.fromEntries(kinds.map((kind) => [kind, share / kinds.length]));
const quick: readonly Fault[] = faults.filter((fault) => fault !== "hang" && fault !== "stalled");
const onTheWay: readonly Fault[] = ["429 in milliseconds", "429", "500", "503", "529", "reset", "cut", "cut cleanly"];

describe.each(dialects.map((dialect) => ({ dialect, model: dialect[0] })))("$model", ({ dialect }) => {
  let stage: Stage;
  let calm: Opening;
  beforeAll(async () => {
    stage = await stageFor(dialect);
    calm = await open(stage, "calm");
  });
  afterAll(() => stage[Symbol.asyncDispose]());

  it.each([0.05, 0.15, 0.3])("a crowd gets through all faults at once (%d of the requests)", async (share) => {
    const name = `all ${share}`;
    const rest = { people: 12, stream: share === 0.15, concurrency: 8 };
    const plan = { faults: together(share) };
    const run = await open(stage, name, { ...rest, plan, deadlineMs: 1_000 });
    expectSound(run);
    if (share === 0.3) expect(run.log.length).toBeGreaterThan(callsNeeded(12));
    const again = await open(stage, name, { ...rest, plan: { ...plan, seed: "another" }, deadlineMs: 1_000 });
    expectSound(again, [run]);
    await expectToGoOn(stage, name, [run, again], rest);
  });

  it("a run whose calls are not tried again fails by its people, and comes to the calm end when gone on with", async () => {
    const crowd = { people: 8 };
    const calmCrowd = await open(stage, "calm crowd", crowd);
    const plan = { faults: together(0.3, onTheWay) };
    const run = await open(stage, "once", { ...crowd, plan, retry: { attempts: 1 } });
    expectSound(run);
    const failures = told(run, "failed").map(({ error }) => error.code);
    expect(new Set(failures)).toEqual(new Set(["MODEL_UNAVAILABLE"]));
    expectNoTrace(await expectToGoOn(stage, "once", [run], crowd), calmCrowd);
  });

  it("a provider that is down stops the run with a typed error, and it goes on when the provider is back", async () => {
    const retry = { attempts: 2, firstMs: 1 };
    const down = await open(stage, "down", { plan: { faults: { "503": 1 } }, retry });
    expectSound(down);
    expect(down.error).toMatchObject({ code: "MODEL_UNAVAILABLE", data: { status: 503, attempts: 2 } });
    expect(told(down, "turn")).toEqual([]);
    expectNoTrace(await expectToGoOn(stage, "down", [down]), calm);
  });

  it("a provider that asks to come back in an hour stops the run at once, and says so", async () => {
    const plan = { faults: { "429 in seconds": 1 }, retryAfterMs: 3_600_000 } as const;
    const sent = await open(stage, "an hour", { plan, concurrency: 1 });
    expectSound(sent);
    expect(sent.error).toMatchObject({ code: "MODEL_UNAVAILABLE", hint: expect.stringContaining("60 minutes") });
    expect(sent.log.length).toBe(3);
    expectNoTrace(await expectToGoOn(stage, "an hour", [sent]), calm);
  });

  it("never more requests than the budget has calls, over all openings", async () => {
    for (const calls of [1, 4, callsNeeded(3), callsNeeded(3) + 2]) {
      const name = `budget ${calls}`;
      const options = { budget: { calls }, plan: { faults: together(0.3, quick) }, concurrency: 3 };
      const openings: Opening[] = [];
      for (const seed of ["one", "two", "three"]) {
        const run = await open(stage, name, { ...options, plan: { ...options.plan, seed: `${name} ${seed}` } });
        expectSound(run, openings);
        openings.push(run);
        const asked = openings.reduce((sum, { log }) => sum + log.length, 0);
        expect(asked).toBeLessThanOrEqual(calls);
        if (isTinyTroupeError(run.error, "BUDGET_EXCEEDED")) expect(asked).toBe(calls);
      }
      const met = openings.some(({ error }) => isTinyTroupeError(error, "BUDGET_EXCEEDED"));
      if (calls < callsNeeded(3)) expect(met).toBe(true);
      await expectToGoOn(stage, name, openings);
    }
  });
});

// Both at once: all that they do is wait.
it.concurrent.each(["429 in seconds", "429 by date"] as const)("a second told by a %s is waited for", async (fault) => {
  await using stage = await stageFor(dialects[0]);
  const run = await open(stage, fault, { plan: { faults: { [fault]: 0.3 }, retryAfterMs: 1_000 } });
  expectSound(run);
  expect(run.error).toBeUndefined();
  expect(expectWaits(run, 1_000)).toBeGreaterThan(0);
});
