import { z } from "zod";
import type { ActionKind, Moment, Note } from "../../../../kernel/contracts/faculty.ts";
import type { Actor } from "../../../../kernel/contracts/person.ts";
import { checkKeys, type KeysOf } from "../../../../kernel/text/known-keys.ts";
import { TinyTroupeError } from "../../../../kernel/values/errors.ts";
import type { PersonId } from "../../../../kernel/values/ids.ts";
import type { WorldOptions } from "../../../options.ts";
import { type ScheduleName, scheduleOf } from "../../../schedule/named.ts";
import type { Schedule } from "../../../schedule/schedule.ts";
import type { KindRow, WorldKind } from "../../kind.ts";
import { byType } from "../by-type.ts";
import { doing } from "../doing.ts";
import { openAccess } from "../open-access.ts";
import { showing } from "../showing.ts";
import { earshot } from "./earshot.ts";
import { Floor, type Stay, type WorkplacePlace } from "./floor.ts";

/** How a workplace is set up. */
export interface WorkplaceOptions {
  /** Where people can be; by its name alone, a place is open and has room for all. */
  readonly places: readonly (string | WorkplacePlace)[];
  /** Where people are at first, by full name. Default: where they are already, if that is one of the places, else the first that has a seat. */
  readonly start?: Readonly<Record<string, string>>;
  /** With which probability each of the others at an open place overhears words that are meant for some. Default 0. */
  readonly eavesdropping?: number;
  /** Default `sequential`, so that who comes in hears what is said from then on. */
  readonly schedule?: ScheduleName | Schedule;
}

const known: KeysOf<WorkplaceOptions> = { places: true, start: true, eavesdropping: true, schedule: true };

/**
 * A workplace: people move between places, talk with those who are where they are, and see who comes and goes. Behind a
 * closed door nothing is overheard, and a place that is full lets nobody in.
 * @example
 * const office = new Workplace({ places: ["Desks", { name: "Meeting room", closed: true, seats: 4 }] });
 * const staff = await simulation.loadPeople(["minji", "raghav"], { faculties: [office] });
 * await simulation.world("Office", staff, office.parts).broadcast("Good morning.").run(2);
 * office.where("minji"); // => undefined
 */
export class Workplace implements WorldKind {
  readonly name = "workplace";
  readonly actions: readonly ActionKind[];
  readonly parts: WorldOptions;
  readonly #floor: Floor;
  readonly #start: Readonly<Record<string, string>>;
  #known: readonly Actor[] = [];

  /** Throws OPTION_INVALID for no places, for two of one name, and for a start at a place that is none or has too few seats. */
  constructor(options: WorkplaceOptions) {
    checkKeys(options, known, "the options of a workplace");
    const { places, start = {}, eavesdropping = 0, schedule = "sequential" } = options;
    const all = places.map((place) => (typeof place === "string" ? { name: place } : place));
    const names = all.map(({ name }) => name);
    if (all.length === 0 || new Set(names).size < names.length) throw invalid("places", names);
    const nowhere = Object.values(start).find((place) => !names.includes(place));
    if (nowhere !== undefined) throw invalid("start", nowhere);
    const crowded = all.find(({ name, seats = Infinity }) => startingAt(name, start) > seats);
    if (crowded !== undefined) throw invalid("start", crowded.name);
    this.#start = start;
    this.#floor = new Floor(all);
    this.actions = [moving(all)];
    this.parts = {
      access: openAccess(),
      schedule: showing(scheduleOf(schedule), (_cast, { people, step }) => this.#begin(people, step)),
      visibility: earshot(this.#floor, eavesdropping),
      resolution: byType(this.name, {
        MOVE_TO: ({ person, action: { target = "" } }, { step }) => this.#floor.move(person, target, step),
      }),
    };
  }

  /** The place where somebody is, by their id; undefined before the first step. */
  where(person: PersonId): string | undefined {
    return this.#floor.where(person);
  }

  /** Who was where, from which step on. */
  get stays(): readonly Stay[] {
    return this.#floor.stays;
  }

  get tables(): { readonly whereabouts: readonly KindRow[] } {
    return { whereabouts: this.stays.map(({ step, name, place }) => ({ step, person: name, place })) };
  }

  /** Where one can go, and who is there, comes to mind in every turn. */
  async recall({ who }: Moment): Promise<readonly Note[]> {
    return this.where(who.id) === undefined ? [] : [{ text: this.#floor.seenBy(who.id) }];
  }

  #begin(people: readonly Actor[], step: number): void {
    if (people === this.#known) return;
    this.#known = people;
    for (const { id, name } of people) this.#floor.keepSeat(id, this.#start[name]);
    for (const person of people) this.#floor.enter(person, this.#start[person.name], step);
  }
}

const startingAt = (place: string, start: NonNullable<WorkplaceOptions["start"]>): number =>
  Object.values(start).filter((where) => where === place).length;

function moving(places: readonly WorkplacePlace[]): ActionKind {
  const names = places.map(({ name }) => name);
  const description = `go to another place, \`target\`: ${names.join(", ")}; you talk only with those who are where you are`;
  return doing("MOVE_TO", description, { target: z.string().max(200) });
}

function invalid(option: string, value: unknown): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", `A workplace cannot have such ${option}.`, {
    data: { option, value },
    hint: "Name each place once, one at least; people start at one of them, and no more than it has seats.",
  });
}
