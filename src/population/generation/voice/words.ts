import type { BigFive, Degree, Voice } from "./temper.ts";

type Five = readonly [string, string, string, string, string];

/** What each degree looks like from outside, without numbers, so that none gets into a persona. */
const shown: Readonly<Record<BigFive, Five>> = {
  openness: [
    "Wants nothing new: food, routes, opinions are settled, and what is unusual is silly or suspect.",
    "Prefers what is known and practical; bored by art and by ideas without a use.",
    "Curious where something touches the own life, otherwise content with what there is.",
    "Curious, likes the unusual, changes an opinion for a good argument.",
    "Lives among ideas and inventions, tries everything, finishes little of it for the next thing.",
  ],
  conscientiousness: [
    "Late, careless, breaks promises without noticing; bills and plans lie about.",
    "Starts late, leaves things half done, counts on luck and on others.",
    "Reliable where it counts, sloppy where nobody looks.",
    "Orderly, on time, finishes; annoyed by those who do not.",
    "Driven by lists and rules, cannot leave work undone, makes life hard for those who are less exact.",
  ],
  extraversion: [
    "Avoids people, speaks when spoken to, is worn out by company.",
    "Reserved; warms up slowly, with few, and leaves early.",
    "Sociable among those who are known, quiet among strangers.",
    "Seeks company, talks to strangers, takes the lead without being asked.",
    "Always among people, loud, cannot be alone or silent, takes up the room.",
  ],
  agreeableness: [
    "Picks fights, says what hurts, trusts nobody, would rather be right than liked; does not give in.",
    "Contradicts readily, doubts what others are after, says no without softening it.",
    "Goes along in small things, holds out in those that matter, keeps count of favours.",
    "Looks for what can be agreed on, trusts easily, says no in a roundabout way.",
    "Cannot say no, believes the best of everybody, gives in and regrets it.",
  ],
  neuroticism: [
    "Nothing gets under the skin: calm to the point of seeming not to care.",
    "Even-tempered, hard to upset, over it by the next morning.",
    "Calm on most days; a few sore points.",
    "Worries, takes things personally, up and down within a day.",
    "Anxious or angry at little, expects the worst, broods for weeks.",
  ],
};

const lengths: Five = [
  "As little as can be said: a word or half a sentence, then silence.",
  "Short: one sentence as a rule, two when pressed.",
  "Two to four sentences, then waits for the other.",
  "At some length: reasons, an example, an aside.",
  "Hard to stop: each answer becomes a story with detours.",
];

/** How far somebody went to school: not far, to a school-leaving certificate or a trade, to a university. */
export type Schooling = 0 | 1 | 2;

const vocabularies: Readonly<Record<Schooling, string>> = {
  0: "Everyday words of home and trade, simple sentences, the grammar of the street; no words out of books.",
  1: "Ordinary words, now and then a term from work; little that is abstract.",
  2: "Many words, exact terms, subordinate clauses; notices when others are imprecise.",
};

/** A degree of each of the five, as the model reads it. */
export function temperLines({ temper }: Voice): readonly string[] {
  return Object.entries(temper).map(([trait, degree]) => `- ${trait}: ${temperWord(trait as BigFive, degree)}`);
}

export const temperWord = (trait: BigFive, degree: Degree): string => shown[trait][degree];

/** How somebody talks, as the model reads it. */
export function talkLines({ length }: Voice, schooling: Schooling | undefined): readonly string[] {
  return [`- Length: ${lengths[length]}`, ...(schooling === undefined ? [] : [`- Words: ${vocabularies[schooling]}`])];
}
