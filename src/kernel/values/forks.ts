/**
 * The two ways to fork that a context offers: by a name of its own, or as the next of a kind, counted from 1.
 * @example
 * numberedForks((name) => name).forkNext("extract"); // => "extract:1"
 */
export function numberedForks<C>(fork: (name: string) => C): {
  fork: (name: string) => C;
  forkNext: (kind: string) => C;
} {
  let counts: Map<string, number> | undefined;
  return {
    fork,
    forkNext: (kind) => {
      counts ??= new Map();
      const count = (counts.get(kind) ?? 0) + 1;
      counts.set(kind, count);
      return fork(`${kind}:${count}`);
    },
  };
}
