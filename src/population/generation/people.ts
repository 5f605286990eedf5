import type { ErrorRecord } from "../../kernel/values/errors.ts";
import type { Origin } from "../../persona/origin/origin.ts";
import type { Persona } from "../../persona/schema.ts";
import type { Draw } from "../draw.ts";
import type { Specification } from "../specification/schema.ts";
import type { NameStocks } from "./names/stock.ts";
import type { Depth } from "./schema.ts";

/** Somebody who was drawn, and who they turned out to be. */
export interface GeneratedPerson {
  readonly draw: Draw;
  readonly name: string;
  readonly persona: Persona;
  /** Where the person comes from, where that is more than a draw. */
  readonly origin?: Origin;
}

/** Somebody who was drawn and could not be written, and why; asking again may go better. */
export interface FailedPerson {
  readonly draw: Draw;
  readonly name: string;
  readonly error: ErrorRecord;
}

/** Somebody who was made, or why not. */
export type PersonResult = GeneratedPerson | FailedPerson;

/** How people are made from draws. */
export interface GeneratePeopleOptions {
  /** What the values of the draws mean, where they belong, which language and names people have. */
  readonly specification?: Specification;
  /** More on where these people live and what they are wanted for. */
  readonly about?: string;
  /** How much is written of each: `standard`, unless told. */
  readonly depth?: Depth;
  /** A name for each, in the order of the draws, or where names come from; lists that are offline, unless told. */
  readonly names?: readonly string[] | NameStocks;
  /** Names that nobody may have. */
  readonly taken?: readonly string[];
  readonly temperature?: number;
  readonly signal?: AbortSignal;
  /** Told of each as soon as there is a result, in the order in which they come; waited for. */
  readonly onPerson?: (result: PersonResult) => void | Promise<void>;
}
