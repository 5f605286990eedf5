import { Worker } from "node:worker_threads";
import type { ModelRequest } from "../../../kernel/contracts/model.ts";
import type { Shape } from "../shape/shape.ts";
import type { Asked, Parcel, Said, Told } from "./protocol.ts";
import { Sent } from "./sent.ts";

/** What the rules and their words take, and what is read of texts. */
const megabytesOfRules = 128;
/** So many questions go over at once, or those of one round of the event loop. */
const questionsAtOnce = 16;

/**
 * A thread that rehearses by the same rules, so that a program plays on while they are followed. It keeps no process alive,
 * and is never started again.
 */
export class RehearsingThread {
  readonly #worker: Worker;
  readonly #sent: Sent;
  readonly #waiting = new Map<number, (said: Said | undefined) => void>();
  #state: "begins" | "is open" | "has ended" = "begins";
  #tickets = 0;
  #asked: Asked[] = [];
  #leaving: NodeJS.Immediate | undefined;

  /** @param bytes what the thread may keep of messages and personas */
  constructor(bytes: number) {
    // The same code runs from sources (Node strips the types) and from the built package.
    const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
    const worker = new Worker(new URL(`./rehearsing-worker.${extension}`, import.meta.url), {
      ...{ name: "rehearsal", execArgv: [] },
      // Where what it keeps takes more than was thought, it ends, and whoever asks finds out by themselves.
      resourceLimits: { maxOldGenerationSizeMb: Math.ceil(bytes / 2 ** 20) + megabytesOfRules },
    });
    this.#worker = worker;
    this.#sent = new Sent(bytes);
    worker.unref();
    worker.on("message", (told: readonly Told[]) => this.#hear(told));
    worker.on("error", () => this.close());
    worker.on("exit", () => this.close());
  }

  /** It answers; false before it has begun, and once it has ended. */
  get isOpen(): boolean {
    return this.#state === "is open";
  }

  /** What the rules say at the first attempt; undefined where whoever asks has to find out. */
  ask<T>({ messages, rehearsal, purpose, sample, seed }: ModelRequest<T>, shape: Shape): Promise<Said | undefined> {
    const { persona, ...told } = rehearsal ?? {};
    if (this.#state === "has ended" || !isSettled(persona)) return Promise.resolve(undefined);
    const { promise, resolve } = Promise.withResolvers<Said | undefined>();
    this.#tickets += 1;
    this.#waiting.set(this.#tickets, resolve);
    this.#asked.push({
      ticket: this.#tickets,
      shape: this.#sent.shape(shape),
      messages: messages.map((message) => this.#sent.message(message)),
      persona: persona && this.#sent.persona(persona),
      question: {
        purpose,
        ...(sample !== undefined && { sample }),
        ...(seed !== undefined && { seed }),
        ...(rehearsal !== undefined && { rehearsal: told }),
      },
    });
    if (this.#asked.length >= questionsAtOnce) this.#send();
    else this.#leaving ??= setImmediate(() => this.#send());
    return promise;
  }

  /** Whoever waits finds out by themselves. */
  close(): void {
    this.#state = "has ended";
    clearImmediate(this.#leaving);
    void this.#worker.terminate();
    for (const resolve of this.#waiting.values()) resolve(undefined);
    this.#waiting.clear();
  }

  #send(): void {
    clearImmediate(this.#leaving);
    const parcel: Parcel = { ...this.#sent.take(), asked: this.#asked };
    [this.#asked, this.#leaving] = [[], undefined];
    this.#worker.ref();
    try {
      this.#worker.postMessage(parcel);
    } catch {
      // Something in it cannot cross over, such as a function in a persona.
      this.close();
    }
  }

  #hear(told: readonly Told[]): void {
    if (this.#state === "begins") this.#state = "is open";
    for (const { ticket, said } of told) {
      this.#waiting.get(ticket)?.(said);
      this.#waiting.delete(ticket);
    }
    if (this.#waiting.size === 0) this.#worker.unref();
  }
}

/** Nobody can change it any more: what was sent of it holds. */
const isSettled = (persona: unknown): persona is object | undefined =>
  persona === undefined || (typeof persona === "object" && persona !== null && Object.isFrozen(persona));
