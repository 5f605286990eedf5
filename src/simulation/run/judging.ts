import type { Model } from "../../kernel/contracts/model.ts";
import type { RunRecord } from "../../kernel/contracts/store.ts";
import { isTinyTroupeError } from "../../kernel/values/errors.ts";
import { type ModelSpec, modelId } from "../../model/open.ts";

type Known = Pick<Model, "id" | "limits">;

/** What says who judges where nobody was named. */
export interface Judging<M extends Known> {
  readonly actor: M;
  /** Those that the run names beside it. */
  readonly more: Readonly<Record<string, M>>;
  /** Who acts, where that is not the model alone: see `SimulationOptions.actors`. */
  readonly actors: readonly ModelSpec[] | undefined;
  /** The run as earlier openings left it. */
  readonly known: RunRecord | undefined;
  /** The run that it is a fork of. */
  readonly parent: RunRecord | undefined;
  open(spec: ModelSpec): Promise<M>;
}

/**
 * Who judges where nobody was named: of the model and those beside it, in the order in which they are written, the first
 * that does not act. Where all act, arms of a comparison have one of them in common, and a run by itself its own model. A
 * run that was begun keeps its judge, a fork has that of the run that it comes from, and a rehearsal asks nobody else.
 */
export async function judgeByDefault<M extends Known>(judging: Judging<M>): Promise<M> {
  const { actor, more, actors = [], known, parent } = judging;
  if (actor.id === "builtin") return actor;
  const before = known ?? parent;
  const kept = before && (await calledSo(judgeIn(before), judging));
  if (kept !== undefined && (known !== undefined || canJudge(kept))) return kept;
  const acting = judging.actors === undefined ? [actor.id] : actors.map(modelId);
  const apart = [actor, ...Object.values(more)].find((one) => canJudge(one) && !acting.includes(one.id));
  if (apart !== undefined) return apart;
  const [first = actor.id] = acting.includes(actor.id) ? acting : [];
  const shared = await calledSo(first, judging);
  return shared !== undefined && canJudge(shared) ? shared : actor;
}

const canJudge = ({ id, limits }: Known): boolean => id !== "builtin" && limits.following !== "small";

function judgeIn({ details, model }: RunRecord): string {
  const { judge = model } = (details ?? {}) as { readonly judge?: string };
  return judge;
}

/** The model of this id; undefined for one of somebody's own that is not at hand any more. */
async function calledSo<M extends Known>(
  id: string,
  { actor, more, actors = [], open }: Judging<M>,
): Promise<M | undefined> {
  const named = [actor, ...Object.values(more)].find((one) => one.id === id);
  if (named !== undefined) return named;
  try {
    return await open(actors.find((spec) => modelId(spec) === id) ?? id);
  } catch (error) {
    if (isTinyTroupeError(error, "MODEL_UNKNOWN")) return undefined;
    throw error;
  }
}
