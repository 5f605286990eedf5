import { TinyTroupeError } from "../../kernel/values/errors.ts";
import type { TinyPerson } from "../../person/tiny-person.ts";
import type { Simulation } from "../../simulation/simulation.ts";
import { focusGroup } from "../../world/kinds/talk/focus-group.ts";
import type { Guide } from "../../world/kinds/talk/guide.ts";
import { interview } from "../../world/kinds/talk/interview.ts";
import type { TinyWorld } from "../../world/tiny-world.ts";
import type { World } from "../document/worlds.ts";
import type { Row } from "../tables.ts";
import { type Called, personOrVoice } from "./names.ts";
import { checkNetwork, visibilityOf } from "./network.ts";

/** The world of a study, and what it has planned, where it is a meeting. */
export interface Place {
  readonly world: TinyWorld<TinyPerson>;
  hold?(): Promise<readonly object[]>;
}

/** Makes the world that a study file describes. */
export async function placeOf(given: World, simulation: Simulation, people: readonly TinyPerson[]): Promise<Place> {
  const named = given.name === undefined ? {} : { name: given.name };
  switch (given.kind) {
    case "focus group": {
      const moderator = personOrVoice(given.moderator ?? "The moderator", people);
      const { schedule } = given;
      const guide = guideOf(given.guide);
      return focusGroup(simulation, { ...named, people, moderator, guide, ...(schedule && { schedule }) });
    }
    case "interview": {
      const { interviewer, interviewee } = bothOf(given.interviewer, people);
      return interview(simulation, { ...named, interviewer, interviewee, guide: guideOf(given.guide) });
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

type WrittenGuide = Extract<World, { guide: unknown }>["guide"];

/** What was left out is left out, and not undefined. */
function guideOf(written: WrittenGuide): Guide {
  const { topics, ...rest } = "topics" in written ? written : { topics: written };
  return { ...present(rest), topics: topics.map((topic) => (typeof topic === "string" ? topic : present(topic))) };
}

type Present<T> = { [K in keyof T]: Exclude<T[K], undefined> };

const present = <T extends object>(given: T): Present<T> =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Present<T>;
