import type { ModelRequest } from "../../../kernel/contracts/model.ts";
import type { Random } from "../../../kernel/values/random.ts";
import type { Author } from "../fill/author.ts";
import type { Reader } from "../reading.ts";
import type { Shape } from "../shape/shape.ts";

/** What is played: an answer in parts, and who writes the rest. */
export interface Script {
  readonly draft: unknown;
  readonly author: Author;
}

export interface Casting {
  readonly request: Omit<ModelRequest<unknown>, "schema">;
  readonly shape: Shape;
  readonly reader: Reader;
  readonly dice: Random;
  /** How long it may be: 1 is usual. */
  readonly brief: number;
}

/** Reads what is asked and decides what is played. */
export function scriptFor({ dice }: Casting): Script {
  const author: Author = {
    text: (spot) => `${dice.pick(["Some", "A plain", "One more"])} ${spot.name}`,
    share: () => dice.next(),
    number: () => undefined,
    choose: (_spot, options) => dice.integer(options.length),
    count: () => 2 + dice.integer(3),
  };
  return { draft: undefined, author };
}
