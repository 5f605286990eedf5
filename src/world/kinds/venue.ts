import type { Actor } from "../../kernel/contracts/person.ts";
import type { KeysOf } from "../../kernel/text/known-keys.ts";
import type { WorldOptions } from "../options.ts";
import type { TinyWorld } from "../tiny-world.ts";

/** Where worlds are made: a simulation. */
export interface Venue<P extends Actor> {
  world(name: string, people: readonly P[], options?: WorldOptions): TinyWorld<P>;
}

/** How a kind of world is set up beside what it needs itself: its name, and the parts that it leaves open. */
export interface KindOptions extends Pick<WorldOptions, "delivery" | "namesInReach" | "unknownTarget"> {
  readonly name?: string;
}

/** The keys of these options. */
export const kindOptions: KeysOf<KindOptions> = { name: true, delivery: true, namesInReach: true, unknownTarget: true };

/** What of these options the world is made with. */
export function partsOf({ delivery, namesInReach, unknownTarget }: KindOptions): WorldOptions {
  return {
    ...(delivery && { delivery }),
    ...(namesInReach !== undefined && { namesInReach }),
    ...(unknownTarget && { unknownTarget }),
  };
}
