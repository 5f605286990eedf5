import type { Answer } from "../../kernel/contracts/answers/answer.ts";
import { holds } from "../flow/holds.ts";
import { nextItem } from "../flow/next-item.ts";
import type { SurveyOrder } from "../flow/shown.ts";
import type { EndStep } from "../flow/walk.ts";
import type { Instrument } from "../instrument/document.ts";

/** How many of each quota there are. Counted in the order of people, so that it does not matter who was quicker. */
export class QuotaCount {
  readonly #instrument: Instrument;
  readonly #counts = new Map<string, number>();

  constructor(instrument: Instrument) {
    this.#instrument = instrument;
  }

  get full(): ReadonlySet<string> {
    const full = this.#instrument.quotas.filter(({ name, most }) => (this.#counts.get(name) ?? 0) >= most);
    return new Set(full.map(({ name }) => name));
  }

  /** Takes somebody in where there is room for them; the end that it is for them. */
  admit(end: EndStep, order: SurveyOrder): EndStep {
    if (end.reason !== "complete") return end;
    const given = end.answers.filter((answer) => answer.value !== null || answer.missing !== "not-asked");
    const again = nextItem(this.#instrument, given, { order, full: this.full });
    if (again.kind === "end" && again.reason === "quota-full") return again;
    this.#count(end.answers);
    return end;
  }

  #count(answers: readonly Answer[]): void {
    const known = new Map(answers.map((answer) => [answer.item, answer]));
    for (const quota of this.#instrument.quotas) {
      if (holds(quota.if, known)) this.#counts.set(quota.name, (this.#counts.get(quota.name) ?? 0) + 1);
    }
  }
}
