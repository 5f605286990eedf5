import { parseArgs } from "node:util";

export interface BenchOptions {
  /** In the order of the list, whatever the order asked. */
  readonly wanted: readonly string[];
  readonly json: boolean;
  /** A missed goal counts as a failure. */
  readonly strict: boolean;
  readonly help: boolean;
}

/** Reads the command line. Throws an error with a sentence for the user. */
export function benchOptions(args: readonly string[], known: readonly string[]): BenchOptions {
  const flag = { type: "boolean", default: false } as const;
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { json: flag, strict: flag, help: flag },
  });
  const unknown = positionals.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new Error(`There is no scenario '${unknown}'. There are: ${known.join(", ")}.`);
  const wanted = positionals.length === 0 ? known : known.filter((name) => positionals.includes(name));
  return { wanted, ...values };
}
