import type { Random } from "../../kernel/values/random.ts";
import { dealtOrders } from "../../statistics/designs/latin-square.ts";
import { type Instrument, itemsOf } from "../instrument/document.ts";
import { type Item, partsOf } from "../instrument/items.ts";
import type { Ordering } from "../instrument/kind.ts";
import type { SurveyOrder } from "./shown.ts";

/** More things than these are dealt by chance: their orders would be more than any sample has people. */
const mostBalanced = 50;

/**
 * An order for each of so many people, by the dice: balanced ones are dealt from Williams' designs (each thing in each place
 * as often, after each other as often), reversed ones to one of every two of them. Those who
 * come later do not move the orders of those before.
 * @example
 * const tea = parseInstrument({ survey: 1, name: "tea", items: [{ id: "kind", kind: "choice", text: "Which?", options: ["black", "green"], optionOrder: "balanced" }] });
 * ordersFor(tea, 2, createRandom(7)).map(({ options }) => options["kind"]?.[0]).sort(); // => ["black", "green"]
 */
export function ordersFor(instrument: Instrument, people: number, random: Random): readonly SurveyOrder[] {
  const { blocks, blockOrder } = instrument;
  const deal = (name: string, ids: readonly string[], ordering: Ordering): Dealt | undefined =>
    ordering === "written" || ids.length < 2 ? undefined : dealt(ids, ordering, { people, random: random.fork(name) });
  const moving = blocks.filter(({ fixed }) => !fixed).map(({ id }) => id);
  const dealtBlocks = deal("blocks", moving, blockOrder);
  const every = <T extends { readonly id: string }>(all: readonly T[], deals: (one: T) => Dealt | undefined) =>
    all.map((one) => [one.id, deals(one)] as const).filter((pair): pair is [string, Dealt] => pair[1] !== undefined);
  const items = every(blocks, ({ id, items: all, itemOrder }) =>
    deal(
      `items/${id}`,
      all.map((item) => item.id),
      itemOrder,
    ),
  );
  const options = every(itemsOf(instrument), (item) =>
    deal(`options/${item.id}`, movingOptions(item), item.optionOrder),
  );
  const parts = every(itemsOf(instrument), (item) =>
    deal(`parts/${item.id}`, [...new Set(partsOf(item).map(({ id, task = id }) => task))], item.partOrder),
  );
  return Array.from({ length: people }, (_, person) => ({
    ...(dealtBlocks !== undefined && { blocks: dealtBlocks[person] as readonly string[] }),
    items: ofPerson(items, person),
    options: ofPerson(options, person),
    parts: ofPerson(parts, person),
  }));
}

/** An order a person. */
type Dealt = readonly (readonly string[])[];

interface Dealing {
  readonly people: number;
  readonly random: Random;
}

function dealt(ids: readonly string[], ordering: Ordering, { people, random }: Dealing): Dealt {
  if (ordering === "balanced" && ids.length <= mostBalanced) {
    return dealtOrders(people, ids.length, random).map((order) => order.map((place) => ids[place] as string));
  }
  if (ordering === "reversed") {
    const turned = ids.toReversed();
    const pairs = Array.from({ length: Math.ceil(people / 2) }, (_, k) =>
      random.fork(`block ${k}`).shuffle([ids, turned]),
    );
    return pairs.flat().slice(0, people);
  }
  return Array.from({ length: people }, (_, person) => random.fork(String(person)).shuffle(ids));
}

const ofPerson = (all: readonly (readonly [string, Dealt])[], person: number): Record<string, readonly string[]> =>
  Object.fromEntries(all.map(([id, orders]) => [id, orders[person] as readonly string[]]));

/** The options of all parts of an item, each once, without those that stay last. */
function movingOptions(item: Item): readonly string[] {
  const moving = partsOf(item).flatMap(({ options }) => options.filter(({ fixed }) => !fixed).map(({ id }) => id));
  return [...new Set(moving)];
}
