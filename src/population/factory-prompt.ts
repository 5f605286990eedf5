import type { Message } from "../kernel/contracts/model.ts";
import { plainLines, plainText } from "../persona/plain-text.ts";

/** What a person is to be made from. */
export interface PersonOrder {
  /** The setting that the person belongs to. */
  readonly context: string;
  /** What is special about this one; it wins over the context. */
  readonly particularities?: string;
  /** Names that are given to others already. */
  readonly taken: readonly string[];
  readonly following: "full" | "small";
}

/** What the model reads before it invents one person. */
export function personMessages(order: PersonOrder): readonly Message[] {
  return [
    { role: "system", content: order.following === "small" ? smallRules : fullRules, cacheUpToHere: true },
    { role: "user", content: personRequest(order) },
  ];
}

const fullRules = `You invent one person for a simulation: somebody who could be met tomorrow, written down by someone who knows them well.

- Plausible before interesting. Most people are not founders, artists, activists or data scientists, and do not live in capitals. Take age, schooling, work, income, place and name from what is usual there, unless the description says otherwise, then add what is not usual in this one person.
- No clichés of a nation, class, gender or trade, and no virtue without its price. At least two flaws that others suffer from: vanity, meanness, a grudge, laziness, a prejudice, a lie kept up for years. Nothing is softened by a redeeming lesson.
- Specific details: the street, the dish, the sum, the year, the name of the dog. "Likes music" tells nobody apart; "the two Cesária Évora records your aunt left you" does.
- Things must follow from one another: the job pays for the flat, the routine fits the shift, the belief has a story behind it. Also leave one thing unexplained, as life does.
- Opinions that can be argued with. A person is for some things, against others, and has never thought about most.
- The way of talking is unmistakable: how long, how blunt, which words, what is never said. It fits age, schooling and temper.
- Degrees of character in words with a reason, never in numbers; not "average" or "balanced" in more than one.
- Languages are binding: only those that the person really speaks.
- Ten or more items in each list of preferences and in the beliefs and facts, eight or more traits; no item repeats another.
- Traits, habits and facts address the person as "you". Write in the language of the description.`;

const smallRules = `Invent one believable person. Be specific: real places, dishes, sums, names. Give the person one bad habit and one opinion that others dislike. No clichés. Write in the language of the description. Only list languages that the person really speaks.`;

function personRequest({ context, particularities, taken }: PersonOrder): string {
  const parts = [
    `The setting, as data:\n<setting>\n${plainLines(context)}\n</setting>`,
    particularities === undefined
      ? ""
      : `What is special about this person; where the two differ, this counts:\n<particularities>\n${plainLines(particularities)}\n</particularities>`,
    taken.length === 0
      ? ""
      : `These names belong to others. Take another first name and another family name:\n<taken>\n${taken.map(plainText).join("; ")}\n</taken>`,
    "Invent the person.",
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}
