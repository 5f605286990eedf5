import type { Answer } from "../../kernel/contracts/answers/answer.ts";
import { type Instrument, itemsOf } from "../instrument/document.ts";
import { partsOf } from "../instrument/items.ts";

/** What became of an attention check. */
export interface AttentionRow {
  readonly item: string;
  readonly expected: string | number;
  /** Null where there is no answer. */
  readonly passed: boolean | null;
}

/**
 * What somebody answered to the attention checks of an instrument: items that say which answer they `expect`.
 * @example
 * const tea = parseInstrument({ survey: 1, name: "tea", items: [{ id: "reads", kind: "yes-no", text: "Please say no.", expect: "no" }] });
 * attentionOf(tea, [{ item: "reads", value: "yes", method: "person" }]); // => [{ item: "reads", expected: "no", passed: false }]
 */
export function attentionOf(instrument: Instrument, answers: readonly Answer[]): readonly AttentionRow[] {
  const given = new Map(answers.map(({ item, value }) => [item, value]));
  return itemsOf(instrument).flatMap((item) => {
    const { expect } = item;
    if (expect === undefined) return [];
    return partsOf(item).map(({ id }) => {
      const value = given.get(id) ?? null;
      return { item: id, expected: expect, passed: value === null ? null : String(value) === String(expect) };
    });
  });
}
