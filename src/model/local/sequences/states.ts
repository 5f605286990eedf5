import { mkdtemp, rm } from "node:fs/promises";
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
  /** Saves what a sequence holds; only its first `reusable` tokens will be found again. */
  save(sequence: LlamaSequence, reusable: number): Promise<void>;
  load(saved: Saved, into: LlamaSequence): Promise<void>;
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
  let folder: Promise<string> | undefined;
  let counter = 0;

  async function save(sequence: LlamaSequence, reusable: number): Promise<void> {
    folder ??= mkdtemp(join(tmpdir(), "tinytroupe-states-"));
    const file = join(await folder, `${counter++}.state`);
    const tokens = sequence.contextTokens.slice(0, reusable);
    const { fileSize } = await sequence.saveStateToFile(file);
    const saved = { file, tokens, bytes: fileSize };
    await dropCovered(saved);
    kept.add(saved);
    await shrink();
  }

  /** A longer state of the same conversation makes the shorter one useless. */
  async function dropCovered(longer: Saved): Promise<void> {
    for (const old of kept) {
      if (commonPrefix(old.tokens, longer.tokens) === old.tokens.length) await drop(old);
    }
  }

  async function shrink(): Promise<void> {
    for (const oldest of kept) {
      const bytes = [...kept].reduce((sum, saved) => sum + saved.bytes, 0);
      if (bytes <= maxBytes || kept.size === 1) return;
      await drop(oldest);
    }
  }

  async function drop(saved: Saved): Promise<void> {
    kept.delete(saved);
    await rm(saved.file, { force: true });
  }

  return {
    save,
    best(tokens) {
      let found: { saved: Saved; length: number } | undefined;
      for (const saved of kept) {
        const length = commonPrefix(saved.tokens, tokens);
        if (length > (found?.length ?? 0)) found = { saved, length };
      }
      return found;
    },
    async load(saved, into) {
      await into.loadStateFromFile(saved.file, { acceptRisk: true });
      kept.delete(saved); // and in again, as the latest used
      kept.add(saved);
    },
    async close() {
      kept.clear();
      if (folder !== undefined) await rm(await folder, { recursive: true, force: true });
    },
  };
}
