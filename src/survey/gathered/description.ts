import { type Instrument, itemsOf } from "../instrument/document.ts";
import { partsOf } from "../instrument/items.ts";
import type { ItemPart } from "../instrument/kind.ts";

/**
 * How tables of answers to a questionnaire are to be read, as `parseAnswersDescription` takes it: people's as `gatherReplies`
 * and simulated people's as `respondentRows` have them, a column each part of an item. Words, lists and data are left out,
 * as they stand on no scale; so are notes.
 * @example
 * const tea = parseInstrument({ survey: 1, name: "tea", items: [{ id: "drinks", kind: "yes-no", text: "Do you drink tea?" }] });
 * parseAnswersDescription(answersOfSurvey(tea)).items.drinks.scale.kind; // => "nominal"
 */
export function answersOfSurvey(instrument: Instrument): object {
  const items = itemsOf(instrument).flatMap((item) =>
    partsOf(item).flatMap((part) => {
      const scale = comparable(part);
      if (scale === undefined) return [];
      const labels = "options" in scale ? labelsOf(part, scale.options) : {};
      const title = part.asks === undefined ? item.text : `${item.text} ${part.asks}`;
      return [[part.id, { title, scale, ...labels, ...separatorOf(scale) }] as const];
    }),
  );
  const only = { end: ["complete"] };
  return {
    answers: 1,
    only,
    items: Object.fromEntries(items),
    simulated: { only: { ...only, variant: ["as-written"], sample: ["0"] } },
  };
}

type Comparable = Exclude<ItemPart["scale"], { kind: "text" | "texts" | "object" }>;

function comparable({ scale }: ItemPart): Comparable | undefined {
  if (scale.kind === "choices") {
    const { alone: _alone, ...rest } = scale;
    return rest;
  }
  const unknown: readonly string[] = ["text", "texts", "object"];
  return unknown.includes(scale.kind) ? undefined : (scale as Comparable);
}

function labelsOf({ options }: ItemPart, ids: readonly string[]) {
  const named = options.filter(({ id, label }) => ids.includes(id) && id !== label);
  return named.length === 0 ? {} : { labels: Object.fromEntries(named.map(({ id, label }) => [id, label])) };
}

/** As lists stand in one cell of a table. */
const separatorOf = ({ kind }: Comparable) => (kind === "ranking" || kind === "choices" ? { separator: ";" } : {});
