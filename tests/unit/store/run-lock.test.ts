import { existsSync, unlinkSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, it } from "vitest";
import { takeRunLock } from "../../../src/store/sqlite/run-lock.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lock-"));
});
afterEach(() => rm(folder, { recursive: true }));

/** A database whose file is gone when it is locked for the first time, as when its holder lets go just then. */
function vanishing(file: string, fails: boolean): typeof DatabaseSync {
  let times = 0;
  return class extends DatabaseSync {
    override exec(sql: string): void {
      if (sql === "begin exclusive" && times++ === 0) {
        unlinkSync(file);
        if (fails) throw new Error("disk I/O error");
      }
      super.exec(sql);
    }
  };
}

it.each([true, false])(
  "is taken anew where its file vanishes while it is locked (with an error: %s)",
  async (fails) => {
    const file = join(folder, "run.lock");
    const lock = takeRunLock(file, vanishing(file, fails));
    expect(existsSync(file)).toBe(true);
    expect(takeRunLock(file, DatabaseSync)).toBeUndefined();
    await lock?.release();
    expect(existsSync(file)).toBe(false);
  },
);

it("is not taken on a file that somebody removed, while another took the lock, before it was looked at", async () => {
  const file = join(folder, "run.lock");
  let other: ReturnType<typeof takeRunLock>;
  class Overtaken extends DatabaseSync {
    constructor(path: string) {
      super(path);
      if (other !== undefined) return;
      unlinkSync(path);
      other = takeRunLock(path, DatabaseSync);
    }
  }
  expect(takeRunLock(file, Overtaken)).toBeUndefined();
  await other?.release();
  expect(existsSync(file)).toBe(false);
});

it("throws what is wrong with a file that is still there", () => {
  class Broken extends DatabaseSync {
    override exec(): void {
      throw new Error("disk I/O error");
    }
  }
  expect(() => takeRunLock(join(folder, "run.lock"), Broken)).toThrow("disk I/O error");
});
