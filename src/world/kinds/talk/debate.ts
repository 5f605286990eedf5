import { checkKeys, type KeysOf } from "../../../kernel/text/known-keys.ts";
import { firstWords, timeLimit } from "../../resolution/time-limit.ts";
import type { TinyWorld } from "../../tiny-world.ts";
import { aloud } from "../../visibility/in-reach.ts";
import { calledUpon } from "../casting.ts";
import { type KindOptions, kindOptions, partsOf, type Venue } from "../venue.ts";
import { type Cast, takeVotes, type Voter } from "./ballot.ts";
import { type Spoken, stepOf } from "./spoken.ts";

/** What is debated, by whom, and who decides. */
export interface DebateOptions<P extends Voter> extends KindOptions {
  readonly motion: string;
  readonly sides: { readonly for: readonly P[]; readonly against: readonly P[] };
  /** Those who listen and vote. */
  readonly audience?: readonly P[];
  /** Who calls people up. Default `The chair`. */
  readonly chair?: string;
  /** Rounds of rebuttals after the opening statements. Default 1. */
  readonly rebuttals?: number;
  /** The most words of a turn: what is said beyond them nobody hears. Default: no limit. */
  readonly words?: number;
  /** Simulated minutes that a turn takes. Needs a calendar. Default: none. */
  readonly minutes?: number;
  /** A vote before and after: each alone at the same time, or one after the other, heard by all. Default `secret`. */
  readonly vote?: "secret" | "open" | "none";
}

const known: KeysOf<DebateOptions<Voter>> = {
  ...kindOptions,
  motion: true,
  sides: true,
  audience: true,
  chair: true,
  rebuttals: true,
  words: true,
  minutes: true,
  vote: true,
};

/** How somebody voted before and after, and what moved them. */
export interface DebateVote {
  readonly person: string;
  readonly side: "for" | "against" | "audience";
  /** `for`, `against` or `abstain`; null where there is no answer. */
  readonly before: string | null;
  readonly after: string | null;
  readonly changed: boolean;
  /** Why they voted so in the end. */
  readonly because: string | null;
  /** The words that moved them most: `<turn event>.<index of the action>`, and whose they were. */
  readonly by: string | null;
  readonly byWhom: string | null;
}

/**
 * A debate: the sides speak in turn, everybody votes before and after, and may abstain.
 * @example
 * const motion = "Kettles should have screws.";
 * const votes = await debate(simulation, { motion, sides: { for: [lisa], against: [oscar] } }).hold();
 * votes.map(({ person, side }) => `${person}: ${side}`); // => ["Lisa: for", "Oscar: against"]
 */
export function debate<P extends Voter>(venue: Venue<P>, options: DebateOptions<P>): Debate<P> {
  return new Debate(venue, options);
}

/** A debate, and the world in which it is held. */
export class Debate<P extends Voter> {
  readonly world: TinyWorld<P>;
  readonly #options: DebateOptions<P>;
  readonly #chair: string;

  constructor(venue: Venue<P>, options: DebateOptions<P>) {
    checkKeys(options, known, "the options of a debate");
    const { name = "Debate", sides, audience = [], chair = "The chair", words } = options;
    const people = [...sides.for, ...sides.against, ...audience];
    const limit = words === undefined ? {} : { resolution: timeLimit(words) };
    this.world = venue.world(name, people, { ...partsOf(options), visibility: aloud(), ...limit });
    this.world.makeEveryoneAccessible();
    this.#options = options;
    this.#chair = chair;
  }

  /** Holds it once. A row for each person says how they voted, and by what they were moved; none without a vote. Throws as `world.run`. */
  async hold(): Promise<readonly DebateVote[]> {
    const before = await this.#vote("before", []);
    this.#open();
    const { rebuttals = 1 } = this.#options;
    const statements = [...(await this.#round("Opening statements", ["for", "against"]))];
    for (let round = 1; round <= rebuttals; round++) {
      const first = round % 2 === 1 ? (["against", "for"] as const) : (["for", "against"] as const);
      statements.push(...(await this.#round(`Rebuttals, ${round} of ${rebuttals}`, first)));
    }
    const after = await this.#vote("after", statements);
    if (after.length > 0) this.#say(resultText(before, after));
    return after.map((cast, place) => this.#row(place, before[place] as Cast, cast));
  }

  #open(): void {
    const { motion, sides } = this.#options;
    for (const side of ["for", "against"] as const) {
      const goal = `In this debate I speak ${side} the motion “${motion}”, as well as I can, whatever I think of it myself.`;
      for (const person of sides[side]) {
        person.observe({ type: "INTERNAL_GOAL_FORMULATION", content: goal, source: person.name });
      }
    }
    const names = (people: readonly P[]): string => people.map(({ name }) => name).join(", ");
    this.#say(`The motion is: ${motion} For it: ${names(sides.for)}. Against it: ${names(sides.against)}.`);
  }

  /** One turn for each, the sides in turn. */
  async #round(stage: string, order: readonly ("for" | "against")[]): Promise<readonly Spoken[]> {
    const { sides, words, minutes } = this.#options;
    this.world.record({ type: "stage-entered", stage });
    const most = Math.max(sides.for.length, sides.against.length);
    const turns = Array.from({ length: most }, (_, place) => order.map((side) => [side, sides[side][place]] as const));
    const limit = words === undefined ? "" : `, for ${words} words at the most`;
    const time = minutes === undefined ? {} : { every: { minutes } };
    const statements: Spoken[] = [];
    for (const [side, person] of turns.flat()) {
      if (person === undefined) continue;
      this.#say(`${person.name}, ${side} the motion: you have the floor${limit}.`);
      const said = await stepOf(this.world, { schedule: calledUpon([person]), ...time });
      statements.push(
        ...said.map((one) => ({ ...one, words: firstWords(one.words, words ?? Number.POSITIVE_INFINITY) })),
      );
    }
    return statements;
  }

  #vote(name: string, statements: readonly Spoken[]): Promise<readonly Cast[]> {
    const { motion, vote = "secret" } = this.#options;
    if (vote === "none") return Promise.resolve([]);
    this.world.record({ type: "stage-entered", stage: `Vote ${name} the debate` });
    const ballot = { question: motion, options: ["for", "against"], name, open: vote === "open", statements };
    return takeVotes(this.world, this.world.people, ballot);
  }

  #row(place: number, before: Cast, after: Cast): DebateVote {
    const { sides } = this.#options;
    const person = this.world.people[place] as P;
    const side = sides.for.includes(person) ? "for" : sides.against.includes(person) ? "against" : "audience";
    const [was, is] = [choiceOf(before), choiceOf(after)];
    const { because, by } = "choice" in after ? after : {};
    const moved = { by: by?.reference ?? null, byWhom: by?.name ?? null };
    const changed = was !== null && is !== null && was !== is;
    return { person: person.name, side, before: was, after: is, changed, because: because ?? null, ...moved };
  }

  #say(words: string): void {
    this.world.broadcast(words, { from: this.#chair });
  }
}

const choiceOf = (cast: Cast): string | null => ("choice" in cast ? cast.choice : null);

function resultText(before: readonly Cast[], after: readonly Cast[]): string {
  const count = (casts: readonly Cast[], choice: string): number =>
    casts.filter((cast) => choiceOf(cast) === choice).length;
  const told = (casts: readonly Cast[]): string =>
    `${count(casts, "for")} for, ${count(casts, "against")} against, ${count(casts, "abstain")} abstaining`;
  return `The vote is taken. Before the debate: ${told(before)}. After it: ${told(after)}.`;
}
