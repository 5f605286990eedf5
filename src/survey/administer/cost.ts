import { priceOf as listed } from "../../model/catalogue/price-of.ts";
import type { PriceOf } from "../../model/flow/money/price.ts";
import { quantile } from "../../statistics/moments.ts";
import type { SurveyRun } from "./collected.ts";

/** What one step of an item takes, by a pilot. Tokens are the 75th percentile of its calls. */
export interface ItemCost {
  readonly item: string;
  readonly method: string;
  readonly model: string;
  /** Calls for each sitting on the mean: less than one where not everybody is asked. */
  readonly calls: number;
  readonly input: number;
  readonly output: number;
  /** US dollars for all sittings that are left; null where the model's price is not known. */
  readonly usd: number | null;
}

/** What the rest of a survey is expected to take. */
export interface SurveyCost {
  /** Sittings of the pilot, and those that are left. */
  readonly pilot: number;
  readonly left: number;
  readonly items: readonly ItemCost[];
  readonly calls: number;
  readonly input: number;
  readonly output: number;
  readonly usd: number | null;
}

/**
 * What is left of a survey costs about so much, by a pilot of it: each item by the 75th percentile of its calls' tokens, which
 * is over the mean as long answers are long. Without what a provider's cache saves, and what attempts that fail cost.
 * @param sittings in all: people, times variants and samples
 * @example
 * const tea = parseInstrument({ survey: 1, name: "tea", items: [{ id: "drinks", kind: "yes-no", text: "Do you drink tea?" }] });
 * const pilot = await administer(simulation.context, { instrument: tea, people: [lisa, oscar] });
 * surveyCost(pilot, 1000).left; // => 998
 */
export function surveyCost(pilot: SurveyRun, sittings: number, priceOf: PriceOf = listed): SurveyCost {
  const done = pilot.respondents.filter(({ end }) => end !== "failed").length;
  const left = Math.max(0, sittings - done);
  const groups = Map.groupBy(pilot.calls, ({ item, method, model }) => JSON.stringify([item, method, model]));
  const items = [...groups.values()].map((calls): ItemCost => {
    const [{ item, method, model }] = calls as [(typeof calls)[number]];
    const each = done === 0 ? 0 : calls.length / done;
    const most = (of: "input" | "output"): number =>
      Math.ceil(
        quantile(
          calls.map(({ usage }) => usage[of]),
          0.75,
        ) ?? 0,
      );
    const [input, output] = [most("input"), most("output")];
    const price = priceOf(model);
    const usd = price === undefined ? null : (left * each * (input * price.input + output * price.output)) / 1e6;
    return { item, method, model, calls: each, input, output, usd };
  });
  const sum = (of: (one: ItemCost) => number): number => Math.ceil(items.reduce((all, one) => all + of(one), 0));
  return {
    ...{ pilot: done, left, items, calls: sum(({ calls }) => left * calls) },
    input: sum(({ calls, input }) => left * calls * input),
    output: sum(({ calls, output }) => left * calls * output),
    usd: items.some(({ usd }) => usd === null) ? null : items.reduce((all, { usd }) => all + (usd as number), 0),
  };
}
