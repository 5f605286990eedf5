/** Lets go of something that an opening opened itself; what it was handed is its owner's to close. */
export type Closing = () => Promise<void> | undefined;

/**
 * Lets go of all, the last one first: what cannot be let go of keeps nothing else open. Throws the first such failure,
 * once all is done.
 */
export async function closeAll(closings: readonly Closing[]): Promise<void> {
  const failures: unknown[] = [];
  for (const close of closings.toReversed()) {
    try {
      await close();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}
