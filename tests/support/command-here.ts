import { CommanderError } from "commander";
import { reportError } from "../../src/cli/failure.ts";
import { createProgram } from "../../src/cli/main.ts";
import { fakeSession } from "../unit/cli/fake-session.ts";
import type { Project } from "./project.ts";

/** A command line in this process, which takes a tenth of the time of one of its own: for whatever needs no signal. */
export async function commandHere(
  { folder }: Pick<Project, "folder">,
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }> {
  const { session, out, err } = fakeSession({ folder, variables });
  const ended = (code: number) => ({ code, stdout: out(), stderr: err() });
  const program = createProgram(session, "0.0.0");
  try {
    await program.parseAsync([...args], { from: "user" });
    return ended(session.exitCode);
  } catch (error) {
    if (!(error instanceof CommanderError)) return ended(reportError(error, session));
    return { ...ended(error.exitCode === 0 ? 0 : 2), stderr: `${err()}${error.message}` };
  }
}
