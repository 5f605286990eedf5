import { type Instrument, itemsOf } from "../instrument/document.ts";
import { partsOf } from "../instrument/items.ts";
import type { WantedElicitation } from "./choice.ts";
import type { ElicitationSettings } from "./elicitation.ts";

/** The ways, sentences and temperatures that items of an instrument declare themselves, by item and by part. */
export function declaredIn(
  instrument: Instrument,
): Required<Pick<WantedElicitation, "methods"> & Pick<ElicitationSettings, "anchors" | "temperatures">> {
  const items = itemsOf(instrument);
  return {
    methods: Object.fromEntries(items.flatMap(({ id, method }) => (method === undefined ? [] : [[id, method]]))),
    anchors: Object.fromEntries(
      items.flatMap((item) =>
        item.anchors === undefined ? [] : partsOf(item).map(({ id }) => [id, item.anchors as never]),
      ),
    ),
    temperatures: Object.fromEntries(
      items.flatMap((item) =>
        item.temperature === undefined ? [] : partsOf(item).map(({ id }) => [id, item.temperature as number]),
      ),
    ),
  };
}
