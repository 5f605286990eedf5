import { isBusy, storeFailure } from "./failures.ts";

/** Does something with the file, again and again while another program is in the way, and gives errors our names. */
export async function patiently<T>(
  work: () => Promise<T>,
  { location, patienceMs }: { location: string; patienceMs: number },
): Promise<T> {
  const until = performance.now() + patienceMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isBusy(error) || performance.now() >= until) throw storeFailure(error, location);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}
