import type { Answer } from "../../kernel/contracts/answers/answer.ts";
import type { SurveyCondition } from "../instrument/condition.ts";
import { parseFormula, resultOf } from "../instrument/formula.ts";
import type { ItemPart } from "../instrument/kind.ts";
import { holds } from "./holds.ts";
import { numberIn } from "./numbers.ts";
import { inOrder, type ScriptItem, type ShownItem, type SurveyOrder, shownItem, writtenOrder } from "./shown.ts";

/** Items that belong together. */
export interface ScriptBlock {
  readonly id: string;
  readonly title?: string | undefined;
  readonly if?: SurveyCondition | undefined;
  readonly items: readonly ScriptItem[];
}

/** An instrument as the flow needs it: plain data, so that a page of HTML goes by the same code. */
export interface Script {
  readonly blocks: readonly ScriptBlock[];
  readonly quotas: readonly { readonly name: string; readonly if: SurveyCondition }[];
}

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

/** One way through an instrument, from the beginning; it goes on from where it is, so that a long one is not gone again for each item. */
export class Walk {
  readonly #script: Script;
  readonly #order: SurveyOrder;
  readonly #full: ReadonlySet<string>;
  readonly #given: Map<string, Answer>;
  readonly #parts: ReadonlyMap<string, ItemPart>;
  /** What was met so far: what comes later cannot count, even where it is there. */
  readonly #met = new Map<string, Answer>();
  readonly #stops: readonly Stop[];
  #place = 0;
  #notes: ShownItem[] = [];
  #over: Pick<EndStep, "reason" | "because"> = { reason: "complete" };

  constructor(script: Script, given: readonly Answer[], { order = writtenOrder, full = new Set() }: FlowOptions) {
    this.#script = script;
    this.#order = order;
    this.#full = full;
    this.#given = new Map(given.map((answer) => [answer.item, answer]));
    this.#stops = inOrder(script.blocks, order.blocks).flatMap((block) =>
      inOrder(block.items, order.items[block.id]).map((item) => ({ block, item })),
    );
    this.#parts = new Map(this.#stops.flatMap(({ item }) => item.parts.map((part) => [part.id, part])));
  }

  /** The item that is asked now, until there is an answer to each of its parts; or the end. */
  next(): SurveyStep {
    return this.#toNext() ?? this.#end;
  }

  answer(answers: readonly Answer[]): void {
    for (const answer of answers) this.#given.set(answer.item, answer);
  }

  #toNext(): ItemStep | undefined {
    while (this.#place < this.#stops.length) {
      const place = this.#place;
      const { block, item } = this.#stops[place] as Stop;
      const shown = this.#seen(block, item);
      if (shown !== undefined) {
        if (!(this.#computes(item) || this.#answered(shown))) {
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
      }
      if (shown !== undefined && this.#isOver(item)) this.#place = this.#stops.length;
      else this.#place = shown === undefined ? place + 1 : this.#after(place, item);
    }
    return undefined;
  }

  get #end(): EndStep {
    const written = this.#script.blocks.flatMap(({ items }) => items.flatMap(({ parts }) => parts));
    const answers = written.map(
      ({ id }): Answer => this.#met.get(id) ?? { item: id, value: null, missing: "not-asked", method: "flow" },
    );
    return { kind: "end", ...this.#over, notes: this.#notes, answers };
  }

  /** The item as it is shown; undefined for what this person does not see. */
  #seen(block: ScriptBlock, item: ScriptItem): ShownItem | undefined {
    const wanted = [block.if, item.if].every((condition) => condition === undefined || holds(condition, this.#met));
    return wanted ? shownItem(item, { answers: this.#met, parts: this.#parts, order: this.#order }) : undefined;
  }

  /** Tells whether an item follows from answers, and keeps what it comes to. */
  #computes(item: ScriptItem): boolean {
    if (item.formula === undefined) return false;
    const value = resultOf(parseFormula(item.formula), (id) => numberIn(this.#met.get(id), this.#parts.get(id)));
    for (const { id } of item.parts) {
      const row: Answer =
        value === undefined
          ? { item: id, value: null, missing: "not-applicable", method: "computed" }
          : { item: id, value, method: "computed" };
      this.#met.set(id, row);
    }
    return true;
  }

  #answered({ parts }: ShownItem): boolean {
    const answers = parts.flatMap(({ id }) => this.#given.get(id) ?? []);
    for (const answer of answers) this.#met.set(answer.item, answer);
    return answers.length === parts.length;
  }

  #isOver(item: ScriptItem): boolean {
    const screened = item.screenOut?.find((rule) => holds(rule.if, this.#met));
    if (screened !== undefined) this.#over = { reason: "screened-out", because: screened.reason };
    const full = this.#script.quotas.find((quota) => this.#full.has(quota.name) && holds(quota.if, this.#met));
    if (screened === undefined && full !== undefined) this.#over = { reason: "quota-full", because: full.name };
    return screened !== undefined || full !== undefined;
  }

  /** Where it goes on; never back, so that every way ends. */
  #after(place: number, item: ScriptItem): number {
    const to = item.skip?.find((rule) => holds(rule.if, this.#met))?.to;
    if (to === "end") return this.#stops.length;
    const target = this.#stops.findIndex(
      (stop, index) => index > place && (stop.item.id === to || stop.block.id === to),
    );
    return target === -1 ? place + 1 : target;
  }
}

interface Stop {
  readonly block: ScriptBlock;
  readonly item: ScriptItem;
}
