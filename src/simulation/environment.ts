import { homedir } from "node:os";

/** What the machine tells a run, read once and passed down as data. */
export interface Environment {
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly folder: string;
  readonly home: string;
  readonly platform: string;
}

/** Reads variables, working folder, home and platform of this process: the one place that does. */
export function readEnvironment(): Environment {
  return { variables: { ...process.env }, folder: process.cwd(), home: homedir(), platform: process.platform };
}
