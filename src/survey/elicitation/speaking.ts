import { z } from "zod";
import type { Missing } from "../../kernel/contracts/answers/answer.ts";
import type { ShownItem } from "../flow/shown.ts";
import { byPart } from "./by-part.ts";
import type { Asking } from "./elicitation.ts";

/** Whether there is an answer, or why there is none. */
export type Outcome = "answered" | Extract<Missing, "not-applicable" | "refused" | "skipped">;

/** What somebody can do with an item: answer it, or not. Only what is optional can be left out. */
export const outcomesOf = ({ optional }: Pick<ShownItem, "optional">): z.ZodType<Outcome> =>
  z.enum(optional ? (["answered", ...withoutAnswer, "skipped"] as const) : (["answered", ...withoutAnswer] as const));

const withoutAnswer = ["not-applicable", "refused"] as const;

/** How it is told what the outcomes are. */
export const outcomesInWords = ({ optional }: Pick<ShownItem, "optional">): string =>
  `\`outcome\` is \`answered\`; \`not-applicable\` where the question does not concern you; \`refused\` where you would rather not say${
    optional ? "; `skipped` where you leave it out" : ""
  }.`;

/** What was said to a part. */
export interface Spoken {
  readonly words: string;
  readonly outcome: Outcome;
}

const text =
  "In `words`, your own, say in one to three sentences, as you would to somebody who asks you, where you stand on the question that you have just read, and why. Name no number and none of the answers that it offers; if it does not concern you, or you would rather not say, say that.";

/**
 * What somebody says to an item freely: they see all of it, and nothing of it can be chosen. Ways of asking that begin so
 * ask the same, so that one that is tried after another pays for it once.
 */
export async function spokenTo(asking: Asking): Promise<readonly Spoken[]> {
  const { item } = asking;
  const shape = byPart<Spoken>(item, "said", {
    shape: ({ asks = item.text }) => z.object({ words: z.string().min(1).describe(asks), outcome: outcomesOf(item) }),
  });
  const value = await asking.ask({
    ...{ step: "words", text: `${text} ${outcomesInWords(item)}`, schema: shape.schema },
  });
  return shape.read(value).map(({ words, outcome }) => ({ words: words.trim(), outcome }));
}
