import { describe, expect, it } from "vitest";
import { createRandom } from "../../../../../src/kernel/values/random.ts";
import { withLimit } from "../../../../../src/model/flow/limit/layer.ts";
import { createLimiter } from "../../../../../src/model/flow/limit/limiter.ts";
import { withRetry } from "../../../../../src/model/flow/retry.ts";
import { wrap } from "../../../../../src/model/flow/wrap.ts";
import { scriptedModel } from "../../../../support/scripted-model.ts";
import { type VirtualTimer, virtualTimer } from "../../../../support/virtual-timer.ts";
import { request, unavailable } from "../fixture.ts";

/** What a server bears for so many seconds. */
interface Phase {
  readonly seconds: number;
  readonly concurrency: number;
  readonly perSecond?: number;
  /** Its Retry-After knows whole seconds only. */
  readonly coarse?: true;
}

const wireMs = 5;
const meanMs = 200;
const calls = 10_000;

const shapes: Readonly<Record<string, readonly Phase[]>> = {
  "up and down": [64, 16, 96, 24, 48, 128].map((concurrency) => ({ seconds: 6, concurrency })),
  "a sudden end of plenty": [
    { seconds: 8, concurrency: 200 },
    { seconds: 1_000, concurrency: 20 },
  ],
  "a sudden plenty": [
    { seconds: 10, concurrency: 8 },
    { seconds: 1_000, concurrency: 200 },
  ],
  "rates that change": [400, 120, 250, 60, 300].map((perSecond) => ({ seconds: 8, concurrency: 256, perSecond })),
  "rates whose waits are told in whole seconds": [400, 120, 250, 60, 300].map((perSecond) => ({
    ...{ seconds: 8, concurrency: 256, perSecond, coarse: true as const },
  })),
  "now the one, now the other": [
    { seconds: 7, concurrency: 40 },
    { seconds: 7, concurrency: 120, perSecond: 150 },
    { seconds: 7, concurrency: 12 },
    { seconds: 7, concurrency: 256, perSecond: 350 },
  ],
};

function phaseAt(shape: readonly Phase[], now: number): Phase {
  const round = shape.reduce((sum, { seconds }) => sum + seconds, 0);
  let left = (now / 1000) % round;
  for (const phase of shape) {
    left -= phase.seconds;
    if (left < 0) return phase;
  }
  throw new Error("A round is over before it is over.");
}

/**
 * The least time in which a server with these limits can answer all calls, in milliseconds, if what is in flight at a
 * change is left out.
 */
function leastMs(shape: readonly Phase[]): number {
  let [now, answered] = [0, 0];
  for (; answered < calls; now += 10) {
    const { concurrency, perSecond = Number.POSITIVE_INFINITY } = phaseAt(shape, now);
    answered += Math.min((concurrency / (meanMs + wireMs)) * 10, perSecond / 100);
  }
  return now + meanMs + wireMs;
}

/** A server that refuses what is beyond its limits: a rate with the time until there is room again, a crowd without. */
function server(shape: readonly Phase[], { timer, seed }: { timer: VirtualTimer; seed: number }) {
  const random = createRandom(seed);
  const seen = { refused: 0, inFlight: 0 };
  let [level, filledAt] = [0, 0];
  const refusal = (): unknown => {
    const { coarse, concurrency, perSecond } = phaseAt(shape, timer.now());
    if (seen.inFlight > concurrency) return unavailable(429);
    if (perSecond === undefined) return undefined;
    level = Math.min(perSecond, level + ((timer.now() - filledAt) * perSecond) / 1000);
    filledAt = timer.now();
    if (level < 1) {
      const waitMs = ((1 - level) / perSecond) * 1000;
      return unavailable(429, coarse ? Math.ceil(waitMs / 1000) * 1000 : waitMs);
    }
    level -= 1;
    return undefined;
  };
  const model = scriptedModel(async () => {
    await timer.sleep(wireMs);
    seen.inFlight += 1;
    const refused = refusal();
    if (refused === undefined) await timer.sleep(meanMs * (0.5 + random.next()));
    else seen.refused += 1;
    seen.inFlight -= 1;
    return refused ?? { said: "x" };
  });
  return { model, seen };
}

async function soak(shape: readonly Phase[], seed: number): Promise<{ ratio: number; refused: number }> {
  const timer = virtualTimer();
  const { model, seen } = server(shape, { timer, seed });
  const limiter = createLimiter({ concurrency: 256 }, timer);
  const asked = wrap(model, withLimit(limiter), withRetry({ random: createRandom(seed), timer, attempts: 10 }));
  let last = 0;
  const all = Promise.all(
    Array.from({ length: calls }, async () => {
      await asked.generate(request());
      last = timer.now();
    }),
  );
  await timer.advance(3_600_000);
  await all;
  return { ratio: last / leastMs(shape), refused: seen.refused };
}

describe("ten thousand calls against a server that changes its limits", () => {
  for (const [name, shape] of Object.entries(shapes)) {
    it.each([1, 2])(`take at most 1.3 times what the limits allow: ${name}, seed %i`, async (seed) => {
      const { ratio, refused } = await soak(shape, seed);
      expect(ratio).toBeLessThanOrEqual(1.3);
      expect(refused).toBeLessThanOrEqual(calls / 10);
    });
  }
});
