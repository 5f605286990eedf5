import { defineStudy, extract, type JournalEvent, type SimulationEvent, z } from "../../../src/index.ts";
import type { AttemptRecord } from "../../../src/stores.ts";
import type { LogEntry, Plan } from "../../support/fake-provider/plan.ts";
import { type FakeProcess, fakeProcess } from "../../support/fake-provider/process.ts";
import { type Played, type PlayOptions, type Project, tempProject } from "../../support/project.ts";

const steps = 3;

/** Calls of the study when nothing goes wrong. */
export const callsNeeded = (people: number): number => people * steps + 1;

/** Some people who all act at once for three steps, and what they said as rows. */
const market = (name: string, count: number) =>
  defineStudy({
    name,
    run: async (simulation) => {
      const people = await Promise.all(
        Array.from({ length: count }, (_, index) => simulation.person({ name: `Seller ${index}`, age: 40 + index })),
      );
      const world = simulation.world("Market", people).makeEveryoneAccessible();
      world.broadcast("What would you sell here, if it were yours?");
      await world.run(steps);
      const schema = z.object({ wares: z.array(z.object({ ware: z.string(), who: z.string() })) });
      return extract(world, { objective: "What they would sell.", schema });
    },
  });

export type Result = { readonly wares: readonly { readonly ware: string; readonly who: string }[] };

/** A run, what the provider was asked in it, and what it did. */
export interface Opening extends Played<Result> {
  readonly log: readonly LogEntry[];
  /** Every attempt of this opening and the earlier ones, as the journal has them. */
  readonly attempts: readonly AttemptRecord[];
}

/** A model, how it is spoken to, and the environment that leads to it on this address. */
export type Spoken = readonly [model: string, path: string, environment: (url: string) => Record<string, string>];

/** Where runs are played: a folder with a journal, and a provider of its own process. */
export interface Stage extends AsyncDisposable {
  readonly project: Project;
  readonly server: FakeProcess;
  readonly dialect: Spoken;
}

export async function stageFor(dialect: Spoken): Promise<Stage> {
  const [server, project] = await Promise.all([fakeProcess(), tempProject()]);
  return {
    ...{ server, project, dialect },
    async [Symbol.asyncDispose]() {
      await Promise.all([server[Symbol.asyncDispose](), project[Symbol.asyncDispose]()]);
    },
  };
}

export type OpenOptions = PlayOptions & { readonly plan?: Partial<Plan>; readonly people?: number };

/** Plays the study so called, or goes on with it, while the provider follows a plan. */
export async function open(
  { project, server, dialect: [model, , environment] }: Stage,
  name: string,
  { plan = {}, people = 3, ...options }: OpenOptions = {},
): Promise<Opening> {
  await server.set({ seed: name, latency: { ms: 0, spread: 4 }, ...plan });
  const played = await project.play(market(name, people), {
    ...{ model, variables: environment(server.url) },
    retry: { attempts: 20, firstMs: 1, longestMs: 4 },
    ...options,
  });
  await server.idle();
  const attempts = await project.withStore((store) => Array.fromAsync(store.listAttempts(played.run)));
  return { ...played, log: await server.requests(), attempts };
}

export const shownOf = <T extends SimulationEvent["type"]>({ shown }: Opening, type: T) =>
  shown.filter((event): event is Extract<SimulationEvent, { type: T }> => event.type === type);

export const told = <T extends JournalEvent["type"]>({ story }: Opening, type: T) =>
  story.filter((event): event is Extract<JournalEvent, { type: T }> => event.type === type);

export const isAnswered = ({ done, whole }: LogEntry): boolean => done === "answered" && whole === true;
