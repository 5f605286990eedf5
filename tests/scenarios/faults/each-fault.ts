import { afterAll, beforeAll, expect, it } from "vitest";
import { type Fault, faults } from "../../support/fake-provider/faults.ts";
import { callsNeeded, type Opening, open, type Spoken, type Stage, shownOf, stageFor } from "./market.ts";
import { expectNoTrace, expectSound, expectToGoOn, expectWaits } from "./sound.ts";

/** How many of the requests meet the fault, and whether they are streamed. */
const all: readonly Share[] = [0.05, 0.15, 0.3].flatMap((share) => [false, true].map((stream) => ({ share, stream })));
/** What a fault is to the way of speaking that it comes in; how often it comes is the same to all. */
const some: readonly Share[] = [
  { share: 0.3, stream: false },
  { share: 0.3, stream: true },
];
interface Share {
  readonly share: number;
  readonly stream: boolean;
}
/** What concerns one answer: who asked hears of it. All others are tried again until they leave no trace. */
const ofAnswers: readonly Fault[] = ["malformed", "wrong shape", "empty", "refusal", "truncated", "filtered"];
const endless: readonly Fault[] = ["hang", "stalled"];

const waitMs = 30;

/**
 * Whole runs through each fault, streamed and not, and each gone on with when all is well again.
 * @param at which shares: all of them, or the largest alone
 */
export function goesThroughEachFault(dialect: Spoken, at: "each share" | "the largest share"): void {
  const shares = at === "each share" ? all : some;
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

  it.each(faults.filter((fault) => !endless.includes(fault)))("gets through %s", async (fault) => {
    const [failed, seen] = await throughFault(stage, fault, { calm, shares });
    expect(seen).toEqual(failed);
  });

  // They mostly wait, so they do it at once. A busy machine may be too slow for calls that met no fault, too: these are
  // tried again like the others, and there is time.
  it.concurrent.each(endless)(
    "gets through %s",
    async (fault) => {
      await using own = await stageFor(dialect);
      const [failed, seen] = await throughFault(own, fault, { calm, shares, deadlineMs: 400 });
      for (const [place, count] of failed.entries()) expect(seen[place]).toBeGreaterThanOrEqual(count);
    },
    120_000,
  );
}

/** Returns of each run how many requests met the fault, and how many failures those who watch were told of. */
async function throughFault(
  stage: Stage,
  fault: Fault,
  {
    calm,
    shares,
    ...deadline
  }: { readonly calm: Opening; readonly shares: readonly Share[]; readonly deadlineMs?: number },
): Promise<readonly [failed: readonly number[], seen: readonly number[]]> {
  const failed: number[] = [];
  const seen: number[] = [];
  for (const { share, stream } of shares) {
    const name = `${fault} ${share} ${stream}`;
    const plan = { faults: { [fault]: share }, retryAfterMs: fault === "429 in milliseconds" ? waitMs : 0 };
    const run = await open(stage, name, { plan, stream, ...deadline });
    expectSound(run);
    if (fault === "429 in milliseconds") expectWaits(run, waitMs);
    const met = run.log.filter(({ done }) => done === fault).length;
    failed.push(met);
    seen.push(shownOf(run, "call-failed").length);
    if (!ofAnswers.includes(fault)) expectNoTrace(run, calm);
    if (!ofAnswers.includes(fault) && !endless.includes(fault)) expect(run.log.length).toBe(callsNeeded(3) + met);
    await expectToGoOn(stage, name, [run], { stream });
  }
  expect(Math.max(...failed)).toBeGreaterThan(0);
  return [failed, seen];
}
