import type { EventBody } from "../../kernel/contracts/events.ts";
import type { WorldId } from "../../kernel/values/ids.ts";
import type { WorldNetwork } from "../visibility/visibility.ts";

const relationsInEvent = 500;

/** Puts the relations of a world on record as they are, and then each that comes about, changes or ends. */
export function keepOnRecord(network: WorldNetwork, world: WorldId, record: (body: EventBody) => unknown): void {
  let some: (readonly [string, string, string, number])[] = [];
  const put = (): void => {
    if (some.length > 0) record({ type: "relations-formed", world, relations: some });
    some = [];
  };
  for (const { from, to, type, weight } of network.relations()) {
    some.push([from, to, type, weight]);
    if (some.length === relationsInEvent) put();
  }
  put();
  network.onChange(({ from, to, type: relation, weight, before }) => {
    if (weight === 0) record({ type: "relation-ended", world, from, to, relation });
    else record({ type: "relation-set", world, from, to, relation, weight, ...(before > 0 && { before }) });
  });
}
