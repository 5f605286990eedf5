import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { extname, relative, resolve } from "node:path";
import { type Difference, forkOf, type Study, TinyTroupeError } from "../../../index.ts";
import type { RunRecord, Store } from "../../../stores.ts";
import type { Session } from "../../session.ts";
import { findRun, inStore, readStudy, storePath } from "../study.ts";
import { differenceOf, type KeptChange } from "./change.ts";

/** Where the study of a run comes from, as its run keeps it. */
export interface StudySource {
  /** From the folder where it was played. */
  readonly file: string;
  readonly digest: string;
}

/** What a run that the command line forked keeps of it. */
export interface KeptFork extends KeptChange {
  readonly as: string;
  /** It is this arm of its study. */
  readonly arm?: Readonly<Record<string, unknown>>;
}

/** What is different in a fork: what was said of it or, where that is nothing, what its study says in the arm of its name. */
export function forkDifference({ arms }: Study, { as, ...change }: KeptChange & { readonly as: string }): Difference {
  const arm = isUnchanged(change) ? arms?.[as] : undefined;
  const described: KeptFork = { as, ...change, ...(arm?.described && { arm: arm.described }) };
  return { ...differenceOf(change), ...arm, described: { ...described } };
}

/** Nothing was said of what is different. */
export const isUnchanged = (change: KeptChange): boolean => Object.keys(change).length === 0;

/** A study, and the run of it that was named, where it was a run. */
export interface Found {
  readonly study: Study;
  readonly file: string;
  readonly of?: string;
}

/** The source of a study that is about to be played. */
export async function sourceOf({ environment }: Session, file: string): Promise<StudySource> {
  const text = await readFile(file);
  const digest = createHash("sha256").update(text).digest("hex").slice(0, 16);
  return { file: relative(environment.folder, resolve(environment.folder, file)), digest };
}

/** The study in a file, or the one that a run in the journal was played from. */
export async function studyNamed(session: Session, name: string, store: string | undefined): Promise<Found> {
  const isFile = existsSync(name) || /\.(ya?ml|json|[cm]?[jt]s)$/i.test(extname(name));
  if (isFile) return { study: await readStudy(name), file: name };
  const path = await storePath(session, store);
  const found = await inStore(path, async (opened) => {
    const run = await findRun(opened, name);
    return { of: run.id, ...(await studyOfRun(session, opened, run)) };
  });
  if (found !== undefined) return found;
  throw new TinyTroupeError("RUN_UNKNOWN", `'${name}' is no file, and no journal is at ${path}.`, {
    data: { run: name },
    hint: "Name a study's file, or a run from the folder where it was played.",
  });
}

/** The program of a run: its study's file, with what its forks changed. */
async function studyOfRun(session: Session, store: Store, run: RunRecord): Promise<Omit<Found, "of">> {
  const { study: source, fork } = (run.details ?? {}) as { study?: StudySource; fork?: KeptFork };
  if (source === undefined || (run.parent !== undefined && fork === undefined)) throw untold(run);
  if (run.parent === undefined) {
    const file = resolve(session.environment.folder, source.file);
    const study = await readStudy(file);
    const { digest } = await sourceOf(session, file);
    if (digest !== source.digest) {
      session.err.say(`${source.file} was changed since: what it says otherwise is asked.`, session.errStyle.warn);
    }
    return { study: { ...study, seed: run.seed }, file: source.file };
  }
  const parent = await store.getRun(run.parent.run);
  if (parent === undefined || fork === undefined) throw untold(run);
  const base = await studyOfRun(session, store, parent);
  const { arm: _kept, ...said } = fork;
  const difference = { ...forkDifference(base.study, said), described: { ...fork } };
  return { ...base, study: forkOf(base.study, { name: fork.as, ...difference, of: parent.id }) };
}

function untold({ id }: RunRecord): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", `The run ${id} does not say which program played it.`, {
    data: { option: "run", value: id },
    hint: "Name the study's file instead; what a program opened or forked by itself is forked in that program, with fork(study, …).",
  });
}
