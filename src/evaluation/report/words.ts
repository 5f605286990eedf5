/** A row without what is absent in it. */
export const told = (row: object): object =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value ?? ""]));

/** Three digits that say something. */
export const digits = (value: number | undefined): string | undefined =>
  value === undefined ? undefined : Math.abs(value) < 1e-9 ? "0" : String(Number(value.toPrecision(3)));
