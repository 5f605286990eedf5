// Runs one scenario in this process, and sends its rows to the one that started it. Argument: the scenario's file.
import { pathToFileURL } from "node:url";
import type { Message } from "./run.ts";
import type { Scenario } from "./scenario.ts";

const tell = (message: Message): void => void process.send?.(message);
const { scenario } = (await import(pathToFileURL(String(process.argv[2])).href)) as { scenario: Scenario };
await scenario.run({ row: (row) => tell({ row }), progress: (progress) => tell({ progress }) });
process.disconnect?.();
