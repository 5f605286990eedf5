import { parentPort, workerData } from "node:worker_threads";
import { errorRecord } from "../../../kernel/values/errors.ts";
import { asRefusal, refusal } from "../../refusal.ts";
import { readDocx } from "./docx.ts";
import { readPdf } from "./pdf.ts";
import type { Answer, Task } from "./read-in-thread.ts";

/** The thread that parses one document whose parser keeps no bounds of its own. */
const { format, location, bytes, limits } = workerData as Task;
const reading = format === "pdf" ? readPdf(location, bytes, limits) : readDocx(location, bytes, limits);
reading.then(
  (extracted) => parentPort?.postMessage({ extracted } satisfies Answer),
  (cause: unknown) => {
    const locked = cause instanceof Error && cause.name === "PasswordException";
    const error = locked
      ? refusal(location, "locked", { words: "it asks for a password" })
      : asRefusal(location, cause, "damaged");
    parentPort?.postMessage({ refused: errorRecord(error) } satisfies Answer);
  },
);
