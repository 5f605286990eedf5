import type { Scenario } from "../../../bench/harness/scenario.ts";

export const scenario: Scenario = {
  measures: "something that breaks",
  seconds: 0,
  run: async ({ row }) => {
    row({ scenario: "broken", metric: "found before", value: 1, unit: "calls" });
    throw new Error("The server is gone.");
  },
};
