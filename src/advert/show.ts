import { z } from "zod";
import type { Fork, Forkable } from "../kernel/contracts/asked/fork.ts";
import type { Stimulus } from "../kernel/contracts/person.ts";
import { stems } from "../kernel/language/stems.ts";
import { wordsOf } from "../kernel/language/terms.ts";
import { dataWithin } from "../kernel/text/controls.ts";
import type { Ad } from "./ad.ts";
import type { AdRow, ChoiceRow } from "./rows.ts";

/** In which orders somebody sees the adverts, by their places from 0. */
export interface Orders {
  readonly alone: readonly number[];
  readonly beside: readonly number[];
}

/** What is asked, and what comes between seeing and remembering. */
export interface Showing {
  readonly ads: readonly Ad[];
  /** What the choice is about. */
  readonly question: string;
  /** Something else to talk about before they are asked what they remember. */
  readonly between: string;
  /** Pictures are told in words, as the model takes none. */
  readonly blind: boolean;
  readonly signal?: AbortSignal;
}

/** What came of one person. */
export interface Shown {
  readonly rows: readonly AdRow[];
  readonly choice: Omit<ChoiceRow, "segments">;
  readonly heuristic: boolean;
}

const Reaction = z.object({
  noticed: z.array(z.string()).max(5).describe("what caught your eye, the first first; nothing where nothing did"),
  reaction: z.string().describe("what you felt and thought, in a sentence or two of your own"),
  appeal: z.int().min(0).max(10).describe("how much it speaks to you: 0 not at all, 10 very much"),
});
const Memories = z.object({
  remembered: z
    .array(
      z.object({
        what: z.string().describe("whose advert it was"),
        said: z.string().describe("what it said or showed"),
      }),
    )
    .max(26)
    .describe("only what you really still have in mind, as a person would"),
});
type Memory = z.infer<typeof Memories>["remembered"][number];

const asData = dataWithin(["advert"]);

/**
 * Shows adverts to a fork of somebody: one by one, each followed by what they noticed; then side by side, for the choice;
 * and after something else, for what is left of them. The person is left as they were. Throws the model's errors.
 */
export async function showAds(person: Forkable, showing: Showing, orders: Orders): Promise<Shown> {
  const fork = await person.fork("ad test", { asking: askedBy(showing) });
  const { ads } = showing;
  const reactions = new Map<number, Seen>();
  for (const [place, index] of orders.alone.entries()) {
    reactions.set(index, { ...(await seen(fork, showing, { index, place })), place });
  }
  const chosen = await choose(fork, showing, orders.beside);
  await fork.listenAndAct(showing.between, undefined, showing.signal ? { signal: showing.signal } : {});
  const remembered = await remember(fork, showing);
  const rows = ads.map((ad, index): AdRow => {
    const reaction = reactions.get(index) as Seen;
    const memory = remembered.memories.find((one) => isOf(one, ad, ads));
    return {
      ...{ id: person.id, person: person.name, ad: ad.name, shown: reaction.place + 1 },
      ...{ beside: orders.beside.indexOf(index) + 1, chosen: chosen.index === index },
      ...{ appeal: reaction.appeal, noticed: reaction.noticed, reaction: reaction.reaction },
      ...{ recalled: memory !== undefined, memory: memory?.said ?? "" },
    };
  });
  const choice = {
    ...{ id: person.id, person: person.name },
    choice: chosen.index === undefined ? null : (ads[chosen.index]?.name ?? null),
    position: chosen.index === undefined ? null : orders.beside.indexOf(chosen.index) + 1,
    why: chosen.why,
  };
  const heuristic = [...reactions.values(), chosen, remembered].some((one) => one.heuristic);
  return { rows, choice, heuristic };
}

/** What everybody of a test is shown and asked; in which order, is each one's own. */
export const askedBy = ({ ads, question, between }: Showing) => ({
  ads: ads.map(({ image, ...ad }) => ({ ...ad, ...(image && { image: image.digest }) })),
  ...{ question, between },
});

interface Seen extends z.infer<typeof Reaction> {
  readonly place: number;
  readonly heuristic: boolean;
}

async function seen(
  fork: Fork,
  { ads, blind, signal }: Showing,
  { index, place }: { readonly index: number; readonly place: number },
): Promise<Omit<Seen, "place">> {
  const ad = ads[index] as Ad;
  fork.observe(sight("You come across an advert.", ad, blind));
  const { value, heuristic = false } = await fork.answer({
    text: "You have just seen that advert, as one does in passing. What of it caught your eye, and what did you make of it?",
    schema: Reaction,
    ...asking(`seen:${place + 1}`, signal),
  });
  return { ...value, heuristic };
}

async function choose(
  fork: Fork,
  { ads, question, blind, signal }: Showing,
  order: readonly number[],
): Promise<{ readonly index: number | undefined; readonly why: string; readonly heuristic: boolean }> {
  const letters = order.map((_, place) => letterOf(place));
  // One sight each, so that a picture stands right after its letter.
  fork.observe(
    { type: "VISUAL", content: "The adverts lie side by side before you." },
    ...order.map((index, place) => sight(`Advert ${letters[place]}:`, ads[index] as Ad, blind)),
  );
  const Choice = z.object({
    why: z.string().describe("your reasons, in your own words"),
    choice: z.enum([...letters, "none"]),
  });
  const text = `${question} Answer with its letter (${letters.join(", ")}), or none.`;
  const { value, heuristic = false } = await fork.answer({ text, schema: Choice, ...asking("choice", signal) });
  const place = letters.indexOf(value.choice);
  return { index: place < 0 ? undefined : order[place], why: value.why, heuristic };
}

async function remember(fork: Fork, { signal }: Showing): Promise<{ memories: readonly Memory[]; heuristic: boolean }> {
  const text =
    "Some time has passed, and you cannot look again. Which of the adverts from before do you still remember, and what of each?";
  const { value, heuristic = false } = await fork.answer({ text, schema: Memories, ...asking("recall", signal) });
  return { memories: value.remembered, heuristic };
}

const asking = (name: string, signal: AbortSignal | undefined) => ({
  ...{ name: `ad:${name}`, label: "ad test" },
  ...(signal && { signal }),
});

/** What is seen of an advert: no text of it can close its tag. */
function sight(head: string, { text, image, description = "" }: Ad, blind: boolean): Stimulus {
  const seen = blind ? `(a picture; what it shows: ${asData(description.trim())})` : "(a picture)";
  const parts = [...(image === undefined ? [] : [seen]), asData(text?.trim() ?? "")].filter((part) => part !== "");
  const content = `${head}\n<advert>\n${parts.join("\n")}\n</advert>`;
  return { type: "VISUAL", content, ...(image !== undefined && !blind && { images: [image] }) };
}

const letterOf = (place: number): string => String.fromCharCode(65 + place);

/** Who tells of the brand remembers it; else whoever tells more of its words than of any other's, and three at least. */
function isOf({ what, said }: Memory, ad: Ad, ads: readonly Ad[]): boolean {
  if (isNamed(plain(what), plain(ad.brand ?? ad.name))) return true;
  const words = stems(`${what} ${said}`);
  const shared = ({ text = "", description = "" }: Ad): number =>
    [...stems(`${text} ${description}`)].filter((stem) => words.has(stem)).length;
  const own = shared(ad);
  return own >= 3 && ads.every((other) => other === ad || shared(other) < own);
}

/** A short name, such as A, is a word of any sentence, so that it has to stand alone. */
const isNamed = (what: string, name: string): boolean =>
  name.length < 4
    ? [name, `${name} advert`, `advert ${name}`, `the ${name} advert`, `${name} ad`, `ad ${name}`].includes(what)
    : ` ${what} `.includes(` ${name} `);

const plain = (text: string): string => wordsOf(text).join(" ");
