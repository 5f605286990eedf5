import type { Unmeasured } from "../../measured.ts";
import { checkOrders, type Order } from "../orders.ts";
import type { Choice } from "./choices.ts";
import { type StrengthOptions, type Strengths, strengthsOf } from "./strengths.ts";

/**
 * How strong options are that people put in order, by the model of R. L. Plackett (1975) and R. D. Luce (1959): the first is
 * chosen among all, the second among the rest, and so on. Those that an order leaves out come after the others.
 * @example
 * const found = await plackettLuce([["a", "b", "c"], ["b", "a", "c"], ["a", "c", "b"], ["c", "a", "b"]], ["a", "b", "c"]);
 * "rows" in found && found.rows[0].option; // => "a"
 */
export async function plackettLuce<T>(
  orders: readonly Order<T>[],
  options: readonly T[],
  how: StrengthOptions = {},
): Promise<Strengths<T> | Unmeasured> {
  checkOrders(orders, options);
  const places = new Map(options.map((option, place) => [option, place]));
  const counts = new Map<string, number>();
  for (const order of orders) {
    const key = order.map((option) => places.get(option) as number).join();
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const choices = [...counts].flatMap(([key, times]) => stages(key, { size: options.length, times }));
  return strengthsOf({ choices, options, n: orders.length, ordered: false }, how);
}

/** The choices that an order was made by; the last of all is none. */
function stages(key: string, { size, times }: { readonly size: number; readonly times: number }): readonly Choice[] {
  const left = new Set(Array(size).keys());
  const chosen = key === "" ? [] : key.split(",").map(Number);
  return chosen.flatMap((one) => {
    const among = [...left];
    left.delete(one);
    return among.length > 1 ? [{ chosen: one, among, times }] : [];
  });
}
