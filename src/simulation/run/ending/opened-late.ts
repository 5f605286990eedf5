import type { Closing } from "./closing.ts";

/** What is opened when it is first needed, and let go of with the run. */
export interface OpenedLate<T> {
  get(): Promise<T>;
  readonly close: Closing;
}

/** Whoever needs it after it could not be opened tries again; what was never opened is not closed. */
export function openedLate<T extends { close?(): Promise<void> }>(open: () => Promise<T>): OpenedLate<T> {
  let opening: Promise<T> | undefined;
  return {
    get: () => {
      opening ??= open().catch((error: unknown) => {
        opening = undefined;
        throw error;
      });
      return opening;
    },
    close: async () => (await opening?.catch(() => undefined))?.close?.(), // whoever needed it hears of the failure
  };
}
