import type { Rehearsal } from "../kernel/contracts/model.ts";
import { slug } from "../kernel/values/ids.ts";
import type { Random } from "../kernel/values/random.ts";
import type { PersonOrder } from "./factory-prompt.ts";
import * as material from "./rehearsal-material.ts";

/**
 * A whole person put together from the dice, for a model without knowledge of the world: what the description says
 * itself (a name, an age, a trade) is taken from it, the rest from a stock of sentences; never a name that is taken.
 */
export function rehearsedPerson(random: Random, order: PersonOrder): Rehearsal {
  const person = invented(random, order);
  return { persona: person, others: order.taken, distribution: Object.fromEntries(certainties(person, [])) };
}

function invented(random: Random, order: PersonOrder) {
  const told = order.particularities ?? "";
  const some = <T>(items: readonly T[], count: number): readonly T[] => random.shuffle(items).slice(0, count);
  const { name, ...origin } = named(random, order);
  const few = order.following === "small" ? 4 : 9;
  const work = workIn(told) ?? random.pick(material.jobs);
  const traits = some(material.traits, few);
  const preferences = { likes: some(material.likes, few), dislikes: some(material.dislikes, few) };
  const beliefs = some(material.beliefs, few);
  const facts = [
    ...(told === "" ? [] : [`This was said of you: ${told.replace(/[.\s]*$/, ".")}`]),
    ...some(material.facts, few),
  ];
  const shared = {
    name,
    ...origin,
    age: ageIn(told) ?? 22 + random.integer(42),
    style: random.pick(material.styles),
    beliefs,
  };
  if (order.following === "small") return { ...shared, job: work, traits, ...preferences, facts };
  return {
    ...shared,
    education: random.pick(material.educations),
    long_term_goals: some(material.goals, 3),
    occupation: {
      title: work,
      organization: /^[^.\n]{0,100}/.exec(order.context.trim())?.[0] ?? "",
      description: `You have done this for years: ${work}.`,
    },
    personality: { traits, big_five: mapped(material.bigFive, (degrees) => random.pick(degrees)) },
    preferences: { interests: some(material.interests, few), ...preferences },
    skills: some(material.skills, 4),
    behaviors: { general: some(material.habits, 4), routines: material.routines },
    health: random.pick(material.healths),
    relationships: some(material.acquaintances, 3),
    other_facts: facts,
  };
}

function named(random: Random, { context, particularities = "", taken }: PersonOrder) {
  const people = originsIn(`${particularities} ${context}`).flatMap(({ women, men, families, ...origin }) =>
    families.flatMap((family) => [
      ...women.map((first) => ({ ...origin, gender: "female", name: `${first} ${family}` })),
      ...men.map((first) => ({ ...origin, gender: "male", name: `${first} ${family}` })),
    ]),
  );
  const known = new Set(taken.map(slug));
  const free = people.filter(({ name }) => !known.has(slug(name)));
  const person = random.pick(free.length > 0 ? free : people);
  return { ...person, name: nameIn(particularities) ?? person.name };
}

/** The origins of which the text speaks, or all. */
function originsIn(text: string): typeof material.origins {
  const spoken = material.origins.filter(({ nationality, residence }) =>
    [nationality, residence.split(", ").at(-1) ?? nationality].some((word) => text.includes(word)),
  );
  return spoken.length > 0 ? spoken : material.origins;
}

/** "… named Ana Luz …" */
function nameIn(text: string): string | undefined {
  return /\b(?:named|called|name is)\s+(\p{Lu}[\p{L}'’-]+(?: \p{Lu}[\p{L}'’-]+)*)/u.exec(text)?.[1];
}

/** "… 45 years old …", "a 45-year-old …" */
function ageIn(text: string): number | undefined {
  const age = /\b(\d{1,2})[- ]years?[- ]old\b/i.exec(text)?.[1];
  return age === undefined ? undefined : Number(age);
}

/** "A vice-president of one of the banks, under pressure" is a vice-president of one of the banks. */
function workIn(text: string): string | undefined {
  const clause =
    /^\s*(?:an?|the|one)?\s*(?:\d+[- ]years?[- ]old\s+)?([^,.;:()\n]{3,70}?)(?=[,.;:()\n]|\s(?:who|with|named|called|from|living)\b|$)/i;
  return clause.exec(text)?.[1]?.trim();
}

function mapped<K extends string, T, R>(record: Readonly<Record<K, T>>, change: (value: T) => R): Record<K, R> {
  const entries = Object.entries<T>(record).map(([key, value]) => [key, change(value)]);
  return Object.fromEntries(entries) as Record<K, R>;
}

/** Each leaf of the person as an option without an alternative, by its path. */
function certainties(value: unknown, at: readonly string[]): [string, Record<string, number>][] {
  if (typeof value !== "object" || value === null) return [[at.join("."), { [String(value)]: 1 }]];
  return Object.entries(value).flatMap(([key, inner]) => certainties(inner, [...at, key]));
}
