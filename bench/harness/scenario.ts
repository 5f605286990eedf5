import type { Row } from "./row.ts";

/** What a scenario tells while it runs. */
export interface Bench {
  /** A figure, as soon as it is known: what a scenario found before it failed is kept. */
  row(row: Row): void;
  /** What is going on, for those who wait. */
  progress(words: string): void;
}

/** One file `bench/<name>.ts` exports one as `scenario`; it runs in a process of its own. */
export interface Scenario {
  /** One line: what is measured, and against what. */
  readonly measures: string;
  /** About how long it takes on an idle machine of two cores. */
  readonly seconds: number;
  run(bench: Bench): Promise<void>;
}
