import { isRecord } from "../../persona/plain-data.ts";
import { lineOf } from "../../persona/plain-text.ts";
import type { Member } from "../profile/people/people.ts";
import { keyOf } from "../profile/people/values.ts";
import type { PopulationFinding } from "./finding.ts";
import { tellingTexts } from "./texts.ts";

/** Below this many people nothing is said of what many have. */
const fewest = 10;

/** What too many have in common: names, jobs, sentences. */
export function repeatedAmongPeople(people: readonly Member[]): readonly PopulationFinding[] {
  return [...sameNames(people), ...firstNames(people), ...jobs(people), ...sentences(people)];
}

function sameNames(people: readonly Member[]): readonly PopulationFinding[] {
  const first = new Map<string, Member>();
  return people.flatMap((one): readonly PopulationFinding[] => {
    const key = keyOf(one.name);
    const before = first.get(key);
    if (before === undefined) first.set(key, one);
    if (before === undefined) return [];
    const message = `has the name of ${before.id} as well`;
    return [{ rule: "same-name", severity: "warning", person: { id: one.id, name: one.name }, path: "name", message }];
  });
}

function firstNames(people: readonly Member[]): readonly PopulationFinding[] {
  const counts = countOf(people.map(({ name }) => name.split(/\s+/)[0] ?? name));
  return tooMany(counts, people.length, 0.05).map(([name, count]) => ({
    ...{ rule: "worn-first-name" as const, severity: "hint" as const, path: "name" },
    message: `${count} of ${people.length} people have the first name ${name}`,
  }));
}

/** Jobs that too many have, unless that is what was drawn. */
function jobs(people: readonly Member[]): readonly PopulationFinding[] {
  if (people.some(({ draw }) => draw !== undefined && Object.keys(draw).some((id) => /occupation|job/.test(id))))
    return [];
  const titles = people.map(({ persona: { occupation } }) =>
    lineOf(isRecord(occupation) ? occupation["title"] : occupation),
  );
  const counts = countOf(titles.filter((title) => title !== ""));
  return tooMany(counts, people.length, 0.1).map(([title, count]) => ({
    ...{ rule: "worn-job" as const, severity: "warning" as const, path: "occupation.title" },
    message: `${count} of ${people.length} people are ${title}`,
  }));
}

/** Whole items of at least five words that several people have, word by word. */
function sentences(people: readonly Member[]): readonly PopulationFinding[] {
  const who = new Map<string, { text: string; path: string; people: Set<Member> }>();
  for (const person of people) {
    for (const { path, text } of tellingTexts(person)) {
      if (text.trim().split(/\s+/).length < 5) continue;
      const key = keyOf(text);
      const entry = who.get(key) ?? { text, path: path.replace(/\.\d+(?=\.|$)/g, ""), people: new Set() };
      who.set(key, entry);
      entry.people.add(person);
    }
  }
  return [...who.values()]
    .filter((entry) => entry.people.size >= 3 && entry.people.size > 0.02 * people.length)
    .sort((left, right) => right.people.size - left.people.size)
    .map(({ text, path, people: having }) => ({
      ...{ rule: "shared-sentence" as const, severity: "warning" as const, path },
      message: `${having.size} of ${people.length} people have word by word: ${lineOf(text).slice(0, 120)}`,
    }));
}

function countOf(texts: readonly string[]): ReadonlyMap<string, number> {
  const spelt = new Map<string, string>();
  const counts = new Map<string, number>();
  for (const text of texts) {
    const label = spelt.get(keyOf(text)) ?? text;
    spelt.set(keyOf(text), label);
    counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  return counts;
}

const tooMany = (
  counts: ReadonlyMap<string, number>,
  all: number,
  share: number,
): readonly (readonly [string, number])[] =>
  all < fewest
    ? []
    : [...counts].filter(([, count]) => count >= 3 && count > share * all).sort(([, one], [, other]) => other - one);

/** Traits of the big five of which nearly all are on one side, and whoever is alike in all. */
const traits = ["openness", "conscientiousness", "extraversion", "agreeableness", "neuroticism"] as const;

/** The degrees of the big five that nearly all people share: a population of agreeable people is a model's taste. */
export function monoculture(people: readonly Member[], degree: (person: Member, path: string) => number | undefined) {
  return traits.flatMap((trait): readonly PopulationFinding[] => {
    const path = `personality.big_five.${trait}`;
    const degrees = people.map((person) => degree(person, path)).filter((value) => value !== undefined);
    if (degrees.length < fewest) return [];
    return (
      [
        ["high", 1],
        ["low", -1],
        ["in the middle", 0],
      ] as const
    ).flatMap(([side, sign]) => {
      const count = degrees.filter((value) => Math.sign(value) === sign).length;
      if (count < 0.8 * degrees.length) return [];
      const message = `${count} of ${degrees.length} people are ${side} in ${trait}: people differ more`;
      return [{ rule: "monoculture" as const, severity: "warning" as const, path, message }];
    });
  });
}
