import type { TinyPerson } from "../person/tiny-person.ts";
import type { Simulation } from "../simulation/simulation.ts";
import { defineStudy, type Study } from "./define.ts";
import { contradictionsIn } from "./document/checks/checks.ts";
import type { Step, StudyDocument } from "./document/document.ts";
import { invalidStudy } from "./document/parse.ts";
import type { Tally } from "./document/reading.ts";
import type { Run } from "./document/worlds/running.ts";
import { entrancesOf, keptIn, overwrittenIn } from "./entrances.ts";
import { armOf, checkArms } from "./forks/arm.ts";
import { interventionOf } from "./interventions.ts";
import { askPeople } from "./steps/ask.ts";
import { extractTables, readersIn } from "./steps/extract.ts";
import { judgeTable } from "./steps/judge.ts";
import { bringHome } from "./steps/kept/bring-home.ts";
import { checkCompared } from "./steps/kept/compared.ts";
import { reportOn } from "./steps/report.ts";
import { placeIn, type Scene, subjectOf, worldOf } from "./steps/scene.ts";
import { instrumentsOf, respondentsOf, takeSurvey } from "./steps/survey.ts";
import { type StudyResults, tally, winners } from "./steps/tables.ts";
import { showPeople, tellStory } from "./steps/told.ts";
import { type Called, named } from "./worlds/names.ts";
import { checkWorld, held, sceneryOf } from "./worlds/place.ts";
import { checkPlan, planOf } from "./worlds/running.ts";

/** That the steps of a study are taken again and again by the same people, as in a crossover. */
export interface Periods {
  readonly count: number;
  /** Waited for before each, from 1. */
  begin(period: number, simulation: Simulation): Promise<void>;
}

/** The study that a file describes; relative paths in it start at `folder`. */
export function studyOf(document: StudyDocument, folder: string, periods?: Periods): Study<StudyResults> {
  const { people, world, steps, interventions = [], quality: _quality, stances: _stances, arms, ...head } = document;
  return defineStudy({
    ...Object.fromEntries(Object.entries(head).filter(([, value]) => value !== undefined)),
    name: document.name,
    folder,
    interventions: interventions.map(({ name }) => name),
    ...(arms && { arms: Object.fromEntries(Object.entries(arms).map(([name, arm]) => [name, armOf(arm)])) }),
    run: async (simulation) => {
      const instruments = await instrumentsOf(steps, (path) => simulation.pathOf(path));
      const issues = contradictionsIn(document, instruments);
      if (issues.length > 0) throw invalidStudy(issues);
      const { cast, place } = await begun(document, simulation);
      const steering = interventions.map((one, number) =>
        interventionOf(one, (names) => named(names, cast, `interventions.${number}.of`)),
      );
      place?.world.intervene(...steering);
      const kept = { tables: new Map(), reports: new Map(), tales: new Map(), silent: new Map() };
      const respondents = await respondentsOf(steps, simulation);
      const scene: Scene = { simulation, people: cast, place, instruments, respondents, ...kept };
      for (const [number, step] of steps.entries()) {
        checkNames(step, number, cast);
        checkCompared(step, number, cast);
        for (const reader of readersIn(step)) simulation.context.models.named(reader);
      }
      for (let period = 1; period <= (periods?.count ?? 1); period++) {
        await periods?.begin(period, simulation);
        const before = period === 1 ? "" : `period ${period}, `;
        for (const [number, step] of steps.entries())
          await perform(step, scene, `${before}step ${number + 1}: ${Object.keys(step)[0]}`);
      }
      return Object.fromEntries([...scene.tables, ...scene.reports]);
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

/** What acts is counted under `label`; what reads has a name of its own. */
async function perform(step: Step, scene: Scene, label: string): Promise<void> {
  if ("broadcast" in step) announce(step.broadcast, scene);
  else if ("broadcastThought" in step) worldOf(scene).broadcastThought(step.broadcastThought);
  else if ("broadcastGoal" in step) worldOf(scene).broadcastInternalGoal(step.broadcastGoal);
  else if ("context" in step) for (const person of scene.people) person.changeContext(step.context);
  else if ("hold" in step) scene.tables.set(step.hold.as, await held(placeIn(scene)));
  else if ("tables" in step) await bringHome(step.tables, scene);
  else if ("run" in step) await runWorld(step.run, scene, label);
  else if ("ask" in step) await askPeople(step.ask, scene, label);
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
  else if ("extract" in step) await extractTables(step.extract, scene);
  else if ("survey" in step) await takeSurvey(step.survey, scene);
  else if ("judge" in step) await judgeTable(step.judge, scene);
  else if ("report" in step) scene.reports.set(step.report.as, await reportOn(step.report, scene));
  else if ("save" in step) await savePeople(step.save, scene);
  else countTable(step.tally, scene.tables);
}

function announce(said: Extract<Step, { broadcast: unknown }>["broadcast"], scene: Scene): void {
  const { what, from } = typeof said === "string" ? { what: said } : { from: undefined, ...said };
  worldOf(scene).broadcast(what, from === undefined ? {} : { from });
}

async function runWorld(run: Run, scene: Scene, label: string): Promise<void> {
  const world = worldOf(scene);
  const played = typeof run === "number" ? world.run(run, { label }) : runPlan({ ...run, label }, scene);
  const outcomes = (await played).steps.flatMap((step) => step.outcomes);
  for (const person of scene.people) {
    const last = outcomes.findLast((outcome) => outcome.person === person.id);
    if (last !== undefined && "error" in last) scene.silent.set(person, last.error.message);
    else scene.silent.delete(person);
  }
}

function runPlan({ label, ...plan }: Exclude<Run, number> & { readonly label: string }, scene: Scene) {
  const { simulation, people } = scene;
  const how = { ...planOf(plan, { simulation, people }), label };
  const { steps } = plan;
  if (steps === undefined) return worldOf(scene).run(how);
  const { until: _moment, wake: _sleep, ...options } = how;
  return worldOf(scene).run(steps, options);
}

type Save = Extract<Step, { save: unknown }>["save"];

/** A rehearsal of a run leaves nobody behind. */
async function savePeople({ who, folder }: Save, { people, simulation }: Scene): Promise<void> {
  if (simulation.context.simulating) return;
  for (const person of named(who, people)) {
    await person.save(keptIn(simulation.pathOf(folder), person.name));
  }
}

function countTable({ table, by, as, winner }: Tally, tables: Scene["tables"]): void {
  const counts = tally(tables.get(table) ?? [], by);
  tables.set(as, counts);
  if (winner !== undefined) tables.set(winner, winners(counts));
}

/** Names that mean nobody are found before anybody is asked. */
export function checkNames(step: Step, place: number, people: readonly Called[]): void {
  const [kind, body] = Object.entries(step)[0] as [string, { who?: string | string[]; from?: string }];
  if (typeof body !== "object") return;
  if ("run" in step && typeof step.run === "object") checkPlan(step.run, people, `steps.${place}.run`);
  if (body.who !== undefined && kind !== "report") named(body.who, people, `steps.${place}.${kind}.who`);
  if (kind === "story" && body.from !== undefined && body.from !== "world") {
    named(body.from, people, `steps.${place}.story.from`);
  }
  if (
    (kind === "extract" || kind === "judge" || kind === "report") &&
    body.from !== undefined &&
    body.from !== "world" &&
    body.from !== "each"
  ) {
    named(body.from, people, `steps.${place}.${kind}.from`);
  }
}
