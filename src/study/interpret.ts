import { z } from "zod";
import { extract, extractEach } from "../insight/extract.ts";
import type { Subject } from "../kernel/contracts/context.ts";
import { TinyTroupeError } from "../kernel/values/errors.ts";
import type { TinyPerson } from "../person/tiny-person.ts";
import { packagedFragment } from "../persona/files.ts";
import type { Simulation } from "../simulation/simulation.ts";
import type { TinyWorld } from "../world/tiny-world.ts";
import { defineStudy, type Study } from "./define.ts";
import type { PersonSource, Step, StudyDocument } from "./document.ts";
import { schemaOfFields } from "./fields.ts";

export type Row = Readonly<Record<string, unknown>>;
/** The tables of a study, by name. */
export type Tables = Readonly<Record<string, readonly Row[]>>;

interface Scene {
  readonly simulation: Simulation;
  readonly folder: string;
  readonly people: readonly TinyPerson[];
  readonly world: TinyWorld | undefined;
  readonly tables: Map<string, readonly Row[]>;
}

/** The study that a file describes; relative paths in it start at `folder`. */
export function studyOf(document: StudyDocument, folder: string): Study<Tables> {
  const { people, world, steps, ...head } = document;
  return defineStudy({
    ...Object.fromEntries(Object.entries(head).filter(([, value]) => value !== undefined)),
    name: document.name,
    folder,
    run: async (simulation) => {
      const cast: TinyPerson[] = [];
      for (const source of people) cast.push(await personOf(source, simulation));
      const room = world && simulation.world(world.name, cast, world.order ? { order: world.order } : {});
      if (world?.accessible !== "nobody") room?.makeEveryoneAccessible();
      const scene: Scene = { simulation, folder, people: cast, world: room, tables: new Map() };
      for (const step of steps) await perform(step, scene);
      return Object.fromEntries(scene.tables);
    },
  });
}

async function personOf(source: PersonSource, simulation: Simulation): Promise<TinyPerson> {
  if (typeof source === "string") return simulation.person(source);
  const person =
    "file" in source
      ? await simulation.person(source.file)
      : "persona" in source
        ? await simulation.person(source.persona)
        : await simulation.generatePerson(source.generate, source.particularities);
  for (const fragment of source.fragments ?? []) {
    const bare = !/[/\\.]/.test(fragment);
    if (bare) person.importFragment(await packagedFragment(fragment));
    else await person.importFragment(simulation.pathOf(fragment));
  }
  return person;
}

async function perform(step: Step, scene: Scene): Promise<void> {
  if ("broadcast" in step) await worldOf(scene, "broadcast").broadcast(step.broadcast);
  else if ("broadcastThought" in step) await worldOf(scene, "broadcastThought").broadcastThought(step.broadcastThought);
  else if ("broadcastGoal" in step) await worldOf(scene, "broadcastGoal").broadcastInternalGoal(step.broadcastGoal);
  else if ("context" in step) for (const person of scene.people) person.changeContext(step.context);
  else if ("run" in step) await runWorld(step.run, worldOf(scene, "run"));
  else if ("extract" in step) scene.tables.set(step.extract.as, await extractTable(step.extract, scene));
  else if ("tally" in step) scene.tables.set(step.tally.as, tallyTable(step.tally, scene));
  else await withPeople(step, scene);
}

async function runWorld(run: number | { steps: number; minutes: number }, world: TinyWorld): Promise<void> {
  if (typeof run === "number") await world.run(run);
  else await world.run(run.steps, { delta: run.minutes * 60_000 });
}

async function withPeople(
  step: Extract<Step, { ask: unknown } | { tell: unknown } | { show: unknown } | { think: unknown }>,
  scene: Scene,
): Promise<void> {
  if ("ask" in step) {
    await Promise.all(named(step.ask.who, scene).map((person) => person.listenAndAct(step.ask.question)));
  } else if ("tell" in step) {
    for (const person of named(step.tell.who, scene)) person.listen(step.tell.what);
  } else if ("think" in step) {
    for (const person of named(step.think.who, scene)) person.think(step.think.what);
  } else {
    const { who, what, image } = step.show;
    const sight = image === undefined ? what : { description: what, image: scene.simulation.pathOf(image) };
    await Promise.all(
      named(who, scene).map((person) => (typeof sight === "string" ? person.see(sight) : person.see(sight))),
    );
  }
}

async function extractTable(
  step: Extract<Step, { extract: unknown }>["extract"],
  scene: Scene,
): Promise<readonly Row[]> {
  const schema = step.rows
    ? z.object({ rows: z.array(schemaOfFields(step.rows)) })
    : schemaOfFields(step.fields ?? { answer: step.objective });
  const options = {
    objective: step.objective,
    schema,
    ...(step.situation === undefined ? {} : { situation: step.situation }),
    ...(step.evidence === undefined ? {} : { evidence: step.evidence }),
  };
  const from = step.from ?? (scene.world ? "world" : "each");
  if (from === "each") {
    const each = await extractEach(scene.people, options);
    return each.flatMap((one) =>
      "value" in one
        ? rowsOf(one.value).map((row) => ({ person: one.subject, ...row }))
        : [{ person: one.subject, error: one.error.message }],
    );
  }
  const subject: Subject = from === "world" ? worldOf(scene, "extract") : (named(from, scene)[0] as TinyPerson);
  return rowsOf(await extract(subject, options));
}

function rowsOf(value: unknown): readonly Row[] {
  const rows = (value as { rows?: unknown }).rows;
  return Array.isArray(rows) ? (rows as Row[]) : [value as Row];
}

function tallyTable(step: Extract<Step, { tally: unknown }>["tally"], scene: Scene): readonly Row[] {
  const table = scene.tables.get(step.table);
  if (table === undefined) {
    throw invalid(
      "steps",
      `There is no table '${step.table}' yet.`,
      `Tables so far: ${[...scene.tables.keys()].join(", ") || "none"}.`,
    );
  }
  return tally(table, step.by);
}

/**
 * How often each value of a field occurs, most frequent first, ties in order of first appearance.
 * @example
 * tally([{ ad: "B" }, { ad: "A" }, { ad: "B" }], "ad"); // => [{ ad: "B", count: 2, share: 0.67 }, { ad: "A", count: 1, share: 0.33 }]
 */
export function tally(rows: readonly Row[], by: string): readonly Row[] {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const value = row[by];
    if (value !== undefined && value !== null) counts.set(String(value), (counts.get(String(value)) ?? 0) + 1);
  }
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .map(([value, count]) => ({ [by]: value, count, share: Math.round((count / total) * 100) / 100 }));
}

function named(who: string | readonly string[] | undefined, scene: Scene): readonly TinyPerson[] {
  if (who === undefined) return scene.people;
  return [who].flat().map((name) => {
    const exact = scene.people.filter((person) => person.name === name);
    const found = exact.length > 0 ? exact : scene.people.filter((person) => person.name.includes(name));
    if (found.length === 1) return found[0] as TinyPerson;
    throw invalid(
      "steps",
      `'${name}' names ${found.length === 0 ? "nobody" : "several people"} of this study.`,
      `Its people: ${scene.people.map((person) => person.name).join(", ")}.`,
    );
  });
}

function worldOf(scene: Scene, step: string): TinyWorld {
  if (scene.world) return scene.world;
  throw invalid(
    "world",
    `The step '${step}' needs a world, and this study has none.`,
    "Add `world: { name: … }` to the study, or use `ask`.",
  );
}

function invalid(path: string, message: string, hint: string): TinyTroupeError<"STUDY_INVALID"> {
  return new TinyTroupeError("STUDY_INVALID", message, { data: { issues: [{ path, message }] }, hint });
}
