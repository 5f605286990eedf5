import { expect } from "vitest";
import { main } from "../../src/cli/main.ts";
import { fakeSession } from "../unit/cli/fake-session.ts";
import type { Project } from "./project.ts";

/** How a command line ended. */
export interface CommandEnd {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * A command line in this process, which takes a fifth of the time of one of its own: for whatever needs no signal, reads
 * nothing from standard input, and exports nothing to standard output. The process stays in the project's folder until
 * that is gone.
 */
export async function commandHere(
  { folder }: Pick<Project, "folder">,
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<CommandEnd> {
  process.chdir(folder);
  const { session, out, err } = fakeSession({ folder, variables });
  // Not awaited, so that no stack leads to this file, as if it were the user's own program.
  const code = await new Promise<number>((end, fail) => main(args, session).then((ended) => end(ended), fail));
  return { code, stdout: out(), stderr: err() };
}

/** What a command that succeeds prints with `--json`. */
export async function jsonHere(project: Pick<Project, "folder">, ...args: readonly string[]) {
  const ended = await commandHere(project, [...args, "--json"]);
  expect(ended.code, ended.stderr).toBe(0);
  return JSON.parse(ended.stdout);
}
