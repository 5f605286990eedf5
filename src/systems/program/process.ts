import { type ChildProcess, spawn } from "node:child_process";

/** How a program is started: without a shell, in a folder of its own, with no more of the environment than is named. */
export interface Start {
  readonly command: string;
  readonly args: readonly string[];
  readonly folder: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** In bytes: a program that writes more is ended. */
const mostWritten = 256 * 1024;

/** Why a program was ended by us. */
export type Cut = "TIMEOUT" | "TOO_MUCH";

/** A program under way: what it wrote is read in portions. */
export class Program {
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;
  #written = "";
  #size = 0;
  #read = 0;
  #wake = Promise.withResolvers<void>();
  #failure: Error | undefined;
  #exit: { readonly code: number | null } | undefined;
  cut: Cut | undefined;

  constructor({ command, args, folder, variables }: Start) {
    // A group of its own, so that whatever it starts ends with it.
    const group = process.platform !== "win32";
    this.#child = spawn(command, [...args], { cwd: folder, env: { ...variables }, detached: group, shell: false });
    this.#child.stdin?.on("error", () => undefined); // it may end without reading what it is sent
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding("utf8").on("data", (piece: string) => this.#heard(piece));
    }
    this.#ended = new Promise((resolve) => {
      const end = (): void => {
        this.#stir();
        resolve();
      };
      this.#child.once("error", (error) => {
        this.#failure = error;
        end();
      });
      this.#child.once("close", (code) => {
        this.#exit = { code };
        end();
      });
    });
  }

  /** Why it could not be started. */
  get failure(): Error | undefined {
    return this.#failure;
  }

  /** Undefined while it runs; null for one that was ended. */
  get exitCode(): number | null | undefined {
    return this.#exit?.code;
  }

  get isOver(): boolean {
    return this.#exit !== undefined || this.#failure !== undefined;
  }

  write(text: string): void {
    this.#child.stdin?.write(text);
  }

  end(text = ""): void {
    this.#child.stdin?.end(text);
  }

  /** What it wrote since it was read last, once `isWhole` says of it that it is all, it has ended, or the time is over. */
  async read(isWhole: (text: string) => boolean, limits: { readonly seconds: number; readonly signal: AbortSignal }) {
    const late = AbortSignal.timeout(limits.seconds * 1_000);
    const stop = AbortSignal.any([late, limits.signal]);
    const stirred = (): void => this.#stir();
    stop.addEventListener("abort", stirred, { once: true });
    const fresh = (): string => this.#written.slice(this.#read);
    while (!this.isOver && !stop.aborted && this.cut === undefined && !isWhole(fresh())) {
      await this.#wake.promise;
      this.#wake = Promise.withResolvers();
    }
    stop.removeEventListener("abort", stirred);
    if (late.aborted && !this.isOver && !isWhole(fresh())) this.cut = "TIMEOUT";
    const text = fresh();
    this.#read = this.#written.length;
    return text;
  }

  /** Ends it and all that it started; resolves once it has. */
  async kill(): Promise<void> {
    if (!this.isOver) this.#signal();
    await this.#ended;
  }

  #heard(piece: string): void {
    this.#size += Buffer.byteLength(piece);
    if (this.#size <= mostWritten) this.#written += piece;
    else {
      this.cut = "TOO_MUCH";
      this.#signal();
    }
    this.#stir();
  }

  #stir(): void {
    this.#wake.resolve();
  }

  #signal(): void {
    const { pid } = this.#child;
    try {
      if (pid !== undefined && process.platform !== "win32") process.kill(-pid, "SIGKILL");
      else this.#child.kill("SIGKILL");
    } catch {
      // It has ended in between.
    }
  }
}
