import { type ChildProcess, spawn } from "node:child_process";
import { bin, keepsCompiled } from "./compiled.ts";
import { TinyTerminal } from "./tiny-terminal.ts";

const command = [process.execPath, bin];

/** Runs a program in a real terminal of a given size, and hands on what goes in and out. */
const bridge = `
import fcntl, os, pty, select, struct, sys, termios
columns, rows = int(sys.argv[1]), int(sys.argv[2])
child, terminal = pty.fork()
if child == 0:
    os.execvp(sys.argv[3], sys.argv[3:])
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
watched = [0, terminal]
while True:
    ready, _, _ = select.select(watched, [], [])
    if 0 in ready:
        data = os.read(0, 65536)
        if data: os.write(terminal, data)
        else: watched.remove(0)
    if terminal in ready:
        try: data = os.read(terminal, 65536)
        except OSError: break
        if not data: break
        os.write(1, data)
_, status = os.waitpid(child, 0)
sys.exit(os.waitstatus_to_exitcode(status) & 255)
`;

export interface PseudoTerminal {
  /** What can be read on the screen and above it. */
  text(): string;
  /** Everything that was written, codes and all. */
  written(): string;
  type(text: string): void;
  /** Resolves as soon as the text can be read, and throws with what can be read when the program ends without it. */
  shows(text: string): Promise<void>;
  readonly ended: Promise<number | null>;
}

/** Starts the command line in a terminal: through python3, since Node has none. */
export function inTerminal(
  args: readonly string[],
  machine: { folder: string; variables?: Readonly<Record<string, string>>; columns?: number; rows?: number },
): PseudoTerminal {
  const { folder, variables = {}, columns = 80, rows = 24 } = machine;
  const terminal = new TinyTerminal(columns, rows);
  const child: ChildProcess = spawn("python3", ["-c", bridge, String(columns), String(rows), ...command, ...args], {
    cwd: folder,
    env: {
      PATH: process.env["PATH"],
      HOME: folder,
      ...keepsCompiled,
      TERM: "xterm-256color",
      LANG: "C.UTF-8",
      ...variables,
    },
    stdio: ["pipe", "pipe", "pipe"],
  });
  const waiting = new Set<() => void>();
  const hear = (piece: string): void => {
    terminal.write(piece);
    for (const look of waiting) look();
  };
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding("utf8").on("data", hear);
  const ended = new Promise<number | null>((done) => child.on("close", (code) => done(code)));
  return {
    text: () => terminal.text(),
    written: () => terminal.written,
    type: (text) => void child.stdin?.write(text),
    ended,
    shows: (text) =>
      new Promise((done, fail) => {
        const look = (): void => {
          if (!terminal.text().includes(text)) return;
          waiting.delete(look);
          done();
        };
        waiting.add(look);
        void ended.then(() => fail(new Error(`It ended without showing '${text}':\n${terminal.text()}`)));
        look();
      }),
  };
}
