import { tmpdir } from "node:os";
import { join } from "node:path";

/** Programs that tests start begin in half of the time when what Node compiled of the sources is kept, from run to run. */
export const keepsCompiled = { NODE_COMPILE_CACHE: join(tmpdir(), "tinytroupe-tests", "compiled") };
