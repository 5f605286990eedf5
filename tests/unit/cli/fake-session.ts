import type { Session } from "../../../src/cli/session.ts";
import { createScreen } from "../../../src/cli/terminal/screen.ts";
import { createStyle } from "../../../src/cli/terminal/style.ts";

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
  const session: Session = {
    environment: {
      ...{ folder: machine.folder ?? "/nowhere", home: "/nowhere", platform: "linux" },
      variables: machine.variables ?? {},
    },
    program: "tinytroupe",
    ...{ out: createScreen(into("out")), err: createScreen(into("err")), outStyle: style, errStyle: style },
    ...{ interactive: false, command: "", json: false, exitCode: 0, run: undefined, farewell: "" },
    raw: into("out").write,
    confirm: async () => false,
    version: async () => "0.0.0",
  };
  return { session, out: () => written.out, err: () => written.err };
}
