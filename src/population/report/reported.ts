import type { SamplingMethod } from "../draw.ts";
import type { Joint } from "../joint/joint.ts";
import type { Table } from "../joint/tree/tables.ts";
import type { Specification } from "../specification/schema.ts";
import type { HouseholdReport } from "./household-rows.ts";

/** What a report is made of. */
export interface Reported {
  readonly specification: Specification;
  readonly joint: Joint;
  /** The distribution that people were drawn from. */
  readonly tables: readonly Table[];
  readonly cellOf: readonly Int32Array[];
  readonly weights: Float64Array;
  readonly size: number;
  readonly seed: number | string;
  readonly method: SamplingMethod;
  readonly households?: HouseholdReport;
}
