import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseSpecification, samplePopulation } from "tinytroupe";
import type { Scenario } from "./harness/scenario.ts";

const size = 100_000;

/** A town of ten dimensions, with two joint tables, two conditions and four constraints, as a file. */
const file = join(import.meta.dirname, "support/town.json");

export const scenario: Scenario = {
  measures: "drawing people from a specification of ten dimensions that mostly depend on each other, without a model",
  seconds: 15,
  run: async ({ row, progress }) => {
    const town = parseSpecification(JSON.parse(await readFile(file, "utf8")));
    progress("warming up");
    await samplePopulation(town, { size: 1_000, seed: 0 });
    const scenario = `${size} people`;
    for (const method of ["quota", "random", "latin hypercube", "halton"] as const) {
      progress(`${size} people by ${method}`);
      const [start, processor] = [performance.now(), process.cpuUsage()];
      const { people, report } = await samplePopulation(town, { size, seed: 1, method });
      const value = (performance.now() - start) / 1_000;
      const { user, system } = process.cpuUsage(processor);
      if (people.length !== size) throw new Error("Somebody is missing.");
      row({ scenario, metric: `drawn by ${method}`, value, unit: "s", goal: { atMost: 2 } });
      row({ scenario, metric: `… of the processor's time`, value: (user + system) / 1e6, unit: "s" });
      if (method !== "quota") continue;
      const missed = report.tests.filter(({ withinRounding }) => !withinRounding).length;
      row({ scenario, metric: "tables not met within one person", value: missed, unit: "", goal: { atMost: 0 } });
    }
  },
};
