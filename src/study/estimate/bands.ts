import type { Usage } from "../../kernel/contracts/model.ts";
import { traitsOf } from "../../model/catalogue/traits.ts";
import { asked, createLedger, type Ledger } from "../../model/flow/money/ledger.ts";
import type { Price, PriceOf } from "../../model/flow/money/price.ts";
import type { MeteredCall } from "./meter.ts";

/** The least and the most that a study is expected to use and cost, each as a ledger that can be asked by its fields. */
export interface Bands {
  readonly low: Ledger;
  readonly high: Ledger;
}

/** How far a count of prompts without a tokenizer may be off. */
const promptBand = { o200k: { low: 0.88, high: 1.12 }, others: { low: 0.85, high: 1.4 } } as const;
/** Answers compared with those of the rules. */
const answerBand = { low: 0.5, high: 2 } as const;
/** The most tokens of thought a call of a model that thinks: acting asks for little of it, reading and judging for more. */
const thoughts = { act: 1_000, others: 4_000 } as const;

/** Adds up calls twice: when all goes well and the provider's cache serves what it can, and when nothing does. */
export function bandsOf(calls: readonly MeteredCall[], priceOf: PriceOf): Bands {
  const bands = { low: createLedger(), high: createLedger() };
  for (const call of calls) {
    const price = priceOf(call.model);
    const entry = asked(call, price);
    bands.low.record({ ...entry, outcome: "answered", usage: least(call) });
    bands.high.record({ ...entry, outcome: "answered", usage: most(call, price) });
  }
  return bands;
}

function least(call: MeteredCall): Usage {
  const { low } = bandOf(call.model);
  const input = Math.round(call.prompt * low);
  return { input, output: Math.round(call.answer * answerBand.low), cachedInput: Math.round(call.cacheable * low) };
}

/** The most that a call is expected to use; all of it written to the cache where that costs more. */
export function most(call: MeteredCall, price: Price | undefined): Usage {
  const input = Math.round(call.prompt * bandOf(call.model).high);
  const thought = thinks(call.model) ? (call.purpose === "act" ? thoughts.act : thoughts.others) : 0;
  const output = Math.min(call.room, call.answer * answerBand.high + thought);
  const written = (price?.cacheWrite ?? 0) > (price?.input ?? 0) ? { cacheWrite: input } : {};
  return { input, output, ...written };
}

/** What the bands rest on, in sentences. */
export function assumptionsOf(models: readonly string[]): readonly string[] {
  const percent = (factor: number): string => `${factor < 1 ? "−" : "+"}${Math.round(100 * Math.abs(factor - 1))} %`;
  const prompts = [...new Set(models.map(bandOf))].map(({ low, high }) => `${percent(low)} to ${percent(high)}`);
  const thinking = models.some(thinks)
    ? `, and up to ${thoughts.act} tokens of thought to act, ${thoughts.others} to read`
    : "";
  return [
    `Prompts: as the model would read them, give or take its tokenizer (${prompts.join(" or ")}).`,
    `Answers: half to twice those of the rehearsal${thinking}.`,
    "Price: low where the provider's cache serves what one person's prompts share, high where it serves nothing.",
    "Failed attempts and answers that are asked for again come on top.",
  ];
}

/** Embedders have older tokenizers, which make more of other languages. */
const bandOf = (model: string) =>
  !model.includes("embed") && /^(openai|azure)\/|^openrouter\/openai\//.test(model)
    ? promptBand.o200k
    : promptBand.others;

const thinks = (model: string): boolean => traitsOf(model).thinksByDefault;
