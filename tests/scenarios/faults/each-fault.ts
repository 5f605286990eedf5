import { afterAll, beforeAll, expect, it } from "vitest";
import { type Fault, faults } from "../../support/fake-provider/faults.ts";
import { callsNeeded, type Opening, open, type Spoken, type Stage, shownOf, stageFor } from "./market.ts";
import { expectNoTrace, expectSound, expectToGoOn, expectWaits } from "./sound.ts";

const shares = [0.05, 0.15, 0.3];
/** What concerns one answer: who asked hears of it. All others are tried again until they leave no trace. */
const ofAnswers: readonly Fault[] = ["malformed", "wrong shape", "empty", "refusal", "truncated", "filtered"];
const endless: readonly Fault[] = ["hang", "stalled"];

const waitMs = 30;

/** Whole runs through each fault at each share, streamed and not, and each gone on with when all is well again. */
export function goesThroughEachFault(dialect: Spoken): void {
  let stage: Stage;
  let calm: Opening;
  beforeAll(async () => {
    stage = await stageFor(dialect);
    calm = await open(stage, "calm");
  });
  afterAll(() => stage[Symbol.asyncDispose]());

  it(`plays calmly over ${dialect[1]}, streamed or not`, async () => {
    expectSound(calm);
    expect(calm.log.length).toBe(callsNeeded(3));
    const streamed = await open(stage, "calm and streamed", { stream: true });
    expectSound(streamed);
    // Rows are not shown while they are made.
    expect(streamed.log.filter((entry) => entry.streamed).length).toBe(callsNeeded(3) - 1);
    expectNoTrace(streamed, calm);
  });

  it.each(faults)("gets through %s", async (fault) => {
    let met = 0;
    for (const share of shares) {
      for (const stream of [false, true]) {
        const name = `${fault} ${share} ${stream}`;
        const deadline = endless.includes(fault) ? { deadlineMs: 400 } : {};
        const plan = { faults: { [fault]: share }, retryAfterMs: fault === "429 in milliseconds" ? waitMs : 0 };
        const run = await open(stage, name, { plan, stream, ...deadline });
        expectSound(run);
        if (fault === "429 in milliseconds") expectWaits(run, waitMs);
        const failed = run.log.filter(({ done }) => done === fault).length;
        const seen = shownOf(run, "call-failed").length;
        // Where time is short, a busy machine may be too slow for others too.
        if (endless.includes(fault)) expect(seen).toBeGreaterThanOrEqual(failed);
        else expect(seen).toBe(failed);
        if (!ofAnswers.includes(fault)) expectNoTrace(run, calm);
        if (!ofAnswers.includes(fault) && !endless.includes(fault)) {
          expect(run.log.length).toBe(callsNeeded(3) + failed);
        }
        await expectToGoOn(stage, name, [run], { stream });
        met += failed;
      }
    }
    expect(met).toBeGreaterThan(0);
  });
}
