import { constants, promises } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { checkStore } from "../../../src/cli/commands/project/machine.ts";
import { openSqliteStore } from "../../../src/stores.ts";

const locked = new Set<unknown>();

let folder: string;
let path: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tinytroupe-machine-"));
  path = join(folder, "troupe.db");
  // Whoever is root may write anywhere: the answer of a system that refuses is played.
  const real = promises.access;
  vi.spyOn(promises, "access").mockImplementation(async (place, mode) => {
    if (mode === constants.W_OK && locked.has(place)) throw new Error("EACCES");
    return real(place, mode);
  });
  syncBuiltinESMExports();
});
afterAll(async () => {
  vi.restoreAllMocks();
  syncBuiltinESMExports();
  await rm(folder, { recursive: true });
});

const look = async (...refused: readonly string[]) => {
  locked.clear();
  for (const place of refused) locked.add(place);
  const environment = { folder, home: folder, platform: "linux" as const, variables: {} };
  const { state, found } = await checkStore(path, environment);
  return [state, found];
};

it("is not content with a journal that cannot be written to, nor with a folder that takes no file beside it", async () => {
  expect(await look()).toEqual(["good", expect.stringContaining("begins with the first run")]);
  expect(await look(folder)).toEqual(["bad", `${folder} cannot be written to.`]);
  await (await openSqliteStore(path)).close();
  expect(await look()).toEqual(["good", expect.stringContaining("0 runs")]);
  expect(await look(path)).toEqual(["bad", `${path} cannot be written to.`]);
  expect(await look(folder)).toEqual(["bad", `${folder} cannot be written to.`]);
});
