import { TinyTroupeError } from "../../kernel/values/errors.ts";
import type { TinyPerson } from "../../person/tiny-person.ts";
import type { Simulation } from "../../simulation/simulation.ts";
import { debate } from "../../world/kinds/talk/debate.ts";
import { focusGroup } from "../../world/kinds/talk/focus-group.ts";
import type { Guide } from "../../world/kinds/talk/guide.ts";
import { interview } from "../../world/kinds/talk/interview.ts";
import { townHall } from "../../world/kinds/talk/town-hall.ts";
import type { TinyWorld } from "../../world/tiny-world.ts";
import type { World } from "../document/worlds.ts";
import type { Row } from "../tables.ts";
import { type Called, named, personOrVoice } from "./names.ts";
import { checkNetwork, visibilityOf } from "./network.ts";

/** The world of a study, and what it has planned, where it is a meeting. */
export interface Place {
  readonly world: TinyWorld<TinyPerson>;
  hold?(): Promise<readonly object[]>;
}

/** Makes the world that a study file describes. */
export async function placeOf(given: World, simulation: Simulation, people: readonly TinyPerson[]): Promise<Place> {
  const called = given.name === undefined ? {} : { name: given.name };
  switch (given.kind) {
    case "focus group": {
      const moderator = personOrVoice(given.moderator ?? "The moderator", people);
      const { schedule } = given;
      const guide = guideOf(given.guide);
      return focusGroup(simulation, { ...called, people, moderator, guide, ...(schedule && { schedule }) });
    }
    case "interview": {
      const { interviewer, interviewee } = bothOf(given.interviewer, people);
      return interview(simulation, { ...called, interviewer, interviewee, guide: guideOf(given.guide) });
    }
    case "debate": {
      const { kind: _kind, for: _for, against: _against, ...rest } = given;
      return debate(simulation, { ...present(rest), ...sidesOf(given, people) });
    }
    case "town hall": {
      const { kind: _kind, ...rest } = given;
      return townHall(simulation, { ...present(rest), ...hallOf(given, people) });
    }
    default: {
      const { name, schedule, accessible, network } = given;
      const visibility = network && (await visibilityOf(network, name, { simulation, people }));
      const world = simulation.world(name, people, {
        ...(schedule && { schedule }),
        ...(visibility && { visibility }),
      });
      if (accessible !== "nobody" && network === undefined) world.makeEveryoneAccessible();
      return { world };
    }
  }
}

/** Holds the meeting that a world is; that it is one was checked when the study was read. */
export async function held(place: Place): Promise<readonly Row[]> {
  if (place.hold === undefined) throw new TypeError("This world is no meeting.");
  return (await place.hold()) as readonly Row[];
}

/** What the names in a world's description would mean among these people; STUDY_INVALID for what means nobody. */
export function checkWorld(given: World | undefined, people: readonly Called[]): void {
  if (given?.kind === "interview") bothOf(given.interviewer, people);
  if (given !== undefined && "network" in given && given.network !== undefined) checkNetwork(given.network, people);
  if (given?.kind === "town hall") hallOf(given, people);
  if (given?.kind === "debate") sidesOf(given, people);
}

function bothOf<P extends Called>(interviewerName = "The interviewer", people: readonly P[]) {
  const interviewer = personOrVoice(interviewerName, people);
  const [interviewee, ...others] = people.filter((person) => person !== interviewer);
  if (interviewee !== undefined && others.length === 0) return { interviewer, interviewee };
  const message = `An interview has one who is asked; here are ${people.length} people and '${interviewerName}'.`;
  throw new TinyTroupeError("STUDY_INVALID", message, {
    data: { issues: [{ path: "world.interviewer", message }] },
    hint: "Give the study one person, or two of whom one is the interviewer; `ask` asks many, each alone.",
  });
}

/** The two sides, and the rest as their audience. */
function sidesOf<P extends Called>(given: Extract<World, { kind: "debate" }>, people: readonly P[]) {
  const sides = {
    for: named(given.for, people, "world.for"),
    against: named(given.against, people, "world.against"),
  };
  const speakers = [...sides.for, ...sides.against];
  const twice = speakers.find((person, place) => speakers.indexOf(person) < place);
  if (twice === undefined) return { sides, audience: people.filter((person) => !speakers.includes(person)) };
  const message = `${twice.name} can speak once, and on one side.`;
  throw new TinyTroupeError("STUDY_INVALID", message, {
    data: { issues: [{ path: "world.against", message }] },
    hint: "Name each person once, in `for` or in `against`.",
  });
}

function hallOf<P extends Called>(given: Extract<World, { kind: "town hall" }>, people: readonly P[]) {
  const [speaker] = named(given.speaker, people, "world.speaker") as [P];
  return { speaker, audience: people.filter((person) => person !== speaker) };
}

type WrittenGuide = Extract<World, { guide: unknown }>["guide"];

/** What was left out is left out, and not undefined. */
function guideOf(written: WrittenGuide): Guide {
  const { topics, ...rest } = "topics" in written ? written : { topics: written };
  return { ...present(rest), topics: topics.map((topic) => (typeof topic === "string" ? topic : present(topic))) };
}

type Present<T> = { [K in keyof T]: Exclude<T[K], undefined> };

const present = <T extends object>(given: T): Present<T> =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Present<T>;
