import { createRandom, type Random } from "../../src/kernel/values/random.ts";

const nouns =
  "kitchen invoice harbour ladder garden meeting lamp bridge ticket market radio window recipe engine letter shelf river blanket bicycle drawer calendar stairwell notebook bakery tram orchard workshop ledger teapot saddle canal library hedge parcel meadow clinic".split(
    " ",
  );
const qualities =
  "quiet early crooked cheap patient narrow honest loud spare careful sudden plain borrowed green stubborn ordinary warm rusty small distant hurried sturdy frugal gentle".split(
    " ",
  );
const deeds =
  "repair sort borrow paint explain carry measure postpone share weigh defend collect plant count promise question sweep trade copy finish avoid lend mend arrange".split(
    " ",
  );
const whens =
  "on Mondays|before breakfast|after the rain|when nobody asks|twice a month|in the evening|every spring|without a plan|at the weekend|since last winter".split(
    "|",
  );

/** One plain sentence of some twenty words, in the third, first or second person. */
function sentence(random: Random, subject: string): string {
  const thing = (): string => `the ${random.pick(qualities)} ${random.pick(nouns)}`;
  return (
    `${subject} ${random.pick(deeds)} ${thing()} ${random.pick(whens)}, ` +
    `and ${random.pick(deeds)} ${thing()} so that ${thing()} can wait for ${thing()}.`
  );
}

/** A persona of about 1,120 tokens (o200k; compact JSON) whom nobody else resembles; the same for the same number. */
export function benchPersona(number: number): object {
  const random = createRandom("people of the bench").fork(String(number));
  const sentences = (count: number): string[] => Array.from({ length: count }, () => sentence(random, "You"));
  const things = (count: number): string[] =>
    Array.from({ length: count }, () => `${random.pick(qualities)} ${random.pick(nouns)}s`);
  return {
    name: personName(number),
    age: 20 + random.integer(50),
    nationality: random.pick(["Dutch", "Chilean", "Kenyan", "Finnish", "Lebanese"]),
    residence: random.pick(["Delft", "Valparaíso", "Nakuru", "Turku", "Tripoli"]),
    occupation: {
      title: `${random.pick(nouns)} keeper`,
      organization: `the ${random.pick(nouns)} office`,
      description: sentences(3).join(" "),
    },
    education: sentences(1).join(" "),
    style: sentences(2).join(" "),
    long_term_goals: sentences(2),
    personality: { traits: sentences(4), big_five: { openness: "High.", neuroticism: "Low." } },
    preferences: { interests: things(5), likes: things(5), dislikes: things(5) },
    beliefs: sentences(7),
    skills: sentences(3),
    behaviors: { routines: sentences(4), social: sentences(3) },
    relationships: Array.from({ length: 3 }, (_, index) => ({
      name: personName(number + index + 1),
      description: sentence(random, "They"),
    })),
    other_facts: sentences(3),
  };
}

/** `Person 0007`: the fake provider knows by the number who is next. */
export function personName(number: number): string {
  return `Person ${String(number).padStart(4, "0")}`;
}

/** What somebody from outside says, one sentence; another one for every number. */
export function stimulus(number: number): string {
  return sentence(createRandom("stimuli of the bench").fork(String(number)), "Would you please");
}
