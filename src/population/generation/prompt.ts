import type { Message } from "../../kernel/contracts/model.ts";
import { plainLines, plainText } from "../../persona/plain-text.ts";
import type { Specification } from "../specification/schema.ts";
import type { Depth } from "./schema.ts";
import { type Settled, titleOf } from "./settled.ts";
import type { Voice } from "./voice/temper.ts";
import { type Schooling, talkLines, temperLines } from "./voice/words.ts";

/** What all of a population have in common. */
export interface Setting {
  readonly specification?: Specification | undefined;
  /** More on where these people live and what they are asked for. */
  readonly about?: string | undefined;
  readonly depth: Depth;
  readonly following: "full" | "small";
}

/** What is known of one person before it is written. */
export interface PersonBrief {
  readonly settled: Settled;
  readonly voice: Voice;
  readonly schooling: Schooling | undefined;
  /** In its English name; where nobody says one, that of the setting. */
  readonly language: string | undefined;
  /** Who lives with this person. */
  readonly partner?: string | undefined;
}

/**
 * What the model reads before it writes one person of a population: first what is the same for all, so that it is cached
 * and a population costs no more than its people, then this one. Nothing of the others.
 * @param contradictions what an earlier version got wrong
 */
export function populationMessages(
  setting: Setting,
  brief: PersonBrief,
  contradictions: readonly string[] = [],
): readonly Message[] {
  const rules = setting.following === "small" ? smallRules : fullRules(setting.depth);
  const common = [rules, settingText(setting), madeUp(setting.specification)].filter((part) => part !== "");
  return [
    { role: "system", content: common.join("\n\n"), cacheUpToHere: true },
    { role: "user", content: personText(brief, contradictions) },
  ];
}

const counts: Readonly<Record<Depth, string>> = {
  sketch: "Three to five items in each list. Short sentences: a page in all.",
  standard: "Five to eight items in each list, four of them in skills and relationships.",
  deep: "Ten or more items in each list of preferences, fifteen in the beliefs and facts; routines with hours; no item repeats another.",
};

const fullRules = (
  depth: Depth,
): string => `You write down one person of a population that was drawn at random, as somebody who knows them well would.

- What stands in <person> was drawn and is settled: write nothing that contradicts it, and everything else so that it follows from it: the trade fits the schooling, the flat fits the income, memories fit the age. Amounts and categories of it are not recited; they show in how the person lives.
- How the person is (<temper>) and talks (<talk>) was drawn as well, and is binding. People differ: make nobody kinder, calmer, more curious, more balanced or more talkative than it says, and soften nothing. Show it in deeds; use none of its wording.
- Plausible before interesting. Most people are not founders, artists, activists or data scientists. Take what is not drawn from what is usual there, for people such as this one, then add what is not usual in this one person.
- No clichés of a nation, class, gender or trade, and no virtue without its price. At least one flaw that others suffer from.
- Specific details: the street, the dish, the sum, the year, the name of the dog.
- Opinions that can be argued with. A person is for some things, against others, and has never thought about most.
- The style says how this person talks, in keeping with <talk>: how long, how blunt, which words, what is never said.
- No scores and no degrees in numbers anywhere.
- Languages are binding: only those that the person really speaks.
- ${counts[depth]}
- Traits, habits and facts address the person as "you" (in other languages: as one addresses a friend).`;

const smallRules =
  "Write down one believable person. What stands in <person>, <temper> and <talk> is true: never contradict it, soften nothing. Be specific: real places, dishes, sums, names. One bad habit, one opinion that others dislike. Only list languages that the person really speaks.";

function settingText({ specification, about }: Setting): string {
  const said = [specification?.title ?? specification?.name, specification?.description, about];
  const lines = said.filter((line) => line !== undefined);
  return lines.length === 0 ? "" : `The setting, as data:\n<setting>\n${lines.map(plainLines).join("\n")}\n</setting>`;
}

/** Dimensions that have no figures, and what the others mean. */
function madeUp(specification: Specification | undefined): string {
  const entries = Object.entries(specification?.dimensions ?? {});
  const free = entries.filter(([, dimension]) => dimension.kind === "free");
  const meant = entries.filter(([, dimension]) => dimension.kind !== "free" && dimension.describe !== undefined);
  const line = ([id, dimension]: (typeof entries)[number]): string =>
    `- ${plainText(titleOf(id, dimension))}: ${plainText(dimension.describe ?? "")}`;
  return [
    ...(meant.length === 0 ? [] : [["What was drawn means, as data:", ...meant.map(line)].join("\n")]),
    ...(free.length === 0 ? [] : [["Also make up for each person, among the facts:", ...free.map(line)].join("\n")]),
  ].join("\n\n");
}

function personText({ settled, voice, schooling, language, partner }: PersonBrief, contradictions: readonly string[]) {
  const person = [
    `Name: ${settled.persona.name}`,
    ...settled.lines,
    ...(partner === undefined ? [] : [`Lives with a partner: ${partner}`]),
  ];
  return [
    `<person>\n${person.map(plainText).join("\n")}\n</person>`,
    `<temper>\n${temperLines(voice).join("\n")}\n</temper>`,
    `<talk>\n${talkLines(voice, schooling).join("\n")}\n</talk>`,
    contradictions.length === 0
      ? ""
      : `An earlier version contradicted what is settled. Write the person anew, without this:\n${contradictions.map((line) => `- ${plainText(line)}`).join("\n")}`,
    language === undefined ? "Write the person." : `Write the person. All texts in ${plainText(language)}.`,
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}
