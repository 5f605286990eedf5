import type { Answer } from "../../kernel/contracts/answers/answer.ts";
import type { Block, Instrument } from "../instrument/document.ts";
import { type Item, partsOf } from "../instrument/items.ts";
import type { ItemPart } from "../instrument/kind.ts";
import { type Answers, holds } from "./holds.ts";
import { inOrder, type SurveyOrder, writtenOrder } from "./order.ts";
import { type ShownItem, shownItem } from "./shown.ts";

/** What comes next for somebody: an item, with what is read before it, or the end. */
export type SurveyStep = ItemStep | EndStep;

/** The item that is asked next. */
export interface ItemStep {
  readonly kind: "item";
  readonly item: ShownItem;
  readonly block: string;
  /** What there is to read since the last item that was answered. */
  readonly notes: readonly ShownItem[];
  /** Items passed and in all, in the order that this person sees. */
  readonly passed: number;
  readonly of: number;
}

/** Nothing more is asked. */
export interface EndStep {
  readonly kind: "end";
  /** Somebody whom the survey is not for is `screened-out`; of whom there are enough, `quota-full`. */
  readonly reason: "complete" | "screened-out" | "quota-full";
  /** Why they were screened out, or the quota that is full. */
  readonly because?: string;
  readonly notes: readonly ShownItem[];
  /** One row for each part of each item, those that were not asked too, in the order in which they are written. */
  readonly answers: readonly Answer[];
}

/** What the flow goes by, beside answers. */
export interface FlowOptions {
  readonly order?: SurveyOrder;
  /** Names of quotas that are full. */
  readonly full?: ReadonlySet<string>;
}

/**
 * What comes next, from the answers so far and nothing else. An item is passed when each of its parts has an answer, with a
 * value or a reason why there is none; where a text wants an earlier answer that there is none of, the item is not asked.
 * @example
 * const tea = parseInstrument({ survey: 1, name: "tea", items: [{ id: "drinks", kind: "yes-no", text: "Do you drink tea?" }] });
 * nextItem(tea, []).kind; // => "item"
 * nextItem(tea, [{ item: "drinks", value: "no", method: "person" }]).kind; // => "end"
 */
export function nextItem(instrument: Instrument, given: readonly Answer[], options: FlowOptions = {}): SurveyStep {
  const walk = new Walk(instrument, given, options);
  const asked = walk.toNext();
  return asked ?? walk.end;
}

/** One way through an instrument, from the beginning. */
class Walk {
  readonly #instrument: Instrument;
  readonly #order: SurveyOrder;
  readonly #full: ReadonlySet<string>;
  readonly #given: Answers;
  readonly #parts: ReadonlyMap<string, ItemPart>;
  /** What was met so far: what comes later cannot count, even where it is there. */
  readonly #met = new Map<string, Answer>();
  readonly #stops: readonly Stop[];
  #notes: ShownItem[] = [];
  #over: Pick<EndStep, "reason" | "because"> = { reason: "complete" };

  constructor(
    instrument: Instrument,
    given: readonly Answer[],
    { order = writtenOrder, full = new Set() }: FlowOptions,
  ) {
    this.#instrument = instrument;
    this.#order = order;
    this.#full = full;
    this.#given = new Map(given.map((answer) => [answer.item, answer]));
    this.#stops = inOrder(instrument.blocks, order.blocks).flatMap((block) =>
      inOrder(block.items, order.items[block.id]).map((item) => ({ block, item })),
    );
    this.#parts = new Map(this.#stops.flatMap(({ item }) => partsOf(item).map((part) => [part.id, part])));
  }

  toNext(): ItemStep | undefined {
    let place = 0;
    while (place < this.#stops.length) {
      const { block, item } = this.#stops[place] as Stop;
      const shown = this.#seen(block, item);
      if (shown !== undefined) {
        if (!this.#answered(shown)) {
          return {
            kind: "item",
            item: shown,
            block: block.id,
            notes: this.#notes,
            passed: place,
            of: this.#stops.length,
          };
        }
        if (shown.parts.length === 0) this.#notes.push(shown);
        else this.#notes = [];
        if (this.#isOver(item)) return undefined;
      }
      place = shown === undefined ? place + 1 : this.#after(place, item);
    }
    return undefined;
  }

  get end(): EndStep {
    const written = this.#instrument.blocks.flatMap(({ items }) => items.flatMap(partsOf));
    const answers = written.map(
      ({ id }): Answer => this.#met.get(id) ?? { item: id, value: null, missing: "not-asked", method: "flow" },
    );
    return { kind: "end", ...this.#over, notes: this.#notes, answers };
  }

  /** The item as it is shown; undefined for what this person does not see. */
  #seen(block: Block, item: Item): ShownItem | undefined {
    const wanted = [block.if, item.if].every((condition) => condition === undefined || holds(condition, this.#met));
    return wanted ? shownItem(item, { answers: this.#met, parts: this.#parts, order: this.#order }) : undefined;
  }

  #answered({ parts }: ShownItem): boolean {
    const answers = parts.flatMap(({ id }) => this.#given.get(id) ?? []);
    for (const answer of answers) this.#met.set(answer.item, answer);
    return answers.length === parts.length;
  }

  #isOver(item: Item): boolean {
    const screened = item.screenOut?.find((rule) => holds(rule.if, this.#met));
    if (screened !== undefined) this.#over = { reason: "screened-out", because: screened.reason };
    const full = this.#instrument.quotas.find((quota) => this.#full.has(quota.name) && holds(quota.if, this.#met));
    if (screened === undefined && full !== undefined) this.#over = { reason: "quota-full", because: full.name };
    return screened !== undefined || full !== undefined;
  }

  /** Where it goes on; never back, so that every way ends. */
  #after(place: number, item: Item): number {
    const to = item.skip?.find((rule) => holds(rule.if, this.#met))?.to;
    if (to === "end") return this.#stops.length;
    const target = this.#stops.findIndex(
      (stop, index) => index > place && (stop.item.id === to || stop.block.id === to),
    );
    return target === -1 ? place + 1 : target;
  }
}

interface Stop {
  readonly block: Block;
  readonly item: Item;
}
