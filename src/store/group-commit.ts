/** Makes writes durable together: one transaction for all that came within a short window. */
export interface GroupCommit<Write> {
  /**
   * Resolves when the write is durable, rejects when its transaction failed. A `patient` one travels with the next that
   * is not, or goes alone when the window is over.
   */
  add(write: Write, options?: { readonly patient?: boolean }): Promise<void>;
  /** Waits for what was added; nothing may be added after it. */
  close(): Promise<void>;
}

interface Waiting<Write> {
  readonly write: Write;
  resolve(): void;
  reject(error: unknown): void;
}

/** The disk is kept busy for this part of the time at most, unless the window is over. */
const busyPart = 1 / 5;
/** So many writes in a group are a crowd: more will come while the program has other things to do. */
const crowd = 16;
/** From this part of a pause on in which it computes, a program has so much to do that waiting costs it nothing. */
const busyProgram = 0.9;
/** So many windows a crowd waits at most. */
const mostWindows = 3;

/**
 * The first write after a pause is committed at once, unless it is patient; those that come in its wake wait for each
 * other, the longer the slower the disk is, and for the window at most. A crowd waits for some windows while the program
 * is busy: a commit takes as long for few as for many.
 * @param isBusyDuring takes a pause, and tells whether the program was busy in it
 */
export function createGroupCommit<Write>(
  commit: (writes: readonly Write[]) => Promise<void>,
  windowMs: number,
  isBusyDuring: (milliseconds: number) => Promise<boolean> = computesDuring,
): GroupCommit<Write> {
  let waiting: Waiting<Write>[] = [];
  let running: Promise<void> | undefined;
  let next = Number.NEGATIVE_INFINITY;
  let pressing = false;
  /** How long the next group may wait for more. */
  let windows = 1;
  let wake: (() => void) | undefined;

  const press = (): void => {
    pressing = true;
    wake?.();
  };
  const untilPressed = (): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timeout = setTimeout(resolve, windowMs);
    wake = () => {
      clearTimeout(timeout);
      setImmediate(resolve);
    };
    return promise;
  };
  const run = async (): Promise<void> => {
    while (waiting.length > 0) {
      let isBusy = await isBusyDuring(next - performance.now());
      for (let window = 1; isBusy && window < windows; window++) isBusy = await isBusyDuring(windowMs);
      if (!pressing) await untilPressed();
      [pressing, wake] = [false, undefined];
      const started = performance.now();
      const group = waiting;
      waiting = [];
      windows = group.length < crowd ? 1 : mostWindows;
      await together(group, commit);
      next = started + Math.min(windowMs, (performance.now() - started) / busyPart);
    }
    running = undefined;
  };
  return {
    add: (write, { patient = false } = {}) => {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      waiting.push({ write, resolve, reject });
      if (!patient) press();
      running ??= run();
      return promise;
    },
    close: async () => {
      windows = 1;
      press();
      await running;
    },
  };
}

async function together<Write>(
  group: readonly Waiting<Write>[],
  commit: (writes: readonly Write[]) => Promise<void>,
): Promise<void> {
  try {
    await commit(group.map(({ write }) => write));
    for (const { resolve } of group) resolve();
  } catch (error) {
    for (const { reject } of group) reject(error);
  }
}

async function computesDuring(milliseconds: number): Promise<boolean> {
  const before = performance.eventLoopUtilization();
  await pause(milliseconds);
  return performance.eventLoopUtilization(before).utilization >= busyProgram;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => (milliseconds > 0 ? setTimeout(resolve, milliseconds) : setImmediate(resolve)));
}
