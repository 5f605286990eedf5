import { type Difference, type Study, TinyTroupeError } from "../../../index.ts";
import { type RunRecord, readStory, type Store } from "../../../stores.ts";
import type { Session } from "../../session.ts";
import { configurationOf, type ModelFlags } from "../flags.ts";
import { findRun, inStore, isOn, lastPlayed, storePath } from "../study.ts";
import { type StudySource, sourceOf } from "./source.ts";

/** A fork that is about to be played. */
interface Planned {
  /** The program that it is a fork of, and the file that this comes from. */
  readonly study: Study;
  readonly file: string;
  /** The run that it comes from, where it was named. */
  readonly of?: string;
  readonly difference: Difference;
  readonly flags: ModelFlags;
}

/**
 * PLACE_UNKNOWN, before anything is played, for a place to which the fork cannot come: up to there it goes as the run that
 * it comes from, and where this very program played that to its end, the journal has all of its places.
 */
export async function refuseUnknownPlace(session: Session, planned: Planned): Promise<void> {
  const { at, edit } = planned.difference;
  if (at === undefined || edit !== undefined) return;
  const path = await storePath(session, planned.flags.store);
  await inStore(path, async (store) => {
    const run = await playedAlike(session, store, planned);
    if (run !== undefined) await mustCome(store, run, at);
  });
}

/** The run that a fork comes from, where its program, seed and model are those of the fork, and it came to its end. */
async function playedAlike(
  session: Session,
  store: Store,
  { study, file, of, flags }: Planned,
): Promise<RunRecord | undefined> {
  const { model, seed } = (await configurationOf(session, flags, study)).settings;
  if (typeof model === "object") return undefined; // a program's own says nothing of which run it played
  const isWanted = (run: RunRecord): boolean => isOn(run, model) && (seed === undefined || run.seed === String(seed));
  const runs = of === undefined ? await lastPlayed(store, { name: study.name }) : [await findRun(store, of)];
  const run = runs.find(isWanted);
  if (run?.name !== study.name || run.status !== "finished") return undefined;
  const { digest } = await sourceOf(session, file);
  return (run.details as { study?: StudySource } | undefined)?.study?.digest === digest ? run : undefined;
}

async function mustCome(store: Store, run: RunRecord, at: string): Promise<void> {
  const known: string[] = [];
  for await (const event of readStory(store, run.id)) {
    if (event.type === "step-started") known.push(`${event.world}/${event.step}`);
    if (event.type === "checkpoint") known.push(event.label);
    if (known.at(-1) === at) return;
  }
  const some = known.length > 12 ? [...known.slice(0, 11), "…", known.at(-1)] : known;
  throw new TinyTroupeError("PLACE_UNKNOWN", `The run ${run.id} never came to '${at}', and nothing was played.`, {
    data: { place: at, known },
    hint: known.length === 0 ? "It has no steps and no checkpoints." : `It came to: ${some.join(", ")}.`,
  });
}
