import { expect, it } from "vitest";
import { defineStudy, noConfiguration, playStudy } from "../../../src/index.ts";
import { createMemoryStore } from "../../../src/stores.ts";
import { scriptedModel } from "../../../src/testing/index.ts";

/** A study that ends like this, in which somebody has a shop that cannot be closed. */
const played = (end: () => string) => {
  const close = () => Promise.reject(new Error("The shop cannot be closed."));
  const study = defineStudy({
    name: "shop",
    run: async (simulation) => {
      await simulation.person({ name: "Lisa" }, { faculties: [{ name: "shop", actions: [], close }] });
      return end();
    },
  });
  return playStudy(study, { model: scriptedModel([]), store: createMemoryStore(), configuration: noConfiguration });
};

it("tells first what went wrong in a study, and then what cannot be closed", async () => {
  const broken = played(() => {
    throw new Error("The till is empty.");
  });
  await expect(broken).rejects.toThrow("The till is empty.");
  await expect(played(() => "done")).rejects.toThrow("The shop cannot be closed.");
});
