import type { Dispatcher } from "undici";

type Handler = Dispatcher.DispatchHandler;
type Controller = Dispatcher.DispatchController;
type Resolve = (response: Response) => void;

interface Caller {
  readonly dispatcher: Dispatcher;
  readonly signal: AbortSignal | null | undefined;
  readonly resolve: Resolve;
  readonly reject: (reason: unknown) => void;
}

/** What a request of the providers' packages is made of. */
interface Sent {
  readonly method?: string;
  readonly headers?: Headers | Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly signal?: AbortSignal | null;
}

/** No answer has a body with these (Fetch standard, "null body status"). */
const bodiless: ReadonlySet<number> = new Set([204, 205, 304]);

/** The same request once more at another path (RFC 9110); the other redirections would make a GET of it. */
const moved: ReadonlySet<number> = new Set([307, 308]);
const mostMoves = 5;

/** In bytes; the longest answers of models are about a thousandth of it. A server that never ends fills no memory. */
export const largestResponse = 64 * 1024 * 1024;

/** In bytes: so much of a body that nobody has read yet is held, then the server waits. */
const mostUnread = 256 * 1024;

type Encoding = "gzip" | "deflate";
const encodings: ReadonlyMap<string, Encoding> = new Map([
  ["gzip", "gzip"],
  ["x-gzip", "gzip"],
  ["deflate", "deflate"],
]);

/**
 * As much of `fetch` as a call to a model needs, straight on undici's dispatcher: it takes half of the processor time of
 * undici's own, which makes streams of its own of what is sent and what comes. Answers are asked for uncompressed; a
 * server that sends gzip or deflate all the same is read. A redirection is followed within its origin alone, so that
 * keys and prompts go nowhere else; any other is the answer.
 */
export function dispatchFetch(dispatcher: Dispatcher): typeof globalThis.fetch {
  const fetch = (input: string | URL, { method = "GET", headers, body, signal }: Sent = {}): Promise<Response> => {
    const url = new URL(input);
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const request = {
        origin: url.origin,
        path: `${url.pathname}${url.search}`,
        method: method as Dispatcher.HttpMethod,
        headers: { "accept-encoding": "identity", ...plain(headers) },
        body: body ?? null,
      };
      new Exchange({ dispatcher, resolve, reject, signal }).send(request);
    });
  };
  return fetch as typeof globalThis.fetch;
}

/** One request and its answer. The response is there when its head is; its body follows. */
class Exchange implements Handler {
  readonly #dispatcher: Dispatcher;
  readonly #resolve: Resolve;
  readonly #reject: (reason: unknown) => void;
  readonly #signal: Caller["signal"];
  #request: Dispatcher.DispatchOptions | undefined;
  /** Where the request goes once the answer that said so has ended. */
  #next: Dispatcher.DispatchOptions | undefined;
  #moves = 0;
  #controller: Controller | undefined;
  #body: ReadableStreamDefaultController<Uint8Array> | undefined;

  constructor(caller: Caller) {
    this.#dispatcher = caller.dispatcher;
    this.#resolve = caller.resolve;
    this.#reject = caller.reject;
    this.#signal = caller.signal;
    this.#signal?.addEventListener("abort", this, { once: true });
  }

  send(request: Dispatcher.DispatchOptions): void {
    this.#request = request;
    this.#dispatcher.dispatch(request, this);
  }

  /** The caller's signal: the request ends, and whoever waits hears of it at once. */
  handleEvent(): void {
    const { reason } = this.#signal as AbortSignal;
    this.#fail(reason);
    this.#controller?.abort(reason instanceof Error ? reason : new Error(String(reason)));
  }

  onRequestStart(controller: Controller): void {
    this.#controller = controller;
    if (this.#signal?.aborted) this.handleEvent();
  }

  onResponseStart(...[, status, headers, statusText = ""]: Parameters<Required<Handler>["onResponseStart"]>): void {
    if (status < 200) return;
    this.#next = moved.has(status) ? this.#at(headers["location"]) : undefined;
    if (this.#next !== undefined) return;
    const start = (body: ReadableStreamDefaultController<Uint8Array>): void => {
      this.#body = body;
    };
    const cancel = (): void => {
      this.#body = undefined;
      this.#controller?.abort(new Error("Nobody reads the answer any more."));
    };
    const pull = (): void => {
      if (this.#controller?.paused) this.#controller.resume();
    };
    const unread = new ByteLengthQueuingStrategy({ highWaterMark: mostUnread });
    const body = bodiless.has(status) ? null : new ReadableStream<Uint8Array>({ start, pull, cancel }, unread);
    const encoding = encodings.get(String(headers["content-encoding"]).toLowerCase());
    const read = body !== null && encoding !== undefined ? decoded(body, encoding) : body;
    this.#resolve(new Response(read, { status, statusText, headers: listed(headers) }));
  }

  onResponseData(controller: Controller, chunk: Uint8Array): void {
    this.#body?.enqueue(chunk);
    if (this.#body !== undefined && (this.#body.desiredSize ?? 0) <= 0) controller.pause();
  }

  onResponseEnd(): void {
    if (this.#next !== undefined) {
      this.#moves++;
      this.send(this.#next);
    } else {
      this.#letGo();
      this.#body?.close();
      this.#body = undefined;
    }
  }

  onResponseError(_controller: Controller, cause: Error): void {
    this.#fail(new TypeError(this.#body === undefined ? "fetch failed" : "terminated", { cause }));
  }

  /** The same request at another place of the same origin; undefined for any other place. */
  #at(location: unknown): Dispatcher.DispatchOptions | undefined {
    const request = this.#request as Dispatcher.DispatchOptions;
    const { origin, pathname, search } = URL.parse(String(location ?? ""), `${request.origin}${request.path}`) ?? {};
    if (location === undefined || origin !== request.origin || this.#moves >= mostMoves) return undefined;
    return { ...request, path: `${pathname}${search}` };
  }

  #fail(reason: unknown): void {
    this.#letGo();
    this.#body?.error(reason);
    this.#body = undefined;
    this.#reject(reason);
  }

  #letGo(): void {
    this.#signal?.removeEventListener("abort", this);
  }
}

/** A small body can hold an endless text: the bound holds for what was decoded, too. */
function decoded(body: ReadableStream<Uint8Array>, encoding: Encoding): ReadableStream<Uint8Array> {
  let size = 0;
  const bound = new TransformStream<Uint8Array, Uint8Array>({
    transform: (chunk, rest) => {
      size += chunk.byteLength;
      if (size <= largestResponse) rest.enqueue(chunk);
      else rest.error(new TypeError("terminated", { cause: new Error("The answer is longer than any can be.") }));
    },
  });
  return body.pipeThrough(new DecompressionStream(encoding)).pipeThrough(bound);
}

function listed(headers: Readonly<Record<string, string | readonly string[] | undefined>>): [string, string][] {
  return Object.entries(headers).flatMap(([name, value]) =>
    [value ?? []].flat().map((one): [string, string] => [name, one]),
  );
}

function plain(headers: Sent["headers"] = {}): Readonly<Record<string, string>> {
  return headers instanceof Headers ? Object.fromEntries(headers) : headers;
}
