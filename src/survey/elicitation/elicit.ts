import type { Answer } from "../../kernel/contracts/answers/answer.ts";
import type { Fork } from "../../kernel/contracts/asked/fork.ts";
import type { Random } from "../../kernel/values/random.ts";
import type { ShownItem } from "../flow/shown.ts";
import type { Asking, Elicitation, ElicitationSettings, PaidCall } from "./elicitation.ts";

/** An item that is put to somebody who has it before their eyes. */
export interface Asked {
  readonly fork: Fork;
  readonly item: ShownItem;
  /** Dice of this respondent alone. */
  readonly random: Random;
  readonly settings?: ElicitationSettings;
  /** The n-th independent answer, from 0. */
  readonly sample?: number;
  readonly signal?: AbortSignal;
  /** What is paid is noted here as it comes, so that it is known also where an error follows. */
  readonly noted?: Noted;
}

/** What came of an item. */
export interface Elicited {
  /** One a part, in the item's order. */
  readonly answers: readonly Answer[];
  readonly calls: readonly PaidCall[];
  /** No language model answered, at least in part. */
  readonly heuristic: boolean;
}

/** Asks an item of somebody in one way. The place of each call follows from the item, its step and the sample. Throws the model's errors. */
export async function elicit(method: Elicitation, asked: Asked): Promise<Elicited> {
  const { item, noted = { calls: [], heuristic: false } } = asked;
  const answers = await method.ask(askingOf(asked, noted));
  return {
    ...{ calls: noted.calls, heuristic: noted.heuristic },
    answers: answers.map((answer, place) => ({
      item: item.parts[place]?.id ?? item.id,
      ...answer,
      method: method.name,
    })),
  };
}

/** What an item took so far. */
export interface Noted {
  readonly calls: PaidCall[];
  heuristic: boolean;
}

function askingOf({ fork, item, random, settings = {}, sample = 0, signal }: Asked, noted: Noted): Asking {
  const { context } = fork;
  const model = context.models.actor.id;
  const again = sample === 0 ? "" : `:${sample + 1}`;
  const nameOf = (step: string): string => `${item.id}:${step}${again}`;
  const used = (call: PaidCall, heuristic: boolean): void => {
    noted.calls.push(call);
    noted.heuristic ||= heuristic;
  };
  const asking = { label: "survey", ...(signal && { signal }) };
  return {
    ...{ item, who: fork.name, context, settings, used, ...(signal && { signal }) },
    random: random.fork(`${item.id}${again}`),
    scopeOf: (step) => `${context.scope}/${nameOf(step)}`,
    async ask({ step, text, schema, declared }) {
      const question = { text, schema, name: nameOf(step), ...asking, ...(sample > 0 && { sample }) };
      const { value, usage, heuristic } = await fork.answer({
        ...question,
        ...(declared && { distribution: declared }),
      });
      used({ model, usage }, heuristic === true);
      return value;
    },
    async choose({ step, text, options, declared }) {
      const question = { text, options, name: nameOf(step), ...asking };
      const { probabilities, usage } = await fork.choose({ ...question, ...(declared && { distribution: declared }) });
      used({ model, usage }, model === "builtin");
      return probabilities;
    },
  };
}
