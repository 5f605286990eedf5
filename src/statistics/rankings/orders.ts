import { invalid } from "../measured.ts";

/** Options from the best on, each once; who names only the first few leaves the rest behind them, in no order. */
export type Order<T> = readonly T[];

/** Throws OPTION_INVALID for an order that names something twice, or what is no option. */
export function checkOrders<T>(orders: readonly Order<T>[], options: readonly T[]): void {
  const known = new Set(options);
  if (known.size !== options.length) throw invalid("options", { value: options, hint: "Name each once." });
  for (const order of orders) {
    const stray = order.find((option, place) => !known.has(option) || order.indexOf(option) !== place);
    if (stray !== undefined)
      throw invalid("orders", { value: stray, hint: `An order has each at most once of: ${options.join(", ")}.` });
  }
}
