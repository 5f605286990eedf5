import { randomUUID } from "node:crypto";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LlamaSequence, Token } from "../runtime.ts";

/** What a sequence held, kept in a file: reading it back takes hundredths of the time of evaluating it again. */
interface Saved {
  readonly file: string;
  readonly tokens: readonly Token[];
  readonly bytes: number;
}

/** Evaluated prefixes that are in no sequence now; the oldest go when they take too much room on the disk. */
export interface States {
  /** The saved state with the longest common prefix, and its length. */
  best(tokens: readonly Token[]): { saved: Saved; length: number } | undefined;
  /**
   * Saves what a sequence holds; only its first `reusable` tokens will be found again. This is an economy and no more:
   * where the disk is full or the folder was cleared away, nothing is kept and prompts are evaluated anew.
   */
  save(sequence: LlamaSequence, reusable: number): Promise<void>;
  /** Tells whether the sequence holds the state now; one whose file is gone is forgotten, and the sequence stays as it was. */
  load(saved: Saved, into: LlamaSequence): Promise<boolean>;
  close(): Promise<void>;
}

/** How many tokens two texts have in common from their start. */
function commonPrefix(a: readonly Token[], b: readonly Token[]): number {
  const end = Math.min(a.length, b.length);
  let length = 0;
  while (length < end && a[length] === b[length]) length++;
  return length;
}

export function createStates(maxBytes: number): States {
  const kept = new Set<Saved>();
  const loading = new Set<Saved>();
  let folder: Promise<string> | undefined;

  async function drop(saved: Saved): Promise<void> {
    kept.delete(saved);
    if (!loading.has(saved)) await rm(saved.file, { force: true });
  }

  return {
    best: (tokens) => longest(kept, tokens),
    async save(sequence, reusable) {
      folder ??= mkdtemp(join(tmpdir(), `tinytroupe-states-${process.pid}-`));
      // What could not be kept is read again by whoever needs it.
      const saved = await write(sequence, reusable, folder).catch(() => undefined);
      if (saved === undefined) return;
      for (const old of useless(kept, saved, maxBytes)) await drop(old);
      kept.add(saved);
    },
    async load(saved, into) {
      loading.add(saved); // before anything is awaited: the file must not be dropped meanwhile
      kept.delete(saved);
      try {
        // What cannot be looked at is not here: it is read again.
        const here = (await stat(saved.file).catch(() => undefined))?.isFile() === true;
        if (here) await into.loadStateFromFile(saved.file, { acceptRisk: true });
        if (here) kept.add(saved); // again, as the latest used
        return here;
      } finally {
        loading.delete(saved);
      }
    },
    async close() {
      kept.clear();
      // A folder that could not be made was told to nobody, since nothing hangs on it; there is none to clear away.
      const path = await folder?.catch(() => undefined);
      if (path !== undefined) await rm(path, { recursive: true, force: true });
    },
  };
}

async function write(sequence: LlamaSequence, reusable: number, folder: Promise<string>): Promise<Saved> {
  const tokens = sequence.contextTokens.slice(0, reusable);
  const file = join(await folder, `${randomUUID()}.state`);
  try {
    const { fileSize } = await sequence.saveStateToFile(file);
    return { file, tokens, bytes: fileSize };
  } catch (error) {
    // Half a state is of no use, and takes the room that was too small for it.
    await rm(file, { force: true });
    throw error;
  }
}

function longest(kept: Iterable<Saved>, tokens: readonly Token[]): { saved: Saved; length: number } | undefined {
  let found: { saved: Saved; length: number } | undefined;
  for (const saved of kept) {
    const length = commonPrefix(saved.tokens, tokens);
    if (length > (found?.length ?? 0)) found = { saved, length };
  }
  return found;
}

/** What a new state covers whole, and the oldest of the others when all together take too much room. */
function useless(kept: Iterable<Saved>, latest: Saved, maxBytes: number): Saved[] {
  const isCovered = (old: Saved): boolean => commonPrefix(old.tokens, latest.tokens) === old.tokens.length;
  const [covered, others] = [[...kept].filter(isCovered), [...kept].filter((old) => !isCovered(old))];
  let bytes = others.reduce((sum, saved) => sum + saved.bytes, latest.bytes);
  const oldest = others.filter((saved) => {
    const tooMuch = bytes > maxBytes;
    if (tooMuch) bytes -= saved.bytes;
    return tooMuch;
  });
  return [...covered, ...oldest];
}
