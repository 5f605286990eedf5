import type { Store } from "../../kernel/contracts/store.ts";
import { inLanes } from "../../kernel/rows/lanes.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import type { RunId } from "../../kernel/values/ids.ts";
import type { Environment } from "../../simulation/environment.ts";
import type { Study } from "../define.ts";
import { headedBy, type Played, type PlayOptions, playStudy } from "../play.ts";
import type { Difference } from "./difference.ts";
import { changedBase, differing, isPlain } from "./differing.ts";
import { forkOf } from "./fork.ts";
import { type PairedRow, pairedRows } from "./paired-rows.ts";
import { type Shared, type TogetherOptions, together } from "./together.ts";

/** Arms that share people, dice and schedule, and differ in what is said of each. */
export interface TwinsPlan extends TogetherOptions {
  /** By name; the first is what the others are held against, and where it has no difference it is the study itself. */
  readonly arms: Readonly<Record<string, Difference>>;
  /** Each arm is played once with each. Default: the study's own. */
  readonly seeds?: readonly (number | string)[];
  /** Earlier arms of these names that are different give way. Default: NAME_TAKEN. */
  readonly replace?: boolean;
  /** Told when an arm has come to its end. */
  readonly onPlayed?: (played: TwinRun<unknown>) => void;
}

/** One arm with one seed. */
export interface TwinRun<R> extends Played<R> {
  readonly seed: string;
  readonly arm: string;
}

/** What became of all arms. */
export interface Twins<R> {
  readonly runs: readonly TwinRun<R>[];
  /** What each person said and did in each step of each arm, beside what they did there in the first arm. */
  readonly rows: readonly PairedRow[];
}

/** Seeds that are played at the same time, each with its arms. */
const seedsAtOnce = 8;

/**
 * Plays a study in several arms, with one or more seeds: the first arm, then the others as its forks, so that each call
 * that the difference does not touch is the very same answer. Started again, it goes on where it was.
 * @throws OPTION_INVALID for fewer than two arms, as `fork`, and what the study throws, once the other runs are home
 * @example
 * const study = defineStudy({
 *   name: "kettles for two",
 *   model: "builtin",
 *   run: async (simulation) => {
 *     const room = simulation.world("Room", await simulation.loadPeople("lisa", "oscar")).makeEveryoneAccessible();
 *     await room.broadcast("What is a good kettle worth?").run(2);
 *   },
 * });
 * const { rows } = await twins(study, {
 *   arms: { control: {}, dearer: { at: "room/2", change: ({ worlds: [room] }) => room?.broadcast("200 euros.") } },
 *   seeds: [7, 8],
 * });
 * rows.filter((row) => row.step === "room/1").every((row) => row.reused); // => true
 */
export async function twins<R>(study: Study<R>, plan: TwinsPlan): Promise<Twins<R>> {
  const { arms, seeds, replace = false, onPlayed, ...options } = plan;
  const names = Object.keys(arms);
  if (names.length < 2) throw tooFew(names.length);
  // What is wrong with any arm is said before the first is played.
  for (const difference of Object.values(arms)) differing(study, difference);
  const company = {
    name: `${study.name}: ${names.join(", ")}`,
    configuration: (environment: Environment) => headedBy(study, environment),
  };
  return together(options, company, async (shared) => {
    const played = { ...actorsIn(arms, shared), ...shared };
    const playing = { study, arms, replace, options: played, store: shared.store, ...(onPlayed && { onPlayed }) };
    const wanted = (seeds ?? [study.seed ?? shared.configuration.settings.seed ?? 1]).map(String);
    const sets = await inLanes(wanted, (seed) => playArms<R>(seed, playing), seedsAtOnce);
    return { runs: sets.flatMap(({ runs }) => runs), rows: sets.flatMap(({ rows }) => rows) };
  });
}

interface Playing<R> {
  readonly study: Study<R>;
  readonly arms: TwinsPlan["arms"];
  readonly replace: boolean;
  readonly options: PlayOptions;
  readonly store: Store;
  readonly onPlayed?: (played: TwinRun<unknown>) => void;
}

async function playArms<R>(seed: string, playing: Playing<R>): Promise<Twins<R>> {
  const { study, arms, replace, options, store, onPlayed } = playing;
  const [[first, base], ...others] = Object.entries(arms) as [[string, Difference], ...[string, Difference][]];
  const play = async (arm: string, armed: Study<R>, { edit }: Difference): Promise<TwinRun<R>> => {
    const model = edit?.model ?? options.model;
    const own = { seed: edit?.seed ?? seed, ...(model !== undefined && { model }) };
    const run = { seed, arm, ...(await playStudy(armed, { ...options, ...own })) };
    onPlayed?.(run);
    return run;
  };
  const control = await play(first, isPlain(base) ? differing(study, base) : changedBase(study, first, base), base);
  const forked = ([arm, difference]: [string, Difference]) =>
    play(arm, forkOf(study, { ...difference, name: arm, of: control.run, replace }), difference);
  const forks = await inLanes(others, forked, others.length);
  const runOf = ({ arm, run }: { arm: string; run: RunId }) => ({ arm, run });
  const rows = await pairedRows(store, { seed, base: runOf(control), arms: forks.map(runOf) });
  return { runs: [control, ...forks], rows };
}

/** All who play in the arms, so that one judge has all of them; nothing where one is left to the machine. */
function actorsIn(
  arms: TwinsPlan["arms"],
  { model, configuration: { settings } }: Shared,
): Pick<PlayOptions, "actors"> {
  const actors = Object.values(arms).map(({ edit }) => edit?.model ?? model ?? settings.model);
  const known = actors.filter((actor) => actor !== undefined);
  return known.length === actors.length ? { actors: [...new Set(known)] } : {};
}

function tooFew(arms: number): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", `There is nothing to compare: ${arms} arms.`, {
    data: { option: "arms", value: arms },
    hint: "Give two arms or more, as in arms: { control: {}, dearer: { at, change } }.",
  });
}
