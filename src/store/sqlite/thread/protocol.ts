import type { Write } from "../../sql/writes.ts";

/** Where the thread writes. */
export interface Opening {
  readonly location: string;
  readonly maxBytes?: number;
}

/**
 * Writes that will be asked for; that so many of them are to be one transaction, after some that were kept back until
 * now; that so many are given up, since they could not be written; or that the file is to be let go of.
 */
export type Asked =
  | { readonly writes: readonly Write[] }
  | { readonly commit: number; readonly first: readonly Write[] }
  | { readonly giveUp: number }
  | { readonly close: true };

/** The file is open, a transaction is durable, or why it is not: an error of SQLite with its code. */
export type Told =
  | { readonly open: true }
  | { readonly done: true }
  | { readonly failure: { readonly message: string; readonly errcode?: number } };
