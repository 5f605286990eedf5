import type { ErrorRecord } from "../kernel/values/errors.ts";

/** The parts of a set. */
export const splits = ["train", "validation", "test"] as const;

/** A part of a set. */
export type DataSplit = (typeof splits)[number];

/** What somebody asked, and what they were answered. */
export interface DataExchange {
  readonly user: string;
  readonly assistant: string;
}

/** An item of a set, as it was drawn and written. */
export interface DataItem {
  /** `0001`, `0002` …: its place in the draw. */
  readonly id: string;
  readonly split: DataSplit;
  /** The value of each dimension, by its id: drawn before the text was written. */
  readonly values: Readonly<Record<string, string>>;
  /** Of labelled sets: drawn before the text was written, and binding. */
  readonly label?: string;
  /** The whole text; of a conversation what was said, a line each. */
  readonly text: string;
  /** Of conversations alone. */
  readonly exchanges?: readonly DataExchange[];
}

/** Why an item will not do; `failed`: nothing came from the model. */
export type DataFault = "empty" | "label" | "copy" | "failed";

/** An item that was drawn and is not in the set. */
export interface LeftOutItem {
  readonly id: string;
  readonly values: Readonly<Record<string, string>>;
  readonly label?: string;
  readonly why: DataFault;
  /** Of a copy: the id of the item, or `example 1`. */
  readonly of?: string;
  /** Of one that failed. */
  readonly code?: ErrorRecord["code"];
}

/** An item before its set is split. */
export type Written = Omit<DataItem, "split">;
