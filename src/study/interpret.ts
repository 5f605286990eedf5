import { z } from "zod";
import { extract, extractEach } from "../insight/extract.ts";
import type { Subject } from "../kernel/contracts/context.ts";
import { concernsOneAnswer, isTinyTroupeError, metByAll, TinyTroupeError } from "../kernel/values/errors.ts";
import type { TinyPerson } from "../person/tiny-person.ts";
import type { Simulation } from "../simulation/simulation.ts";
import type { TinyWorld } from "../world/tiny-world.ts";
import { defineStudy, type Study } from "./define.ts";
import { keptTables, type Step, type StudyDocument } from "./document/document.ts";
import { schemaOfFields } from "./document/fields.ts";
import { invalidStudy } from "./document/parse.ts";
import type { Run } from "./document/worlds/running.ts";
import { entrancesOf, keptIn, overwrittenIn } from "./entrances.ts";
import { armOf, checkArms } from "./forks/arm.ts";
import { interventionOf } from "./interventions.ts";
import { type Row, rowsOf, type Tables, tally, winners } from "./tables.ts";
import { showPeople, type Tales, tellStory } from "./told.ts";
import { type Called, named } from "./worlds/names.ts";
import { checkWorld, held, type Place, sceneryOf } from "./worlds/place.ts";
import { checkPlan, planOf } from "./worlds/running.ts";

interface Scene {
  readonly simulation: Simulation;
  readonly people: readonly TinyPerson[];
  readonly place: Place | undefined;
  readonly tables: Map<string, readonly Row[]>;
  /** Stories that have begun, by the table of their beats. */
  readonly tales: Tales;
  /** Why people did not answer when they were last asked. */
  readonly silent: Map<TinyPerson, string>;
}

/** The study that a file describes; relative paths in it start at `folder`. */
export function studyOf(document: StudyDocument, folder: string): Study<Tables> {
  const { people, world, steps, interventions = [], quality: _quality, stances: _stances, arms, ...head } = document;
  return defineStudy({
    ...Object.fromEntries(Object.entries(head).filter(([, value]) => value !== undefined)),
    name: document.name,
    folder,
    ...(arms && { arms: Object.fromEntries(Object.entries(arms).map(([name, arm]) => [name, armOf(arm)])) }),
    run: async (simulation) => {
      const { cast, place } = await begun(document, simulation);
      const steering = interventions.map((one, number) =>
        interventionOf(one, (names) => named(names, cast, `interventions.${number}.of`)),
      );
      place?.world.intervene(...steering);
      const scene: Scene = { simulation, people: cast, place, tables: new Map(), tales: new Map(), silent: new Map() };
      for (const [number, step] of steps.entries()) checkNames(step, number, cast);
      for (const step of steps) await perform(step, scene);
      return Object.fromEntries(scene.tables);
    },
  });
}

/** Has everybody enter, and the world begin with them. */
async function begun(document: StudyDocument, simulation: Simulation) {
  const { world, steps } = document;
  const entrances = await entrancesOf(document, simulation);
  const known = entrances.flatMap(({ name, file }) => (name === undefined ? [] : [{ name, ...(file && { file }) }]));
  const areAllKnown = known.length === entrances.length;
  if (areAllKnown) await refuseOverwriting(steps, known, simulation);
  const scenery = sceneryOf(world, simulation, known);
  const cast: TinyPerson[] = [];
  for (const { enter } of entrances) cast.push(await enter(scenery?.faculties ?? []));
  if (!areAllKnown) {
    const all = entrances.map(({ file }, place) => ({ name: cast[place]?.name ?? "", ...(file && { file }) }));
    await refuseOverwriting(steps, all, simulation);
  }
  checkWorld(world, cast);
  checkArms(document.arms ?? {}, cast);
  return { cast, place: await scenery?.open(cast) };
}

async function refuseOverwriting(steps: readonly Step[], cast: Parameters<typeof overwrittenIn>[1], at: Simulation) {
  const issues = await overwrittenIn(steps, cast, (path) => at.pathOf(path));
  if (issues.length > 0) throw invalidStudy(issues);
}

async function perform(step: Step, scene: Scene): Promise<void> {
  if ("broadcast" in step) announce(step.broadcast, scene);
  else if ("broadcastThought" in step) worldOf(scene).broadcastThought(step.broadcastThought);
  else if ("broadcastGoal" in step) worldOf(scene).broadcastInternalGoal(step.broadcastGoal);
  else if ("context" in step) for (const person of scene.people) person.changeContext(step.context);
  else if ("hold" in step) scene.tables.set(step.hold.as, await held(placeIn(scene)));
  else if ("tables" in step) bringHome(step.tables, scene);
  else if ("run" in step) await runWorld(step.run, scene);
  else if ("ask" in step) await askPeople(step.ask, scene);
  else if ("tell" in step)
    for (const one of named(step.tell.who, scene.people)) one.listen(step.tell.what, step.tell.from);
  else if ("think" in step) for (const person of named(step.think.who, scene.people)) person.think(step.think.what);
  else if ("show" in step)
    await showPeople(step.show, named(step.show.who, scene.people), {
      simulation: scene.simulation,
      world: scene.place?.world,
    });
  else if ("story" in step)
    scene.tables.set(
      step.story.as,
      await tellStory(step.story, subjectOf(step.story.from ?? "world", scene), scene.tales),
    );
  else if ("extract" in step) scene.tables.set(step.extract.as, await extractTable(step.extract, scene));
  else if ("save" in step) await savePeople(step.save, scene);
  else countTable(step.tally, scene.tables);
}

function announce(said: Extract<Step, { broadcast: unknown }>["broadcast"], scene: Scene): void {
  const { what, from } = typeof said === "string" ? { what: said } : { from: undefined, ...said };
  worldOf(scene).broadcast(what, from === undefined ? {} : { from });
}

async function runWorld(run: Run, scene: Scene): Promise<void> {
  const world = worldOf(scene);
  const played = typeof run === "number" ? world.run(run) : runPlan(run, scene);
  const outcomes = (await played).steps.flatMap((step) => step.outcomes);
  for (const person of scene.people) {
    const last = outcomes.findLast((outcome) => outcome.person === person.id);
    if (last !== undefined && "error" in last) scene.silent.set(person, last.error.message);
    else scene.silent.delete(person);
  }
}

function runPlan(plan: Exclude<Run, number>, scene: Scene) {
  const { simulation, people } = scene;
  const how = planOf(plan, { simulation, people });
  const { steps } = plan;
  if (steps === undefined) return worldOf(scene).run(how);
  const { until: _moment, wake: _sleep, ...options } = how;
  return worldOf(scene).run(steps, options);
}

/** Takes tables that the world keeps home, as they are by now. */
function bringHome(wanted: Extract<Step, { tables: unknown }>["tables"], scene: Scene): void {
  const { tables = {} } = placeIn(scene);
  for (const [of, as] of keptTables(wanted)) scene.tables.set(as, tables[of] ?? []);
}

type Ask = Extract<Step, { ask: unknown }>["ask"];
type Save = Extract<Step, { save: unknown }>["save"];
type Extraction = Extract<Step, { extract: unknown }>["extract"];
type Tally = Extract<Step, { tally: unknown }>["tally"];

/** Asks people at once. One person's failure is that person's alone, and said aloud; the others are heard. */
async function askPeople({ question, from, who }: Ask, scene: Scene): Promise<void> {
  const { people, silent, simulation } = scene;
  const asked = named(who, people);
  const answers = await Promise.allSettled(asked.map((person) => person.listenAndAct(question, from)));
  const failures = answers.flatMap((answer) => (answer.status === "rejected" ? [answer.reason as unknown] : []));
  const over = failures.find((error) => isTinyTroupeError(error, "ABORTED", "BUDGET_EXCEEDED", "CLOSED"));
  if (over !== undefined) throw over;
  if (failures.length === asked.length && !isSpared(asked, failures, scene)) throw metByAll(failures);
  for (const [place, person] of asked.entries()) {
    silent.delete(person);
    const answer = answers[place];
    if (answer?.status !== "rejected") continue;
    const why = answer.reason instanceof Error ? answer.reason.message : String(answer.reason);
    silent.set(person, why);
    simulation.context.watch({ type: "warning", message: `${person.name} did not answer: ${why}` });
  }
}

/** Who is asked alone may fail where the model has been of use to others, or was to them the last time. */
function isSpared([person, ...more]: readonly TinyPerson[], failures: readonly unknown[], scene: Scene): boolean {
  if (person === undefined || more.length > 0 || !concernsOneAnswer(failures[0])) return false;
  const answered = scene.people.filter(({ turns }) => turns.length > 0);
  return answered.some((one) => one !== person || !scene.silent.has(person));
}

/** A rehearsal of a run leaves nobody behind. */
async function savePeople({ who, folder }: Save, { people, simulation }: Scene): Promise<void> {
  if (simulation.context.simulating) return;
  for (const person of named(who, people)) {
    await person.save(keptIn(simulation.pathOf(folder), person.name));
  }
}

async function extractTable(step: Extraction, scene: Scene): Promise<readonly Row[]> {
  const { objective, situation, evidence = false, rows, fields } = step;
  const schema = rows
    ? z.object({ rows: z.array(schemaOfFields(rows)) })
    : schemaOfFields(fields ?? { answer: objective });
  const options = { objective, schema, evidence, ...(situation === undefined ? {} : { situation }) };
  const form = { many: rows !== undefined, evidence };
  const from = step.from ?? (scene.place ? "world" : "each");
  const sources = from === "each" || from === "world" ? scene.people : named(from, scene.people);
  const readable = sources.filter(({ turns }) => turns.length > 0);
  if (readable.length === 0) throw nobodyActed(sources, scene);
  if (from !== "each") return rowsOf(await extract(subjectOf(from, scene), options), form);
  const each = await extractEach(readable, options);
  const found = new Map(each.map((one) => [one.subject, one]));
  return scene.people.flatMap((person): readonly Row[] => {
    const one = found.get(person.name);
    if (one === undefined) return [{ person: person.name, error: scene.silent.get(person) ?? "Was never asked." }];
    if ("error" in one) return [{ person: person.name, error: one.error.message }];
    return rowsOf(one.value, form).map((row) => ({ person: person.name, ...row }));
  });
}

/** Who never acted has nothing to be read: an answer would be the model's own. */
function nobodyActed(people: readonly TinyPerson[], { silent }: Scene): TinyTroupeError<"OPTION_INVALID"> {
  const who = people.map(({ name }) => name).join(", ");
  const why = people.map((person) => silent.get(person)).find((reason) => reason !== undefined);
  const message = `Nothing can be extracted: ${who} took no turn before.${why === undefined ? "" : ` ${why}`}`;
  return new TinyTroupeError("OPTION_INVALID", message, {
    data: { option: "extract.from", value: who },
    hint: "Let people act before: with `run` in a world, or with `ask`.",
  });
}

function countTable({ table, by, as, winner }: Tally, tables: Scene["tables"]): void {
  const counts = tally(tables.get(table) ?? [], by);
  tables.set(as, counts);
  if (winner !== undefined) tables.set(winner, winners(counts));
}

function subjectOf(from: string, scene: Scene): Subject {
  return from === "world" ? worldOf(scene) : (named(from, scene.people)[0] as TinyPerson);
}

/** Names that mean nobody are found before anybody is asked. */
export function checkNames(step: Step, place: number, people: readonly Called[]): void {
  const [kind, body] = Object.entries(step)[0] as [string, { who?: string | string[]; from?: string }];
  if (typeof body !== "object") return;
  if ("run" in step && typeof step.run === "object") checkPlan(step.run, people, `steps.${place}.run`);
  if (body.who !== undefined) named(body.who, people, `steps.${place}.${kind}.who`);
  if (kind === "story" && body.from !== undefined && body.from !== "world") {
    named(body.from, people, `steps.${place}.story.from`);
  }
  if (kind === "extract" && body.from !== undefined && body.from !== "world" && body.from !== "each") {
    named(body.from, people, `steps.${place}.extract.from`);
  }
}

/** The study's world: that steps which need one have one was checked when the study was read. */
function placeIn({ place }: Scene): Place {
  if (place) return place;
  throw new TypeError("This study has no world.");
}

const worldOf = (scene: Scene): TinyWorld<TinyPerson> => placeIn(scene).world;
