import type { ActionKind, Faculty, LivedTurn, Moment, Note } from "../../../kernel/contracts/faculty.ts";
import type { MemoryNote } from "../../../kernel/contracts/memory/notes.ts";
import { lineOf } from "../../../persona/plain-text.ts";
import type { Persona } from "../../../persona/schema.ts";
import type { NoteQuery } from "../../memory/notes/note-query.ts";
import { LifeFold } from "../life-fold.ts";
import { linesWithin, shortened } from "../lines-within.ts";
import type { Acquaintance, TrustCue } from "./acquaintance.ts";
import { type Circle, circleTelling, type Other } from "./circle.ts";
import { Ear } from "./ear.ts";
import { trustOf } from "./trust.ts";

/** Whom a social faculty can be asked about: a TinyPerson is one. */
export interface Social {
  readonly name: string;
  readonly life: readonly LivedTurn[];
  readonly persona: Persona;
  readonly memory: { notes(query?: NoteQuery): Promise<readonly MemoryNote[]> };
}

/** What comes to mind of those who are there. */
const peopleInMind = 4;
const tokensInMind = 160;
const stancesInMind = 2;
const lettersInMind = 90;

/**
 * Keeps a picture of everybody whom a person hears: what they said, what they seem to hold, how far they can be trusted
 * and why. What is thought of those who are there comes to mind. It asks no model: all of it follows from the person's
 * life by cue phrases, so that there is nothing to save, and it begins with whoever has lived already.
 * @example
 * const social = new SocialFaculty();
 * const lisa = await simulation.person("lisa", { faculties: [social] });
 * await lisa.listenAndAct("I would buy it again, because mine has lasted for ten years now.", "Oscar");
 * (await social.others(lisa))[0]?.trust; // => 0.6
 */
export class SocialFaculty implements Faculty {
  readonly name = "social";
  readonly actions: readonly ActionKind[] = [];
  readonly #circles = new LifeFold<Circle>(circleTelling(new Ear()));

  async recall({ who, stimuli, reachable = [] }: Moment): Promise<readonly Note[]> {
    const { others } = this.#circles.of(who);
    if (others.size === 0) return [];
    const speaking = stimuli.toReversed().flatMap(({ source }) => source ?? []);
    const present = [...new Set([...speaking, ...reachable.map(({ name }) => name)])];
    const known = present.flatMap((name) => {
      const other = others.get(name);
      return other === undefined ? [] : [{ name, other }];
    });
    const notes = await who.memory.kept();
    const lines = known.slice(0, peopleInMind).flatMap(({ name, other }) => pictureOf(name, other, notes));
    return linesWithin(lines, tokensInMind);
  }

  /** Everybody whom the person has heard, who was heard last at the end; of 150 at most. */
  async others(person: Social): Promise<readonly Acquaintance[]> {
    const notes = await person.memory.notes({ kinds: ["relationship"] });
    return [...this.#circles.of(person).others].map(([name, { credit, ...other }]) => {
      const relation = relationIn(notes, name) ?? relationshipTo(person.persona, name);
      const { reasons, tally } = credit;
      return { name, ...(relation !== undefined && { relation }), trust: trustOf(credit), reasons, tally, ...other };
    });
  }
}

/** The latest of the person's notes on how they stand to somebody. */
function relationIn(notes: readonly MemoryNote[], name: string): string | undefined {
  return notes.findLast(({ kind, about = [] }) => kind === "relationship" && about.includes(name))?.text;
}

function relationshipTo({ relationships = [] }: Persona, name: string): string | undefined {
  const found = relationships.find((one) => one.name === name)?.description;
  return found === undefined ? undefined : lineOf(found);
}

const once: Readonly<Record<TrustCue, string>> = {
  reason: "gave you reasons",
  agreement: "agreed with you",
  praise: "praised you",
  contradiction: "contradicted you without a reason",
  turnabout: "changed sides without a reason",
};

/** What the person thinks of somebody, on one line; none where there is nothing to think. */
function pictureOf(name: string, { credit, stances }: Other, notes: readonly MemoryNote[]): readonly string[] {
  const why = (Object.keys(once) as TrustCue[]).flatMap((cue) => timesIn(cue, credit.tally[cue]));
  const relation = relationIn(notes, name);
  const trust = why.length === 0 ? [] : [`trust ${trustOf(credit).toFixed(1)}, as they ${why.join(", ")}`];
  const told = [
    ...(relation === undefined ? [] : [shortened(relation, lettersInMind)]),
    ...trust,
    ...stances.slice(-stancesInMind).map(({ topic, stance }) => `${stance} “${topic}”`),
  ];
  return told.length === 0 ? [] : [`What you think of ${name}: ${told.join("; ")}`];
}

function timesIn(cue: TrustCue, times = 0): readonly string[] {
  return times === 0 ? [] : [times === 1 ? once[cue] : `${once[cue]} (${times} times)`];
}
