import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe } from "vitest";
import { openSqliteStore } from "../../../src/store/sqlite/open.ts";
import { storeContract } from "../../support/store-contract.ts";

let folder = "";
let files = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "store-"));
});
afterAll(() => rm(folder, { recursive: true }));

const newFile = (): string => join(folder, "deep", `${++files}.db`);

describe("sqlite store", () =>
  storeContract(
    () => openSqliteStore(newFile()),
    (store) => openSqliteStore(store.location),
  ));
