import { TinyTroupeError } from "../kernel/values/errors.ts";
import { createRandom } from "../kernel/values/random.ts";
import { crossover } from "../statistics/designs/dealt.ts";

/** In which orders items meet arms. */
export interface OrderOptions<Arm extends string> {
  /** What is held against each other: two or more, each once. */
  readonly arms: readonly Arm[];
  /** The experiment's seed: the same one gives each item the same order, whatever else is asked, and when. */
  readonly seed: number | string;
  /**
   * All items, where they are known beforehand: each arm is then in each place equally often, and items that are added at
   * the end move nobody. Without them any item has an order, equally often in the long run only.
   */
  readonly items?: readonly string[];
}

/**
 * The order in which an item meets all arms: of Williams' design, dealt by blocks, where the items are known, else by dice of
 * the item's own. Throws OPTION_INVALID for arms that are fewer than two or not distinct, and TARGET_UNKNOWN for an item that
 * is not among `items`.
 * @example
 * const orderOf = armOrders({ arms: ["old", "new"], seed: 1, items: ["ana", "ben"] });
 * [orderOf("ana"), orderOf("ben")].map((order) => order[0]).sort(); // => ["new", "old"]
 */
export function armOrders<const Arm extends string>(
  options: OrderOptions<Arm>,
): (item: string) => readonly [Arm, ...Arm[]] {
  const arms = distinctArms(options.arms);
  const random = createRandom(options.seed).fork("order of arms");
  const { items } = options;
  if (items === undefined) return (item) => random.fork(`item ${item}`).shuffle(arms) as [Arm, ...Arm[]];
  const dealt = crossover(items, arms, { random });
  return (item) => {
    const order = dealt.get(item);
    if (order !== undefined) return order as readonly [Arm, ...Arm[]];
    throw new TinyTroupeError("TARGET_UNKNOWN", `The experiment has no item '${item}'.`, {
      data: { target: item, known: [...dealt.keys()] },
      hint: "Add it at the end of its items, or leave the items out so that any has an order.",
    });
  };
}

function distinctArms<Arm extends string>(arms: readonly Arm[]): readonly Arm[] {
  if (arms.length >= 2 && new Set(arms).size === arms.length) return arms;
  throw new TinyTroupeError("OPTION_INVALID", "An experiment has at least two arms, each once.", {
    data: { option: "arms", value: arms },
    hint: 'Name them, as in ["control", "treatment"].',
  });
}
