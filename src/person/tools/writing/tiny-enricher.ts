import type { Context } from "../../../kernel/contracts/context.ts";
import { type Rewriting, rewritten } from "./rewriting.ts";

/** What to enrich, and how. */
export interface EnrichOptions extends Rewriting {
  /** What the enriched text has to be: longer, with examples, with figures … */
  readonly requirements: string;
}

/**
 * Makes more of a text, in one call.
 * @example
 * const notes = { content: "Plan: sell bread.", requirements: "Five times as long, with prices." };
 * const plan = await new TinyEnricher(simulation.context.fork("plans")).enrich(notes);
 */
export class TinyEnricher {
  readonly #context: Context | undefined;

  /** @param context where it asks; a tool gives the place of the action for which it enriches */
  constructor(context?: Context) {
    this.#context = context;
  }

  /** The enriched text. Errors are the model's: a text that could not be enriched is never given out as if it were. */
  enrich({ requirements, ...given }: EnrichOptions, context = this.#context): Promise<string> {
    if (context === undefined) throw new TypeError("A TinyEnricher needs a context: give it one, or enrich in one.");
    return rewritten(requirements, given, context);
  }
}
