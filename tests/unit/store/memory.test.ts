import { describe } from "vitest";
import { createMemoryStore } from "../../../src/store/memory.ts";
import { storeContract } from "../../support/store-contract.ts";

describe("memory store", () => storeContract(async () => createMemoryStore()));
