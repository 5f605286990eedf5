import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");

/** The command line as those have it who install the package. */
export const bin = join(root, "bin/tinytroupe.cjs");

/** A program of the tests, by its name in `built.ts`. */
export const programOf = (name: string): string => join(root, `temp/programs/${name}.js`);

/** Programs that tests start begin in half of the time when what Node compiled of them is kept, from run to run. */
export const keepsCompiled = { NODE_COMPILE_CACHE: join(tmpdir(), "tinytroupe-tests", "compiled") };
