import type { Answer } from "../../kernel/contracts/answers/answer.ts";
import type { Instrument } from "../instrument/document.ts";
import { kindOf, partsOf } from "../instrument/items.ts";
import { type FlowOptions, type Script, type SurveyStep, Walk } from "./walk.ts";

/**
 * What comes next, from the answers so far and nothing else. An item is passed when each of its parts has an answer, with a
 * value or a reason why there is none; where a text wants an earlier answer that there is none of, the item is not asked.
 * @example
 * const tea = parseInstrument({ survey: 1, name: "tea", items: [{ id: "drinks", kind: "yes-no", text: "Do you drink tea?" }] });
 * nextItem(tea, []).kind; // => "item"
 * nextItem(tea, [{ item: "drinks", value: "no", method: "person" }]).kind; // => "end"
 */
export function nextItem(instrument: Instrument, given: readonly Answer[], options: FlowOptions = {}): SurveyStep {
  return new Walk(scriptOf(instrument), given, options).next();
}

/** What of an instrument the flow goes by. */
export function scriptOf({ blocks, quotas }: Instrument): Script {
  return {
    quotas: quotas.map(({ name, if: condition }) => ({ name, if: condition })),
    blocks: blocks.map(({ id, title, if: condition, items }) => ({
      ...{ id, title, if: condition },
      items: items.map((item) => ({
        ...{ id: item.id, kind: item.kind, text: item.text, hint: item.hint, image: item.image },
        ...{ optional: item.optional, if: item.if, skip: item.skip, screenOut: item.screenOut },
        ...{ parts: partsOf(item), formula: kindOf(item).formula?.(item) },
      })),
    })),
  };
}
