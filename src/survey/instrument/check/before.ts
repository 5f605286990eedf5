import type { Item } from "../items.ts";
import { partsOf } from "../items.ts";

type Ordered = "written" | "shuffled" | "balanced";

/** The blocks of an instrument, so far as orders go. */
export interface Layout {
  readonly blockOrder: Ordered;
  readonly blocks: readonly {
    readonly id: string;
    readonly itemOrder: Ordered;
    readonly fixed: boolean;
    readonly items: readonly Item[];
  }[];
}

/** Where an item stands: its block and its place in it, each as written. */
export interface Standing {
  readonly block: number;
  readonly place: number;
}

/** Where each item, and each part that is answered, stands, by its id. */
export function standings({ blocks }: Layout): ReadonlyMap<string, Standing> {
  return new Map(
    blocks.flatMap(({ items }, block) =>
      items.flatMap((item, place) =>
        [item.id, ...partsOf(item).map(({ id }) => id)].map((id) => [id, { block, place }]),
      ),
    ),
  );
}

/** Tells whether one item stands before another in every order in which people see them. */
export function alwaysBefore(layout: Layout, one: Standing, other: Standing): boolean {
  if (one.block !== other.block) return blockBefore(layout, one.block, other.block);
  return layout.blocks[one.block]?.itemOrder === "written" && one.place < other.place;
}

/** Blocks that move stand somewhere among the places of those that move; the others stay in theirs. */
export function blockBefore({ blockOrder, blocks }: Layout, one: number, other: number): boolean {
  if (blockOrder === "written") return one < other;
  const moving = blocks.flatMap(({ fixed }, place) => (fixed ? [] : [place]));
  const moves = (block: number): boolean => moving.includes(block);
  if (moves(one) && moves(other)) return false;
  if (moves(one)) return other > (moving.at(-1) ?? -1);
  return moves(other) ? one < (moving[0] ?? Number.POSITIVE_INFINITY) : one < other;
}
