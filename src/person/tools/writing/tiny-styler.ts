import type { Context } from "../../../kernel/contracts/context.ts";
import { type Rewriting, rewritten } from "./rewriting.ts";

/** What to style, and how. */
export interface StyleOptions extends Rewriting {
  /** The style, as in `formal` or `as a tired nurse would write it`. */
  readonly style: string;
}

/**
 * Says a text in another style, in one call.
 * @example
 * const styler = new TinyStyler(simulation.context.fork("styles"));
 * const letter = await styler.apply({ content: "Pay now.", style: "very polite" });
 */
export class TinyStyler {
  readonly #context: Context;

  constructor(context: Context) {
    this.#context = context;
  }

  /** The text in that style, with all that it says kept. Errors are the model's: the original is never given out as styled. */
  apply({ style, ...given }: StyleOptions): Promise<string> {
    const task = `Say it in this style, and keep all facts, names and figures: ${style}`;
    return rewritten(task, given, this.#context);
  }
}
