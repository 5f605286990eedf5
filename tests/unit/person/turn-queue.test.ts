import { setImmediate as breath } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { TurnQueue, unlessAborted } from "../../../src/person/turn/turn-queue.ts";

const called = expect.objectContaining({ code: "ABORTED" });

describe("work that can be called off", () => {
  it.each(["before it began", "while it goes on"])(
    "(%s) may fail later without anybody hearing of it",
    async (when) => {
      const unheard: unknown[] = [];
      const note = (error: unknown): void => void unheard.push(error);
      process.on("unhandledRejection", note);
      const stop = new AbortController();
      if (when === "before it began") stop.abort("Enough.");
      const { promise: work, reject: fail } = Promise.withResolvers<never>();
      const outcome = unlessAborted(work, stop.signal).catch((error: unknown) => error);
      stop.abort("Enough.");
      expect(await outcome).toEqual(called);
      fail(new Error("Too late."));
      await breath();
      await breath();
      process.off("unhandledRejection", note);
      expect(unheard).toEqual([]);
    },
  );
  it("is called off where it has ended by then, too", async () => {
    await expect(unlessAborted(Promise.resolve(1), AbortSignal.abort())).rejects.toEqual(called);
    await expect(new TurnQueue().run(async () => 1, AbortSignal.abort())).rejects.toEqual(called);
    expect(await unlessAborted(Promise.resolve(1), new AbortController().signal)).toBe(1);
  });
});
