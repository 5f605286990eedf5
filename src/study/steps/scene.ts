import type { Report } from "../../insight/report/report.ts";
import type { Subject } from "../../kernel/contracts/context.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import type { TinyPerson } from "../../person/tiny-person.ts";
import type { Simulation } from "../../simulation/simulation.ts";
import type { TinyWorld } from "../../world/tiny-world.ts";
import { named } from "../worlds/names.ts";
import type { Place } from "../worlds/place.ts";
import type { Instruments, Respondents } from "./survey.ts";
import type { Row } from "./tables.ts";
import type { Tales } from "./told.ts";

/** Everything that steps of a study work on. */
export interface Scene {
  readonly simulation: Simulation;
  readonly people: readonly TinyPerson[];
  readonly place: Place | undefined;
  readonly tables: Map<string, readonly Row[]>;
  readonly reports: Map<string, Report>;
  /** Stories that have begun, by the table of their beats. */
  readonly tales: Tales;
  readonly instruments: Instruments;
  /** People of populations, by their folder. */
  readonly respondents: ReadonlyMap<string, Respondents>;
  /** Why people did not answer when they were last asked. */
  readonly silent: Map<TinyPerson, string>;
}

/** The study's world: that steps which need one have one was checked when the study was read. */
export function placeIn({ place }: Scene): Place {
  if (place) return place;
  throw new TypeError("This study has no world.");
}

export const worldOf = (scene: Scene): TinyWorld<TinyPerson> => placeIn(scene).world;

export function subjectOf(from: string, scene: Scene): Subject {
  return from === "world" ? worldOf(scene) : (named(from, scene.people)[0] as TinyPerson);
}

/** Where a step that reads what happened reads it: the world, each person alone, or one. */
export const originOf = ({ from }: { readonly from?: string | undefined }, { place }: Scene): string =>
  from ?? (place ? "world" : "each");

/** Of those who are read, those who took a turn: of the others an answer would be the model's own. */
export function readableIn(from: string, scene: Scene, kind: keyof typeof doing): readonly TinyPerson[] {
  const sources = from === "each" || from === "world" ? scene.people : named(from, scene.people);
  const readable = sources.filter(({ turns }) => turns.length > 0);
  if (readable.length === 0) throw nobodyActed(sources, scene, kind);
  return readable;
}

const doing = { extract: "extracted", judge: "judged", report: "reported" } as const;

function nobodyActed(
  people: readonly TinyPerson[],
  { silent }: Scene,
  kind: keyof typeof doing,
): TinyTroupeError<"OPTION_INVALID"> {
  const who = people.map(({ name }) => name).join(", ");
  const why = people.map((person) => silent.get(person)).find((reason) => reason !== undefined);
  const message = `Nothing can be ${doing[kind]}: ${who} took no turn before.${why === undefined ? "" : ` ${why}`}`;
  return new TinyTroupeError("OPTION_INVALID", message, {
    data: { option: `${kind}.from`, value: who },
    hint: "Let people act before: with `run` in a world, or with `ask`.",
  });
}
