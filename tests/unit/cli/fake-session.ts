import { programName, type Session } from "../../../src/cli/session.ts";
import { createScreen } from "../../../src/cli/terminal/screen.ts";
import { createStyle } from "../../../src/cli/terminal/style.ts";
import { harmlessJson } from "../../../src/cli/terminal/text.ts";
import type { Environment } from "../../../src/index.ts";

/** A session whose streams are texts; nobody sits at it. */
export function fakeSession(machine: { folder?: string; variables?: Record<string, string> } = {}): {
  readonly session: Session;
  out(): string;
  err(): string;
} {
  const written = { out: "", err: "" };
  const into = (stream: keyof typeof written) => ({
    write: (text: string) => {
      written[stream] += text;
    },
  });
  const style = createStyle(false);
  const { folder = "/nowhere", variables = {} } = machine;
  const environment: Environment = { folder, home: folder, platform: "linux", variables };
  const session: Session = {
    environment,
    program: programName(environment, "tinytroupe"),
    ...{ out: createScreen(into("out")), err: createScreen(into("err")), outStyle: style, errStyle: style },
    ...{ interactive: false, command: "", json: false, exitCode: 0, run: undefined, farewell: "" },
    raw: (text) => into("out").write(harmlessJson(text)),
    confirm: async () => false,
    version: async () => "0.0.0",
  };
  return { session, out: () => written.out, err: () => written.err };
}
