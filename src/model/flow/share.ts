import { isDeepStrictEqual } from "node:util";
import type { Layer, ModelReply, ModelRequest } from "../../kernel/contracts/model.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import { aborted } from "./time.ts";
import { answering } from "./wrap.ts";

/** A call on its way, for all who ask the same until it is answered. */
interface Flight {
  readonly request: ModelRequest<unknown>;
  readonly reply: Promise<ModelReply<unknown>>;
  readonly sharers: Set<symbol>;
  /** Nobody waits for it any more. */
  abandon(reason: unknown): void;
}

/**
 * Identical questions in flight share one call where the answer would be the same draw: at temperature 0, or with the
 * same seed. All others, and those that stream, are calls of their own: two people who happen to be asked the same must
 * answer independently. The first who still waits gets the usage of the call; the answer of the others is of origin
 * `cache` and cost nothing. Who stops waiting stops nobody else; the call is stopped when nobody waits, unless it is one
 * that is answered at once.
 */
export function withSharing({ atOnce = false } = {}): Layer {
  return (model) => {
    const flights = new Map<string, Set<Flight>>();
    const begin = (name: string, request: ModelRequest<unknown>): Flight => {
      const { signal: _own, ...question } = request;
      const stop = atOnce ? undefined : new AbortController();
      const reply = model.generate(stop === undefined ? question : { ...question, signal: stop.signal });
      const alike = flights.get(name) ?? new Set();
      const land = () => {
        if (alike.delete(flight) && alike.size === 0) flights.delete(name);
      };
      const flight: Flight = {
        ...{ request, reply, sharers: new Set() },
        abandon: (reason) => {
          land();
          stop?.abort(reason);
        },
      };
      reply.then(land, land);
      flights.set(name, alike.add(flight));
      return flight;
    };
    const generate = <T>(request: ModelRequest<T>): Promise<ModelReply<T>> => {
      const name = nameOf(request);
      if (name === undefined || request.onDelta !== undefined || request.signal?.aborted)
        return model.generate(request);
      const same = [...(flights.get(name) ?? [])].find((flight) => isSame(flight.request, request));
      return shared<T>(same ?? begin(name, request), request.signal);
    };
    return answering(model, generate);
  };
}

/** What equal draws have in common at a glance, so that few are compared; none for a draw of its own. */
function nameOf({ messages, seed, temperature }: ModelRequest<unknown>): string | undefined {
  if (temperature === 0) return messages.map(({ content }) => content.length).join(" ");
  return seed === undefined ? undefined : `seed ${seed}`;
}

function isSame(one: ModelRequest<unknown>, other: ModelRequest<unknown>): boolean {
  return one.schema === other.schema && isDeepStrictEqual(questionOf(one), questionOf(other));
}

function questionOf({ temperature, sample = 0, ...request }: ModelRequest<unknown>) {
  const { messages, purpose, maxOutputTokens, rehearsal } = request;
  const seed = temperature === 0 ? undefined : request.seed;
  return { messages, purpose, sample, seed, temperature, maxOutputTokens, rehearsal };
}

function shared<T>({ sharers, reply, abandon }: Flight, signal: AbortSignal | undefined): Promise<ModelReply<T>> {
  const sharer = Symbol("sharer");
  sharers.add(sharer);
  return new Promise((resolve, reject) => {
    const leave = () => {
      sharers.delete(sharer);
      if (sharers.size === 0) abandon(signal?.reason);
      reject(aborted(signal));
    };
    signal?.addEventListener("abort", leave, { once: true });
    const pays = (): boolean => {
      signal?.removeEventListener("abort", leave);
      return sharers.values().next().value === sharer;
    };
    reply.then(
      (answer) => resolve((pays() ? answer : forFree(answer)) as ModelReply<T>),
      (error: unknown) => reject(pays() ? error : withoutUsage(error)),
    );
  });
}

function forFree(answer: ModelReply<unknown>): ModelReply<unknown> {
  return { ...answer, usage: { input: 0, output: 0 }, origin: "cache" };
}

/** A failed call is paid for once, too. */
function withoutUsage(error: unknown): unknown {
  if (!(error instanceof TinyTroupeError) || error.usage === undefined) return error;
  return new TinyTroupeError(error.code, error.message, { data: error.data, hint: error.hint, cause: error });
}
