import { type Difference, type Study, TinyTroupeError } from "../../../index.ts";
import { type RunRecord, readStory, type Store } from "../../../stores.ts";
import type { Session } from "../../session.ts";
import { configurationOf, type ModelFlags } from "../flags.ts";
import { peopleCalled } from "../people-called.ts";
import { findRun, inStore, isOn, lastPlayed, storePath } from "../study.ts";
import { type KeptFork, type StudySource, sourceOf } from "./source.ts";

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
 * PLACE_UNKNOWN, before anything is played, for a place to which the fork cannot come, and TARGET_UNKNOWN for an edit of
 * somebody who cannot come into it: up to its difference it goes as the run that it comes from, and where this very program
 * played that to its end, the journal has all of its places and people.
 */
export async function refuseUnknown(session: Session, planned: Planned): Promise<void> {
  const { at, edit } = planned.difference;
  const place = edit === undefined ? at : undefined;
  const named = namedIn(planned);
  if (place === undefined && named.whole.length + named.called.length === 0) return;
  const path = await storePath(session, planned.flags.store);
  await inStore(path, async (store) => {
    const run = await playedAlike(session, store, planned);
    if (run === undefined) return;
    if (place !== undefined) await mustCome(store, run, place);
    await mustHave(store, run, named);
  });
}

/** People by whole names, and by names as they are called. */
interface Named {
  readonly whole: readonly string[];
  readonly called: readonly string[];
}

/** Whom a fork names who are to be as they are in the run that it comes from: nobody where others play or may be called otherwise. */
function namedIn({ study, file, difference }: Planned): Named {
  const { edit: { personas, said = [], model, seed } = {}, described = {} } = difference;
  if (!isData(file) || study.fork !== undefined || model !== undefined || seed !== undefined)
    return { whole: [], called: [] };
  const { away = [], to = [] } = described as Partial<KeptFork>;
  return {
    whole: [...Object.keys(personas ?? {}), ...said.map(({ by }) => by)],
    called: personas === undefined ? [...away, ...to] : [],
  };
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

/** Who comes into the study of a file comes whatever is said; a program may have others come when it hears other things. */
const isData = (file: string): boolean => /\.(ya?ml|json)$/i.test(file);

/** TARGET_UNKNOWN for one who never came. */
async function mustHave(store: Store, run: RunRecord, { whole, called }: Named): Promise<void> {
  if (whole.length + called.length === 0) return;
  const known = new Set<string>();
  for await (const event of readStory(store, run.id, { types: ["person-created", "person-forked"] })) {
    if (event.type === "person-created" || event.type === "person-forked") known.add(event.name);
  }
  const there = [...known].map((name) => ({ name }));
  const stranger =
    whole.find((name) => !known.has(name)) ?? called.find((name) => peopleCalled(there, name).length === 0);
  if (stranger === undefined) return;
  const message = `Nobody in the run ${run.id} is called '${stranger}', and nothing was played.`;
  throw new TinyTroupeError("TARGET_UNKNOWN", message, {
    data: { target: stranger, known: [...known] },
    hint:
      known.size === 0
        ? "There was nobody in it."
        : `Use a whole name: ${someOf([...known])}. Where a file of people was edited since, run the study first.`,
  });
}

async function mustCome(store: Store, run: RunRecord, at: string): Promise<void> {
  const known: string[] = [];
  for await (const event of readStory(store, run.id)) {
    if (event.type === "step-started") known.push(`${event.world}/${event.step}`);
    if (event.type === "checkpoint") known.push(event.label);
    if (known.at(-1) === at) return;
  }
  throw new TinyTroupeError("PLACE_UNKNOWN", `The run ${run.id} never came to '${at}', and nothing was played.`, {
    data: { place: at, known },
    hint: known.length === 0 ? "It has no steps and no checkpoints." : `It came to: ${someOf(known)}.`,
  });
}

const someOf = (names: readonly string[]): string =>
  (names.length > 12 ? [...names.slice(0, 11), "…", names.at(-1)] : names).join(", ");
