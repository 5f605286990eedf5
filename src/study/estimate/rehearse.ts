import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Model } from "../../kernel/contracts/model.ts";
import type { Store } from "../../kernel/contracts/store.ts";
import type { RunId } from "../../kernel/values/ids.ts";
import { createBuiltin } from "../../model/builtin/builtin.ts";
import { vectorKey } from "../../model/embed/embedding.ts";
import { describeEmbedder, type EmbedderSpec, openEmbedder } from "../../model/open.ts";
import { noConfiguration } from "../../simulation/configuration/settings.ts";
import type { Environment } from "../../simulation/environment.ts";
import { openSimulation } from "../../simulation/open.ts";
import type { SimulationOptions } from "../../simulation/options.ts";
import { projectStore } from "../../simulation/run/project-store.ts";
import type { Study } from "../define.ts";
import { createMeter, type Meter, type MeteredCall } from "./meter.ts";

export interface Rehearsed {
  readonly run: RunId;
  /** Calls that the real models would be asked. */
  readonly calls: readonly MeteredCall[];
  /** Calls that the run's journal answered. */
  readonly served: number;
}

/** What of a real model a rehearsal needs to know. */
export type Described = Pick<Model, "id" | "limits" | "choose">;

/** Plays a study by rules, as the real models would be asked, and forgets all but the count. */
export async function rehearse(
  study: Study,
  playing: {
    readonly options: SimulationOptions;
    readonly actor: Described;
    readonly judge: Described;
    readonly more: Readonly<Record<string, Described>>;
    readonly real: Store | undefined;
    /** In which it is played: of forks that of the run that they come from. */
    readonly store: Store;
  },
): Promise<Rehearsed> {
  const { options, actor, judge, more, real, store } = playing;
  const { budget: _budget, prices: _prices, limits: _limits, embedder, resume: _resume, ...rest } = options;
  const meter = createMeter();
  const standIn = createBuiltin();
  const acting = meter.model(actor, standIn);
  // What a study leaves for people it may read again: in a folder that ends with the rehearsal.
  const results = await mkdtemp(join(tmpdir(), "tinytroupe-rehearsal-"));
  await using _ends = { [Symbol.asyncDispose]: () => rm(results, { recursive: true, force: true }) };
  const simulation = await openSimulation({
    ...{ ...rest, name: study.name, configuration: noConfiguration, store },
    ...(study.fork && { fork: study.fork }),
    embedder: await meteredEmbedder(meter, embedder, real),
    ...{ effects: "simulate", results },
    ...{ model: acting, judge: judge === actor ? acting : meter.model(judge, standIn) },
    models: Object.fromEntries(Object.entries(more).map(([name, one]) => [name, meter.model(one, standIn)])),
  });
  try {
    await study.run(simulation);
    await simulation.end();
    return { run: simulation.run, calls: meter.calls, served: simulation.ledger.replayed.calls };
  } finally {
    await simulation.close();
  }
}

/** Words stand in for vectors; what a billed embedder would be asked for them is noted. */
async function meteredEmbedder(meter: Meter, spec: EmbedderSpec | undefined, real: Store | undefined) {
  const described = await describeEmbedder(spec);
  if (!described.billed) return "lexical";
  const standIn = await openEmbedder("lexical", { environment: {} });
  return meter.embedder(described, standIn, async (texts) => {
    const keys = texts.map((text) => vectorKey(described, text));
    const found = await real?.findVectors(undefined, keys);
    return new Set(texts.filter((_text, at) => found?.has(keys[at] ?? "")));
  });
}

/** Opens the store in which the real run would be kept, for reading; `undefined` where there is none yet. */
export async function inRealStore<T>(
  { store }: Pick<SimulationOptions, "store">,
  environment: Environment,
  use: (store: Store | undefined) => Promise<T>,
): Promise<T> {
  if (typeof store === "object") return use(store);
  const path = store === undefined ? projectStore(environment) : resolve(environment.folder, store);
  if (!existsSync(path)) return use(undefined);
  const { openSqliteStore } = await import("../../store/sqlite/open.ts");
  const opened = await openSqliteStore(path, { readOnly: true });
  try {
    return await use(opened);
  } finally {
    await opened.close();
  }
}
