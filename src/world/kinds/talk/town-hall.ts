import type { Actor } from "../../../kernel/contracts/person.ts";
import { checkAble, checkKeys, type KeysOf } from "../../../kernel/text/known-keys.ts";
import type { PersonId } from "../../../kernel/values/ids.ts";
import { alongNetwork } from "../../network/along-network.ts";
import type { WorldOptions } from "../../options.ts";
import type { Bidder } from "../../schedule/auction/bidder.ts";
import { urgencyAuction } from "../../schedule/auction/urgency-auction.ts";
import type { Schedule } from "../../schedule/schedule.ts";
import type { TinyWorld } from "../../tiny-world.ts";
import { inReach } from "../../visibility/in-reach.ts";
import type { Visibility } from "../../visibility/visibility.ts";
import { among, calledUpon } from "../casting.ts";
import { type KindOptions, kindOptions, partsOf, type Venue } from "../venue.ts";
import { leadOf } from "./lead.ts";
import { type Spoken, stepOf } from "./spoken.ts";

/** Who speaks to whom, and how questions are asked. */
export interface TownHallOptions<P extends Actor> extends KindOptions, Pick<WorldOptions, "network"> {
  readonly speaker: P;
  /** In the order in which they sit. */
  readonly audience: readonly P[];
  /** What the speaker has to say, which they put into their own words. */
  readonly opening: string;
  /** Who calls people up. Default `The moderator`. */
  readonly moderator?: string;
  /** The most questions. Default 5; fewer when nobody wants to ask. */
  readonly questions?: number;
  /** How people bid for the floor. Default `byUrgency()`, without a model. */
  readonly bidder?: Bidder;
  /** How many whisper to a neighbour after each answer, those who want it most. Default 0. */
  readonly whispers?: number;
  /** Who hears those who have not the floor. Default: along the `network`, where there is one, else the seats beside theirs. */
  readonly visibility?: Visibility;
}

const known: KeysOf<TownHallOptions<Actor>> = {
  ...kindOptions,
  speaker: true,
  audience: true,
  opening: true,
  moderator: true,
  questions: true,
  bidder: true,
  whispers: true,
  network: true,
  visibility: true,
};

/** A question from the audience, and what was answered. */
export interface AskedInPublic {
  readonly person: string;
  /** How much they wanted to ask, from 1 to 9. */
  readonly urgency: number;
  readonly question: string;
  /** Where it stands: `<turn event>.<index of the action>`. */
  readonly asked: string;
  /** Empty when nothing was said. */
  readonly answer: string;
  readonly answered: string | null;
}

/**
 * A town hall: a speaker, and an audience whose questions come in the order of urgency. Who has the floor is heard by
 * all; the others are heard in the seats beside theirs, or along a network.
 * @example
 * const hall = townHall(simulation, { speaker: lisa, audience: [oscar], opening: "We close the old depot.", questions: 1 });
 * (await hall.hold()).map(({ person }) => person); // => ["Oscar"]
 */
export function townHall<P extends Actor>(venue: Venue<P>, options: TownHallOptions<P>): TownHall<P> {
  return new TownHall(venue, options);
}

/** A town hall, and the world in which it is held. */
export class TownHall<P extends Actor> {
  readonly world: TinyWorld<P>;
  readonly #options: TownHallOptions<P>;
  readonly #moderator: string;
  /** Whom all can hear. */
  readonly #floor = new Set<PersonId>();
  readonly #bids = new Map<PersonId, number>();

  constructor(venue: Venue<P>, options: TownHallOptions<P>) {
    checkKeys(options, known, "the options of a town hall");
    const { name = "Town hall", speaker, audience, moderator = "The moderator" } = options;
    const { network, visibility: whispered = network ? alongNetwork(network) : seatsBeside(audience) } = options;
    checkAble(whispered, "circle", "visibility");
    const visibility = hallVisibility(this.#floor, whispered);
    this.world = venue
      .world(name, [speaker, ...audience], { ...partsOf(options), visibility, ...(network && { network }) })
      .makeEveryoneAccessible();
    this.#options = options;
    this.#moderator = moderator;
  }

  /** Holds it once. A row for each question has who asked, how urgent it was, and the answer. Throws as `world.run`. */
  async hold(): Promise<readonly AskedInPublic[]> {
    const { speaker, opening, questions = 5, whispers = 0 } = this.#options;
    this.world.record({ type: "stage-entered", stage: "Opening" });
    await this.#withFloor([speaker], () => leadOf(this.world, speaker).say(opening, "open"));
    this.world.record({ type: "stage-entered", stage: "Questions" });
    const rows: AskedInPublic[] = [];
    while (rows.length < questions) {
      const which = rows.length === 0 ? "a question" : "the next question";
      this.world.broadcast(`Who has ${which} for ${speaker.name}?`, { from: this.#moderator });
      const row = await this.#question();
      if (row === undefined) break;
      rows.push(row);
      if (whispers > 0) await stepOf(this.world, { schedule: this.#auction(whispers) });
    }
    this.world.broadcast("Thank you all for coming.", { from: this.#moderator });
    return rows;
  }

  /** Whoever wants it most asks, and the speaker answers; undefined when nobody asks anything. */
  async #question(): Promise<AskedInPublic | undefined> {
    const { speaker, audience } = this.#options;
    const asked = await this.#withFloor(audience, () => stepOf(this.world, { schedule: this.#auction(1) }));
    const [first] = asked;
    if (first === undefined) return undefined;
    const said = await this.#withFloor([speaker], () => stepOf(this.world, { schedule: calledUpon([speaker]) }));
    return {
      ...{ person: first.name, urgency: this.#bids.get(first.person) ?? 0 },
      ...{ question: wordsOf(asked), asked: first.reference },
      ...{ answer: wordsOf(said), answered: said[0]?.reference ?? null },
    };
  }

  /** The audience bids; what each bid is kept for the rows. */
  #auction(speakers: number): Schedule {
    const { bidder, audience } = this.#options;
    const auction = among(audience, urgencyAuction({ speakers, ...(bidder && { bidder }) }));
    return {
      ...auction,
      plan: (round) =>
        auction.plan({
          ...round,
          record: (body) => {
            if (body.type === "bid") this.#bids.set(body.person, body.urgency);
            return round.record(body);
          },
        }),
    };
  }

  async #withFloor<R>(people: readonly P[], speak: () => Promise<R>): Promise<R> {
    for (const { id } of people) this.#floor.add(id);
    try {
      return await speak();
    } finally {
      this.#floor.clear();
    }
  }
}

const wordsOf = (said: readonly Spoken[]): string => said.map(({ words }) => words).join(" ");

/** All hear who has the floor, and what is broadcast; of the others, those who hear their whispers. */
function hallVisibility(floor: ReadonlySet<PersonId>, whispered: Visibility): Visibility {
  const { announced: _announced, addressedOnly: _addressedOnly, ...parts } = whispered;
  const reach = inReach();
  return {
    ...parts,
    name: "town hall",
    aloud: (who) => floor.has(who.id) || whispered.aloud?.(who) === true,
    circle: (who, scene) => (floor.has(who.id) ? reach : whispered).circle(who, scene),
  };
}

function seatsBeside(seats: readonly Actor[]): Visibility {
  const places = new Map(seats.map(({ id }, place) => [id, place]));
  return {
    name: "seats beside",
    circle: ({ id }) => {
      const place = places.get(id);
      if (place === undefined) return { only: new Set() };
      const beside = [seats[place - 1], seats[place + 1]].flatMap((one) => (one === undefined ? [] : [one.id]));
      return { only: new Set(beside) };
    },
  };
}
