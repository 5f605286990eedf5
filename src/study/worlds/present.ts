/** The same without what is undefined. */
export type Present<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** What a file leaves out is left out, and not undefined. */
export const present = <T extends object>(given: T): Present<T> =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Present<T>;
