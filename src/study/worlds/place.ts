import type { Faculty } from "../../kernel/contracts/faculty.ts";
import type { SocialGraph } from "../../kernel/contracts/world/network.ts";
import type { TinyPerson } from "../../person/tiny-person.ts";
import type { Simulation } from "../../simulation/simulation.ts";
import type { WorldOptions } from "../../world/options.ts";
import type { TinyWorld } from "../../world/tiny-world.ts";
import { eavesdropping } from "../../world/visibility/eavesdropping.ts";
import { inReach } from "../../world/visibility/in-reach.ts";
import type { Room, World } from "../document/worlds/world.ts";
import type { Row } from "../steps/tables.ts";
import type { Called } from "./names.ts";
import { checkRelations, visibilityOf } from "./network.ts";
import {
  checkEndings,
  deliveryNamed,
  endingOf,
  resolutionNamed,
  type Stage,
  scheduleNamed,
  visibilityNamed,
} from "./parts.ts";
import { checkPlace, type Ground, groundOf, type PlaceDocument } from "./places.ts";
import { checkTalk, talkOf } from "./talk.ts";

/** The world of a study, what it has planned, where it is a meeting, and the tables that it keeps, where it does. */
export interface Place {
  readonly world: TinyWorld<TinyPerson>;
  hold?(): Promise<readonly object[]>;
  readonly tables?: Readonly<Record<string, readonly Row[]>>;
  /** What its people are to each other, where the study says it. */
  readonly network?: SocialGraph | undefined;
}

/** A world before anybody has come: what people bring along, and how it begins once they are there. */
export interface Scenery {
  readonly faculties: readonly Faculty[];
  open(people: readonly TinyPerson[]): Promise<Place>;
}

/** Prepares the world that a study file describes, for people of whom these names are known. */
export function sceneryOf(
  given: World | undefined,
  simulation: Simulation,
  called: readonly Called[],
): Scenery | undefined {
  if (given === undefined) return undefined;
  if (isPlace(given)) {
    const ground = groundOf(given, called);
    return { faculties: [ground.kind], open: (people) => placeOn(ground, given, { simulation, people }) };
  }
  return {
    faculties: [],
    open: async (people) => (isRoom(given) ? roomOf(given, { simulation, people }) : talkOf(given, simulation, people)),
  };
}

async function placeOn({ kind, settle }: Ground, given: PlaceDocument, stage: Stage): Promise<Place> {
  const { name = given.kind, termination } = given;
  const network = await settle?.(name, stage);
  const ends = termination && { termination: endingOf(termination, stage) };
  const world = stage.simulation.world(name, stage.people, { ...kind.parts, ...ends });
  return {
    world,
    network,
    get tables() {
      return kind.tables;
    },
  };
}

async function roomOf(given: Room, stage: Stage): Promise<Place> {
  const { name, schedule, accessible, network, delivery, resolution, termination } = given;
  const seen = await seenIn(given, stage);
  const world = stage.simulation.world(name, stage.people, {
    ...(schedule && { schedule: scheduleNamed(schedule) }),
    ...seen,
    ...(delivery && { delivery: deliveryNamed(delivery) }),
    ...(resolution && { resolution: resolutionNamed(resolution) }),
    ...(termination && { termination: endingOf(termination, stage) }),
  });
  if (accessible !== "nobody" && network === undefined) world.makeEveryoneAccessible();
  return { world, network: seen.visibility?.network };
}

/** Who perceives what somebody says in a room. */
async function seenIn(
  { name, network, visibility, eavesdropping: chance }: Room,
  stage: Stage,
): Promise<Pick<WorldOptions, "visibility">> {
  const plain = network ? await visibilityOf(network, name, stage) : visibility && visibilityNamed(visibility);
  if (chance !== undefined) return { visibility: eavesdropping(chance, plain ?? inReach()) };
  return plain === undefined ? {} : { visibility: plain };
}

/** Holds the meeting that a world is; that it is one was checked when the study was read. */
export async function held(place: Place): Promise<readonly Row[]> {
  if (place.hold === undefined) throw new TypeError("This world is no meeting.");
  return (await place.hold()) as readonly Row[];
}

/** What the names in a world's description would mean among these people; STUDY_INVALID for what means nobody. */
export function checkWorld(given: World | undefined, people: readonly Called[]): void {
  if (given === undefined) return;
  if ("termination" in given && given.termination) checkEndings(given.termination, people, "world.termination");
  if (isPlace(given)) checkPlace(given, people);
  else if (!isRoom(given)) checkTalk(given, people);
  else if (given.network !== undefined) checkRelations(given.network, people, "world.network");
}

const places: readonly (string | undefined)[] = ["social feed", "marketplace", "workplace", "mail and chat"];
const isPlace = (world: World): world is PlaceDocument => places.includes(world.kind);
const isRoom = (world: World): world is Room => world.kind === undefined || world.kind === "room";
