import type { Scenario } from "../../../bench/harness/scenario.ts";

export const scenario: Scenario = {
  measures: "nothing, quickly",
  seconds: 0,
  run: async ({ row, progress }) => {
    progress("looking");
    row({ scenario: "tiny", metric: "met", value: 1.5, unit: "ms", goal: { atMost: 1.5 } });
    row({ scenario: "tiny", metric: "missed", value: 9, unit: "1/s", goal: { atLeast: 10 } });
    row({ scenario: "tiny", metric: "shown", value: 3, unit: "calls" });
    row({ scenario: "tiny", metric: "elsewhere", value: null, unit: "s", goal: { atMost: 1 }, lacks: "Buy a clock." });
  },
};
