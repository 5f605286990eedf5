import type { Actor } from "../../../kernel/contracts/person.ts";
import { checkKeys, type KeysOf } from "../../../kernel/text/known-keys.ts";
import type { TinyWorld } from "../../tiny-world.ts";
import { calledUpon } from "../casting.ts";
import { type KindOptions, kindOptions, partsOf, type Venue } from "../venue.ts";
import { type Guide, type WholeGuide, wholeGuide } from "./guide.ts";
import { type Lead, leadOf } from "./lead.ts";
import { type Spoken, stepOf } from "./spoken.ts";

/** Who asks whom, and what. */
export interface InterviewOptions<P extends Actor> extends KindOptions {
  /** A person, who asks in their own words and may ask further, or the name of a voice. Default `The interviewer`. */
  readonly interviewer?: P | string;
  readonly interviewee: P;
  /** Each topic is a question with its follow-ups. */
  readonly guide: Guide | Guide["topics"];
}

const known: KeysOf<InterviewOptions<Actor>> = { ...kindOptions, interviewer: true, interviewee: true, guide: true };

/** A question of an interview, as it was put, and what was answered. */
export interface Answered {
  readonly question: string;
  /** It is the guide's own question, or one of those that go further. */
  readonly kind: "question" | "follow-up" | "deviation";
  /** Empty when nothing was said. */
  readonly answer: string;
  /** Where the answer stands: `<turn event>.<index of the action>`. */
  readonly event: string | undefined;
}

/**
 * An interview: one asks, one answers, and nobody else hears it, since nobody else is there.
 * @example
 * const talk = interview(simulation, { interviewee: lisa, guide: [{ ask: "What do you do?", followUps: ["Why?"] }] });
 * (await talk.hold()).map(({ kind }) => kind); // => ["question", "follow-up"]
 */
export function interview<P extends Actor>(venue: Venue<P>, options: InterviewOptions<P>): Interview<P> {
  return new Interview(venue, options);
}

/** An interview, and the world of two in which it takes place. */
export class Interview<P extends Actor> {
  readonly world: TinyWorld<P>;
  readonly #interviewee: P;
  readonly #guide: WholeGuide;
  readonly #lead: Lead;

  constructor(venue: Venue<P>, options: InterviewOptions<P>) {
    checkKeys(options, known, "the options of an interview");
    const { name = "Interview", interviewer = "The interviewer", interviewee, guide } = options;
    const both = typeof interviewer === "string" ? [interviewee] : [interviewer, interviewee];
    this.world = venue.world(name, both, partsOf(options)).makeEveryoneAccessible();
    this.#interviewee = interviewee;
    this.#guide = wholeGuide(guide);
    this.#lead = leadOf(this.world, interviewer);
  }

  /** Asks through the guide once. A row for each question that was put has what was answered. Throws as `world.run`. */
  async hold(): Promise<readonly Answered[]> {
    const { opening, topics, closing, deviations } = this.#guide;
    if (opening !== undefined) await this.#lead.say(opening, "open");
    const rows: Answered[] = [];
    for (const { ask, followUps } of topics) {
      rows.push(await this.#answer(await this.#lead.say(ask, "ask"), "question"));
      for (const further of followUps) {
        rows.push(await this.#answer(await this.#lead.say(further, "follow up"), "follow-up"));
      }
      for (let left = deviations; left > 0; left--) {
        const asked = await this.#lead.deviate(ask, []);
        if (asked.length === 0) break;
        rows.push(await this.#answer(wordsOf(asked), "deviation"));
      }
    }
    if (closing !== undefined) await this.#lead.say(closing, "close");
    return rows;
  }

  async #answer(question: string, kind: Answered["kind"]): Promise<Answered> {
    const said = await stepOf(this.world, { schedule: calledUpon([this.#interviewee]) });
    return { question, kind, answer: wordsOf(said), event: said[0]?.reference };
  }
}

const wordsOf = (said: readonly Spoken[]): string => said.map(({ words }) => words).join(" ");
