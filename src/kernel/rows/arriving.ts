/**
 * What some work hands over, one after the other as it comes, until the work has ended; what it threw is thrown then. Who
 * leaves the loop early aborts the signal, and waits for the work to end.
 * @example
 * await Array.fromAsync(arriving(async (give) => [1, 2].forEach(give))); // => [1, 2]
 */
export async function* arriving<T>(
  work: (give: (one: T) => void, left: AbortSignal) => Promise<unknown>,
): AsyncGenerator<T, void> {
  const waiting: T[] = [];
  const leaving = new AbortController();
  let wake = Promise.withResolvers<void>();
  let isOver = false;
  const give = (one: T): void => {
    waiting.push(one);
    wake.resolve();
  };
  const working = work(give, leaving.signal).finally(() => {
    isOver = true;
    wake.resolve();
  });
  working.catch(() => undefined); // told to whoever awaits it below
  try {
    while (!isOver || waiting.length > 0) {
      yield* waiting.splice(0);
      if (isOver || waiting.length > 0) continue;
      await wake.promise;
      wake = Promise.withResolvers();
    }
    await working;
  } finally {
    leaving.abort();
    await working.catch(() => undefined); // thrown above, or of work that was left
  }
}
