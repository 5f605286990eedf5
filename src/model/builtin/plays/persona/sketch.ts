import type { Origin } from "../../words/names.ts";
import type { Work } from "../../words/work.ts";

/** Who a person is before the details: everything else follows from it. */
export interface Sketch {
  readonly name: string;
  readonly gender: string;
  readonly age: number;
  readonly origin: Origin;
  readonly city: string;
  readonly work: Work;
  readonly job: string;
  readonly organization: string;
  readonly interests: readonly string[];
}
