import { createInterface, type Interface } from "node:readline";
import { Writable } from "node:stream";

type Terminal = NodeJS.WritableStream & { readonly columns?: number; readonly rows?: number };

export interface PromptOptions {
  readonly input: NodeJS.ReadableStream;
  readonly output: Terminal;
  /** Somebody types: lines are edited, and the prompt is shown. */
  readonly interactive: boolean;
  /** What can be had back with the arrow keys, oldest first. */
  readonly history?: readonly string[];
  /** Ctrl-C; `typed` is what stood in the line, which is cleared while it is shown. */
  onInterrupt(typed: string): void;
}

/**
 * Lines that somebody types or that come through a pipe. Between two calls of `next` nothing of what is typed is
 * echoed, so that it mixes with nothing; it stands in the next prompt.
 */
export class Prompt {
  readonly #options: PromptOptions;
  readonly #curtain: Curtain;
  readonly #lines: Interface;
  readonly #waiting: string[] = [];
  #ended = false;
  #give: ((line: string | undefined) => void) | undefined;

  constructor(options: PromptOptions) {
    this.#options = options;
    this.#curtain = new Curtain(options.output);
    this.#lines = createInterface({
      input: options.input,
      output: this.#curtain,
      terminal: options.interactive,
      history: [...(options.history ?? [])].reverse(),
      historySize: 200,
      removeHistoryDuplicates: true,
    });
    this.#lines.on("line", (line) => this.#hand(line));
    this.#lines.on("close", () => {
      this.#ended = true;
      this.#hand(undefined);
    });
    this.#lines.on("SIGINT", () => this.#interrupt());
  }

  /** The next line; undefined when there are no more. */
  next(prompt: string): Promise<string | undefined> {
    const { interactive, output } = this.#options;
    const [line] = this.#waiting.splice(0, 1);
    if (line !== undefined) {
      if (interactive) output.write(`${prompt}${line}\n`);
      return Promise.resolve(line);
    }
    if (this.#ended) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      this.#give = resolve;
      if (!interactive) return;
      this.#curtain.open = true;
      this.#lines.setPrompt(prompt);
      this.#lines.prompt(true);
    });
  }

  /**
   * Lines up to an empty one, as one text; undefined when there are no more. What was pasted may have empty lines in it:
   * the next has come already.
   * @param prompts before the first line, and before each that follows
   * @param isWhole tells a first line that is a text of its own
   */
  async nextText(
    [first, more]: readonly [string, string],
    isWhole: (line: string) => boolean,
  ): Promise<string | undefined> {
    const lines: string[] = [];
    for (;;) {
      const line = (await this.next(lines.length === 0 ? first : more))?.trimEnd();
      if (lines.length === 0) {
        if (line === undefined || isWhole(line.trim())) return line?.trim();
        if (line !== "") lines.push(line);
        continue;
      }
      const isPasted = this.#options.interactive && this.#waiting.length > 0;
      if (line === undefined || (line === "" && !isPasted)) return lines.join("\n").trim();
      lines.push(line);
    }
  }

  close(): void {
    this.#lines.close();
  }

  #hand(line: string | undefined): void {
    this.#curtain.open = false;
    const { interactive, output } = this.#options;
    const give = this.#give;
    this.#give = undefined;
    // Ctrl-C and Ctrl-D leave the cursor behind the prompt: what is written next has its own line.
    if (give && line === undefined && interactive) output.write("\n");
    if (give) give(line);
    else if (line !== undefined) this.#waiting.push(line);
  }

  #interrupt(): void {
    const typed = this.#lines.line;
    if (!this.#curtain.open) {
      this.#options.onInterrupt(typed);
      return;
    }
    this.#lines.write(null, { ctrl: true, name: "e" });
    this.#lines.write(null, { ctrl: true, name: "u" });
    this.#options.onInterrupt(typed);
    if (this.#curtain.open) this.#lines.prompt();
  }
}

/** A terminal that shows what is written to it only while it is open. */
class Curtain extends Writable {
  open = false;
  readonly isTTY = true;
  readonly #terminal: Terminal;

  constructor(terminal: Terminal) {
    super({ decodeStrings: false });
    this.#terminal = terminal;
    terminal.on("resize", () => this.emit("resize"));
  }

  get columns(): number {
    return this.#terminal.columns || 80;
  }

  get rows(): number {
    return this.#terminal.rows || 24;
  }

  override _write(chunk: string | Uint8Array, _encoding: BufferEncoding, done: () => void): void {
    if (this.open) this.#terminal.write(chunk);
    done();
  }
}
