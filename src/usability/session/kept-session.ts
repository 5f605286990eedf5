import { keepCall } from "../../document/web/kept-call.ts";
import type { Context } from "../../kernel/contracts/context.ts";
import type { Done, Move, System, SystemSession, SystemView } from "../../kernel/contracts/systems/system.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import { type Digest, digest, digestJson } from "../../kernel/values/hash.ts";
import type { Limiter } from "../../model/flow/limit/limiter.ts";
import { aborted } from "../../model/flow/time.ts";

/** Whom a session belongs to, with what, and how fast it may go. */
export interface SessionParts {
  readonly system: System;
  /** Which visit of this person it is. */
  readonly name: string;
  /** The place of the person in the run. */
  readonly context: Context;
  /** Lets in so many requests a minute over all sessions with the system. */
  readonly limiter: Limiter;
}

/** A picture as the journal keeps it: its bytes stand beside it, once each. */
type KeptShown = Omit<SystemView, "picture"> & {
  readonly picture?: { readonly mediaType: string; readonly digest: Digest };
};

const rehearsed: SystemView = { text: "(Nothing was sent, and nothing comes back: this is a rehearsal of the test.)" };

/**
 * A session with a system whose answers stand in the journal: a run that is opened again is shown the same and touches
 * nothing. Where it goes on live after that, the session takes up what was done before, or the moves are made once more, so that
 * the system is where it was. In a
 * dry run nothing is sent.
 */
export class KeptSession {
  readonly #parts: SessionParts;
  /** What was done before, from the journal too. */
  readonly #done: Done[] = [];
  #live: SystemSession | undefined;
  /** Stands for all that was done so far. */
  #chain: Digest;

  constructor(parts: SessionParts) {
    this.#parts = parts;
    // What is served for a test on this machine has another port each time, and is the same.
    const place = parts.system.place.replace(/(\/\/(?:localhost|127\.0\.0\.1|\[::1\])):\d+/, "$1");
    this.#chain = digestJson({ visit: parts.name, system: parts.system.name, place });
  }

  /** What is there before anything was done. */
  first(): Promise<SystemView> {
    return this.#kept(async () => (await this.#open()).first);
  }

  /** What comes back. Throws what concerns the run, SYSTEM_FAILED and SYSTEM_REFUSED. */
  async do(move: Move): Promise<SystemView> {
    this.#chain = digestJson([this.#chain, move.type, move.args]);
    const shown = await this.#kept(async () => {
      const live = await this.#caughtUp();
      return this.#let(() => live.do(move));
    });
    this.#done.push({ move, shown });
    return shown;
  }

  async close(): Promise<void> {
    await this.#live?.close();
    this.#live = undefined;
  }

  async #kept(ask: () => Promise<SystemView>): Promise<SystemView> {
    const { context, system } = this.#parts;
    const { calls } = context.journal;
    const place = { scope: `${context.scope}/system`, key: this.#chain, occurrence: 0 };
    const known = await calls.find(place.scope, place.key, place.occurrence);
    if (known !== undefined) return this.#restored(known.value as KeptShown);
    if (context.simulating === true) return rehearsed;
    const started = performance.now();
    const { picture, ...shown } = await ask();
    const durationMs = performance.now() - started;
    const body = picture && { digest: digest(picture.data), text: Buffer.from(picture.data).toString("base64") };
    const value: KeptShown =
      picture && body ? { ...shown, picture: { mediaType: picture.mediaType, digest: body.digest } } : shown;
    await keepCall(calls, { ...place, by: system.name }, { value, durationMs, ...(body && { body }) });
    return picture === undefined ? shown : { ...shown, picture };
  }

  async #restored({ picture, ...shown }: KeptShown): Promise<SystemView> {
    if (picture === undefined) return shown;
    const text = await this.#parts.context.journal.calls.text(picture.digest);
    if (text === undefined) throw pictureLost(this.#parts.system.name);
    return { ...shown, picture: { mediaType: picture.mediaType, data: new Uint8Array(Buffer.from(text, "base64")) } };
  }

  async #open(): Promise<SystemSession> {
    const { system, context } = this.#parts;
    const { outside, cutOff } = context;
    this.#live ??= await this.#let(() =>
      system.open({ signal: cutOff, fetch: outside.fetch, variable: (name) => outside.variable(name) }),
    );
    return this.#live;
  }

  async #caughtUp(): Promise<SystemSession> {
    if (this.#live !== undefined) return this.#live;
    const live = await this.#open();
    if (live.takeUp !== undefined) live.takeUp(this.#done);
    else for (const { move } of this.#done) await this.#let(() => live.do(move));
    return live;
  }

  async #let<T>(request: () => Promise<T>): Promise<T> {
    const { limiter, context, system } = this.#parts;
    const { scope, signal } = context;
    const permit = await limiter.acquire({
      signal,
      onWait: (forMs, reason) => context.watch({ type: "call-waiting", scope, model: system.name, forMs, reason }),
    });
    try {
      return await request();
    } catch (error) {
      throw context.cutOff.aborted ? aborted(context.cutOff) : error;
    } finally {
      permit.release({});
    }
  }
}

/** Without it the person would read something else than they did, and the story part from there unnoticed. */
function pictureLost(system: string): TinyTroupeError<"STORE_FAILED"> {
  return new TinyTroupeError("STORE_FAILED", `The store has lost a picture of ${system} that somebody saw.`, {
    data: { location: "the run's store" },
    hint: "Restore the store from a copy, or have the test made anew under another name.",
  });
}
