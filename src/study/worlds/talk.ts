import { TinyTroupeError } from "../../kernel/values/errors.ts";
import type { TinyPerson } from "../../person/tiny-person.ts";
import type { Simulation } from "../../simulation/simulation.ts";
import { debate } from "../../world/kinds/talk/debate.ts";
import { focusGroup } from "../../world/kinds/talk/focus-group.ts";
import type { Guide } from "../../world/kinds/talk/guide.ts";
import { interview } from "../../world/kinds/talk/interview.ts";
import { townHall } from "../../world/kinds/talk/town-hall.ts";
import { invalidStudy } from "../document/parse.ts";
import type { WrittenGuide } from "../document/worlds/talk.ts";
import type { WorldOf } from "../document/worlds/world.ts";
import { type Called, named, personOrVoice } from "./names.ts";
import { checkRelations, visibilityOf } from "./network.ts";
import type { Stage } from "./parts.ts";
import { present } from "./present.ts";

/** A meeting as a study file describes it. */
export type Talk = WorldOf<"focus group" | "interview" | "debate" | "town hall">;

/** The meeting of these people. */
export function talkOf(given: Talk, simulation: Simulation, people: readonly TinyPerson[]) {
  const called = given.name === undefined ? {} : { name: given.name };
  switch (given.kind) {
    case "focus group": {
      const moderator = personOrVoice(given.moderator ?? "The moderator", people);
      const { schedule } = given;
      return focusGroup(simulation, {
        ...called,
        people,
        moderator,
        guide: guideOf(given.guide),
        ...present({ schedule }),
      });
    }
    case "interview": {
      const { interviewer, interviewee } = bothOf(given.interviewer, people);
      return interview(simulation, { ...called, interviewer, interviewee, guide: guideOf(given.guide) });
    }
    case "debate": {
      const { for: _for, against: _against, kind: _debate, ...rest } = given;
      return debate(simulation, { ...present(rest), ...sidesOf(given, people) });
    }
    case "town hall": {
      return hallIn(given, { simulation, people });
    }
  }
}

/** Who takes which part in a meeting; STUDY_INVALID for names that mean nobody, or the same one twice. */
export function checkTalk(given: Talk, people: readonly Called[]): void {
  if (given.kind === "interview") bothOf(given.interviewer, people);
  if (given.kind === "town hall") {
    hallOf(given, people);
    checkVoice("moderator", given.moderator, people);
    if (given.network !== undefined) checkRelations(given.network, people, "world.network");
  }
  if (given.kind === "debate") {
    sidesOf(given, people);
    checkVoice("chair", given.chair, people);
  }
}

/** Whoever reads out from outside would speak in the name of somebody who takes part. */
function checkVoice(part: string, name: string | undefined, people: readonly Called[]): void {
  const person = name === undefined ? undefined : personOrVoice(name, people);
  if (person === undefined || typeof person === "string") return;
  const message = `${person.name} takes part: a ${part} is a voice from outside. Give it another name.`;
  throw invalidStudy([{ path: `world.${part}`, message }]);
}

async function hallIn(given: WorldOf<"town hall">, stage: Stage) {
  const { kind: _hall, network, ...rest } = given;
  const visibility = network && (await visibilityOf(network, given.name ?? "Town hall", stage));
  const options = { ...present(rest), ...hallOf(given, stage.people), ...(visibility && { visibility }) };
  const hall = townHall(stage.simulation, options);
  return { world: hall.world, network: visibility?.network, hold: () => hall.hold() };
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
function sidesOf<P extends Called>(given: WorldOf<"debate">, people: readonly P[]) {
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

function hallOf<P extends Called>(given: WorldOf<"town hall">, people: readonly P[]) {
  const [speaker] = named(given.speaker, people, "world.speaker") as [P];
  return { speaker, audience: people.filter((person) => person !== speaker) };
}

function guideOf(written: WrittenGuide): Guide {
  const { topics, ...rest } = "topics" in written ? written : { topics: written };
  return { ...present(rest), topics: topics.map((topic) => (typeof topic === "string" ? topic : present(topic))) };
}
