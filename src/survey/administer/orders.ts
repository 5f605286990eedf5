import type { Forkable } from "../../kernel/contracts/asked/fork.ts";
import type { Random } from "../../kernel/values/random.ts";
import { ordersFor } from "../flow/order.ts";
import type { SurveyOrder } from "../flow/shown.ts";
import type { Block, Instrument } from "../instrument/document.ts";
import type { Item } from "../instrument/items.ts";

/**
 * Everybody's order. What is dealt by chance follows from who somebody is, so that nobody moves it; what is balanced over
 * people follows from their place among them, and stays when a panel grows at its end.
 */
export function ordersOf(instrument: Instrument, people: readonly Forkable[], random: Random): readonly SurveyOrder[] {
  const balanced = ordersFor(balancedIn(instrument), people.length, random.fork("balanced"));
  return people.map(({ id }, place) => {
    const [own] = ordersFor(instrument, 1, random.fork(id)) as readonly [SurveyOrder];
    const dealt = balanced[place] as SurveyOrder;
    const blocks = dealt.blocks ?? own.blocks;
    return {
      ...(blocks !== undefined && { blocks }),
      items: { ...own.items, ...dealt.items },
      options: { ...own.options, ...dealt.options },
      parts: { ...own.parts, ...dealt.parts },
    };
  });
}

/** The instrument in which only what is balanced over people has an order of its own. */
function balancedIn(instrument: Instrument): Instrument {
  const unless = <Ordering extends string>(ordering: Ordering): Ordering | "written" =>
    ordering === "shuffled" ? "written" : ordering;
  const items = (item: Item): Item => ({
    ...item,
    optionOrder: unless(item.optionOrder),
    partOrder: unless(item.partOrder),
  });
  const blocks = (block: Block): Block => ({
    ...block,
    itemOrder: unless(block.itemOrder),
    items: block.items.map(items),
  });
  return { ...instrument, blockOrder: unless(instrument.blockOrder), blocks: instrument.blocks.map(blocks) };
}
