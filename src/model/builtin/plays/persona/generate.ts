import type { Random } from "../../../../kernel/values/random.ts";
import type { BigFive } from "../../character/character.ts";
import { bigFive } from "../../character/character.ts";
import { varied } from "../../words/alternatives.ts";
import type { Origin } from "../../words/names.ts";
import { origins } from "../../words/names.ts";
import { beliefs, dislikes, interests, likes } from "../../words/tastes.ts";
import type { Trait } from "../../words/temper.ts";
import { degrees, styles, traits } from "../../words/temper.ts";
import type { Work } from "../../words/work.ts";
import { jobs } from "../../words/work.ts";
import type { Description } from "./description.ts";
import { readDescription } from "./description.ts";
import { type Given, readGiven, type Standing } from "./given.ts";
import { lifeOf } from "./life.ts";
import type { Sketch } from "./sketch.ts";

/**
 * A persona from a description: what it says is kept in its words, the rest is drawn so that it hangs together (names
 * and place by country, age and schooling by job, style and traits by temper).
 */
export function personaDraft(text: string, taken: readonly string[], dice: Random): Readonly<Record<string, unknown>> {
  const told = readDescription(text);
  const sketch = sketchOf(told, { taken, dice, among: jobs });
  return draftOf(sketch, told, { dice, levels: {}, untrue: /(?!)/ });
}

/** A persona around what is settled of it: coherent with that, and the rest drawn as in `personaDraft`. */
export function personaAround(persona: unknown, setting: string, dice: Random): Readonly<Record<string, unknown>> {
  const given = readGiven(persona, setting);
  const { told, schooling, standing } = given;
  const inWork = jobs.filter(({ title }) => standing === "retired" || !/retired/i.test(title));
  const fitting = inWork.filter((work) => schooling === undefined || (work.schooling === 2) === (schooling === 2));
  const drawn = sketchOf(told, { taken: [], dice, among: fitting });
  return draftOf(told.job === undefined ? inStanding(drawn, standing, dice) : drawn, told, { dice, ...given });
}

/** Who does not work any more, or not yet. */
function inStanding(sketch: Sketch, standing: Standing, dice: Random): Sketch {
  const { job, city } = sketch;
  const trade = job.replace(/^retired /i, "");
  const was = `${trade[0]?.toLowerCase() ?? ""}${trade.slice(1)}`;
  if (standing === "not at work") return notAtWork(sketch, was, dice);
  const [title, organization, day] = {
    working: [job, sketch.organization, sketch.work.day],
    retired: [
      `${sketch.age < 40 ? "Former" : "Retired"} ${was}`,
      "none",
      "The days go to errands, the radio and a bench.",
    ],
    "out of work": [`${job}, out of work`, "none", "Applications in the morning, odd jobs in the afternoon."],
    student: ["Student", `the university of ${city}`, "Lectures, a library seat by nine, and a shift at the weekend."],
    pupil: ["Pupil", `a school in ${city}`, "Six lessons, homework on the bus, friends until supper."],
    "at home": ["Homemaker", "none", "The household, the shopping and everybody's appointments."],
  }[standing] as [string, string, string];
  return { ...sketch, job: title, organization, work: { ...sketch.work, day } };
}

/** Who neither works nor looks for work in the middle of life, for reasons that differ with sex and age. */
function notAtWork(sketch: Sketch, was: string, dice: Random): Sketch {
  const { age, gender, city } = sketch;
  const household = ["Homemaker", "none", "The household, the shopping and everybody's appointments."] as const;
  const [title, organization, day] = dice.pick([
    household,
    gender === "female" ? household : ([`Former ${was}, taking a break`, "none", "Walks, repairs, no alarm."] as const),
    ["Family carer", "none", "Pills at eight, a bath at ten, and letters to the insurance."] as const,
    [`Former ${was}, unable to work`, "none", "Waiting rooms, forms, and a short walk on good days."] as const,
    ["Volunteer", `a food bank in ${city}`, "Crates in the morning, a queue at noon, accounts at home."] as const,
    age < 40
      ? (["Student in a second course", `an evening school in ${city}`, "Reading by day, classes at night."] as const)
      : ([`Former ${was}, living on savings`, "none", "A garden, a ledger, and few appointments."] as const),
  ]);
  return { ...sketch, job: title, organization, work: { ...sketch.work, day } };
}

interface Drafting {
  readonly dice: Random;
  readonly levels: Given["levels"];
  readonly untrue: RegExp;
}

function draftOf(sketch: Sketch, told: Description, { dice, levels, untrue }: Drafting) {
  const character = temperOf(told, levels, dice);
  const { city, origin, work } = sketch;
  return {
    name: sketch.name,
    age: sketch.age,
    gender: sketch.gender,
    nationality: origin.nationality,
    country: origin.country,
    country_of_residence: origin.country,
    residence: `${city}, ${origin.country}`,
    languages: origin.languages,
    occupation: { title: sketch.job, organization: sketch.organization, description: work.day },
    job: sketch.job,
    ...character,
    traits: character.personality.traits,
    preferences: {
      interests: sketch.interests,
      likes: lines(likes, 10, dice),
      dislikes: [...told.dislikes, sentence(work.complaint), ...lines(dislikes, 9, dice)],
    },
    interests: sketch.interests,
    likes: lines(likes, 8, dice),
    dislikes: [...told.dislikes, sentence(work.complaint), ...lines(dislikes, 6, dice)],
    skills: [...work.skills.map(sentence), ...some(skillsOfAll, 3, dice), `Cannot ${dice.pick(cannot)}`],
    beliefs: [work.belief, ...lines(beliefs, 9, dice)],
    ...lifeOf(sketch, told, { dice, untrue }),
  };
}

const skillsOfAll = [
  "Cooking from what is left",
  "Small repairs",
  "Remembering faces",
  "Calming an angry caller",
  "Mental arithmetic",
  "Making lists that work",
  "Driving in bad weather",
  "Bargaining",
];
const cannot = [
  "swim more than two lengths",
  "sing in tune",
  "keep a secret about surprises",
  "read a map",
  "sit through a long film",
  "use a spreadsheet",
  "dance",
  "cook rice",
];

const sentence = (text: string): string => `${text[0]?.toUpperCase()}${text.slice(1)}`;

/** So many of them, each once, in any order. */
function some<T>(items: readonly T[], count: number, dice: Random): T[] {
  return dice.shuffle(items).slice(0, count);
}

const lines = (stock: readonly string[], count: number, dice: Random): string[] =>
  some(stock, count, dice).map((line) => varied(line, dice));

interface Drawing extends Naming {
  readonly among: readonly Work[];
}

function sketchOf(told: Description, { taken, dice, among }: Drawing): Sketch {
  const origin = told.origin ?? dice.pick(origins);
  const gender = told.gender ?? dice.pick(["female", "male", "female", "male", "non-binary"]);
  const ofAge = ({ from, to }: Work): boolean => told.age === undefined || (told.age >= from && told.age <= to);
  // What does not go with the age is odder than what does not go with the schooling.
  const atWork = jobs.filter(({ title }) => !/retired/i.test(title));
  const fitting = [among, atWork].map((stock) => stock.filter(ofAge)).find((stock) => stock.length > 0) ?? among;
  const drawnWork = dice.pick(fitting);
  const work = told.work ?? (told.job === undefined ? drawnWork : anyWork(told.job, dice));
  const drawn = some(interests, 10, dice);
  return {
    name: told.name === undefined ? nameFrom(origin, gender, { taken, dice }) : fullName(told.name, origin, dice),
    gender,
    age: told.age ?? Math.round(work.from + 2 + dice.next() ** 1.2 * (work.to - work.from - 2)),
    origin,
    city: told.city ?? dice.pick(origin.cities),
    work,
    job: told.job === undefined ? work.title : sentence(told.job),
    organization: told.organization ?? dice.pick(work.places),
    interests: [...told.interests, ...drawn].slice(0, 12),
  };
}

/** A job that the stock does not know: what is true of most. */
function anyWork(title: string, dice: Random): Work {
  return {
    title,
    places: ["a company of middling size", "an office in the centre", "several clients at once"],
    day: `${dice.pick(anyDays)} What a ${title.split(" of ")[0]} is paid for comes in between.`,
    skills: some(
      [
        "seeing what a quarrel is really about",
        "writing a clear page",
        "saving a plan that went wrong",
        "saying no to the right people",
      ],
      2,
      dice,
    ),
    complaint: dice.pick([
      "decisions that are made twice",
      "urgent mails at seven in the evening",
      "colleagues who copy everyone in",
    ]),
    belief: dice.pick([
      "Good work is mostly listening first.",
      "Whoever explains badly has not understood.",
      "Nothing is as permanent as a provisional solution.",
    ]),
    schooling: /student/i.test(title) ? 0 : 2,
    from: /student/i.test(title) ? 18 : /retired|pensioner/i.test(title) ? 62 : 27,
    to: /student/i.test(title) ? 27 : /retired|pensioner/i.test(title) ? 84 : 62,
  };
}

const anyDays = [
  "Calls until ten, figures until noon, people until six.",
  "Three things planned, five that came up.",
  "Early mail, a long meeting, and an afternoon of repairs to the plan.",
];

interface Naming {
  readonly taken: readonly string[];
  readonly dice: Random;
}

/** A name of the country that nobody has yet; when all are taken, one with two family names. */
function nameFrom(origin: Origin, gender: string, { taken, dice }: Naming): string {
  const given = gender === "male" ? origin.men : gender === "female" ? origin.women : [...origin.women, ...origin.men];
  const names = given.flatMap((first) => origin.families.map((family) => `${first} ${family}`));
  const used = new Set(taken.map((name) => name.toLowerCase()));
  const parts = new Set(taken.flatMap((name) => name.toLowerCase().split(" ")));
  const free = names.filter((name) => !used.has(name.toLowerCase()));
  const fresh = free.filter(
    (name) =>
      !name
        .toLowerCase()
        .split(" ")
        .some((part) => parts.has(part)),
  );
  const doubled = given.flatMap((first) =>
    origin.families.flatMap((one) =>
      origin.families.filter((other) => other !== one).map((other) => `${first} ${one} ${other}`),
    ),
  );
  const last = doubled.filter((name) => !used.has(name.toLowerCase()));
  return dice.pick([fresh, free, last, doubled].find((list) => list.length > 0) ?? doubled);
}

const fullName = (name: string, origin: Origin, dice: Random): string =>
  name.includes(" ") || /\p{sc=Hangul}/u.test(name) ? name : `${name} ${dice.pick(origin.families)}`;

/** A temper, and the degrees, traits and style that show it; what the description says comes first. */
function temperOf(told: Description, given: Given["levels"], dice: Random) {
  const level = {} as Record<BigFive, 0 | 1 | 2>;
  for (const one of bigFive) {
    const said = told.traits.find((trait) => trait.of === one);
    const drawn = dice.pick([0, 0, 1, 2, 2] as const);
    level[one] = given[one] ?? (said === undefined ? drawn : said.up ? 0 : 2);
  }
  const shows = (item: { of: BigFive; up: boolean }): boolean => level[item.of] === (item.up ? 0 : 2);
  const drawn = dice.shuffle(traits.filter((trait) => shows(trait) && !told.traits.includes(trait)));
  const others = dice.shuffle(traits.filter((trait) => level[trait.of] === 1));
  const chosen: Trait[] = [...told.traits, ...drawn, ...others].slice(0, 8);
  const fitting = styles.filter(shows);
  return {
    personality: {
      traits: chosen.map((trait) => trait.says),
      big_five: Object.fromEntries(bigFive.map((one) => [one, dice.pick(degrees[one][level[one]])])),
    },
    style: dice.pick(fitting.length > 0 ? fitting : styles).says,
  };
}
