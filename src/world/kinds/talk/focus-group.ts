import type { Actor } from "../../../kernel/contracts/person.ts";
import { NameIndex } from "../../../kernel/language/names.ts";
import { checkKeys, type KeysOf } from "../../../kernel/text/known-keys.ts";
import { type ScheduleName, scheduleOf } from "../../schedule/named.ts";
import type { Schedule } from "../../schedule/schedule.ts";
import type { TinyWorld } from "../../tiny-world.ts";
import { aloud } from "../../visibility/in-reach.ts";
import { among, calledUpon } from "../casting.ts";
import { type KindOptions, kindOptions, partsOf, type Venue } from "../venue.ts";
import { type Guide, type WholeGuide, wholeGuide } from "./guide.ts";
import { type Lead, leadOf } from "./lead.ts";
import { type Spoken, silentAmong, stepOf } from "./spoken.ts";

/** Who sits in a focus group, who leads it, and through what. */
export interface FocusGroupOptions<P extends Actor> extends KindOptions {
  readonly people: readonly P[];
  /** A person, who leads in their own words and may deviate from the guide, or the name of a voice. Default `The moderator`. */
  readonly moderator?: P | string;
  readonly guide: Guide | Guide["topics"];
  /** How people speak within a round. Default `shuffled`. */
  readonly schedule?: ScheduleName | Schedule;
}

const known: KeysOf<FocusGroupOptions<Actor>> = {
  ...kindOptions,
  people: true,
  moderator: true,
  guide: true,
  schedule: true,
};

/** How much somebody took part in a topic. */
export interface Participation {
  readonly topic: string;
  readonly person: string;
  /** How often they spoke. */
  readonly spoke: number;
  /** They kept silent until they were asked. */
  readonly probed: boolean;
}

/**
 * A focus group: people around a table, and a moderator who opens a topic, turns to those who keep silent, moves on
 * when it is quiet, and closes. All hear all that is said.
 * @example
 * const group = focusGroup(simulation, { people: [lisa, oscar], guide: ["What annoys you about kettles?"] });
 * const took = await group.hold();
 * took.map(({ person }) => person); // => ["Lisa", "Oscar"]
 */
export function focusGroup<P extends Actor>(venue: Venue<P>, options: FocusGroupOptions<P>): FocusGroup<P> {
  return new FocusGroup(venue, options);
}

/** A focus group, and the world that it meets in. */
export class FocusGroup<P extends Actor> {
  readonly world: TinyWorld<P>;
  readonly #people: readonly P[];
  readonly #guide: WholeGuide;
  readonly #lead: Lead;
  readonly #schedule: Schedule;

  constructor(venue: Venue<P>, options: FocusGroupOptions<P>) {
    checkKeys(options, known, "the options of a focus group");
    const { name = "Focus group", people, moderator = "The moderator", guide, schedule = "shuffled" } = options;
    const all = typeof moderator === "string" || people.includes(moderator) ? people : [moderator, ...people];
    this.world = venue.world(name, all, { ...partsOf(options), visibility: aloud() }).makeEveryoneAccessible();
    this.#people = people.filter((person) => person !== moderator);
    this.#guide = wholeGuide(guide);
    this.#lead = leadOf(this.world, moderator);
    this.#schedule = among(this.#people, scheduleOf(schedule));
  }

  /** Goes through the guide once. A row for each topic and person says how they took part. Throws as `world.run`. */
  async hold(): Promise<readonly Participation[]> {
    const { opening, topics, closing } = this.#guide;
    if (opening !== undefined) await this.#lead.say(opening, "open");
    const rows: Participation[] = [];
    for (const [place, topic] of topics.entries()) {
      this.world.record({ type: "stage-entered", stage: `Topic ${place + 1} of ${topics.length}` });
      rows.push(...(await this.#discuss(topic)));
    }
    if (closing !== undefined) await this.#lead.say(closing, "close");
    return rows;
  }

  async #discuss(topic: WholeGuide["topics"][number]): Promise<readonly Participation[]> {
    await this.#lead.say(topic.ask, "ask");
    const spoken = [...(await stepOf(this.world, { schedule: this.#schedule }))];
    const silent = silentAmong(this.#people, spoken);
    if (silent.length > 0) spoken.push(...(await this.#probe(silent, topic.probe)));
    spoken.push(...(await this.#rounds(topic.rounds - 1)));
    for (const question of topic.followUps) {
      await this.#lead.say(question, "follow up");
      spoken.push(...(await this.#rounds(topic.rounds)));
    }
    for (let left = this.#guide.deviations; left > 0; left--) {
      const asked = await this.#lead.deviate(topic.ask, silentAmong(this.#people, spoken));
      if (asked.length === 0) break;
      spoken.push(...(await this.#answer(asked)));
    }
    return this.#people.map((person) => participation(person, { topic: topic.ask, spoken, silent }));
  }

  async #probe(silent: readonly P[], probe: string): Promise<readonly Spoken[]> {
    await this.#lead.say(`${silent.map(({ name }) => name).join(", ")}: ${probe}`, "probe");
    return stepOf(this.world, { schedule: calledUpon(silent) });
  }

  /** Everybody may speak so many times, as long as somebody does. */
  async #rounds(most: number): Promise<readonly Spoken[]> {
    const spoken: Spoken[] = [];
    for (let left = most; left > 0; left--) {
      const said = await stepOf(this.world, { schedule: this.#schedule });
      spoken.push(...said);
      if (said.length === 0) break;
    }
    return spoken;
  }

  /** Those who are asked by name answer; everybody may where nobody is. */
  #answer(asked: readonly Spoken[]): Promise<readonly Spoken[]> {
    const names = new NameIndex(this.#people);
    const meant = asked.flatMap(({ target }) => names.find(target));
    return stepOf(this.world, { schedule: meant.length > 0 ? calledUpon([...new Set(meant)]) : this.#schedule });
  }
}

interface Discussed {
  readonly topic: string;
  readonly spoken: readonly Spoken[];
  readonly silent: readonly Actor[];
}

function participation(person: Actor, { topic, spoken, silent }: Discussed): Participation {
  const spoke = spoken.filter((one) => one.person === person.id).length;
  return { topic, person: person.name, spoke, probed: silent.includes(person) };
}
