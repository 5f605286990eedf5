import type { Dispatcher } from "undici";

type Handler = Dispatcher.DispatchHandler;
type Controller = Dispatcher.DispatchController;
type Resolve = (response: Response) => void;

/** What a request of the providers' packages is made of. */
interface Sent {
  readonly method?: string;
  readonly headers?: Headers | Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly signal?: AbortSignal | null;
}

/** No answer has a body with these (Fetch standard, "null body status"). */
const bodiless: ReadonlySet<number> = new Set([204, 205, 304]);

/**
 * As much of `fetch` as a call to a model needs, straight on undici's dispatcher: it takes half of the processor time of
 * undici's own, which makes streams of its own of what is sent and what comes. Answers are asked for uncompressed.
 */
export function dispatchFetch(dispatcher: Dispatcher): typeof globalThis.fetch {
  const fetch = (input: string | URL, { method = "GET", headers, body, signal }: Sent = {}): Promise<Response> => {
    const url = new URL(input);
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const exchange = new Exchange({ resolve, reject, signal });
      dispatcher.dispatch(
        {
          origin: url.origin,
          path: `${url.pathname}${url.search}`,
          method: method as Dispatcher.HttpMethod,
          headers: { "accept-encoding": "identity", ...plain(headers) },
          body: body ?? null,
        },
        exchange,
      );
    });
  };
  return fetch as typeof globalThis.fetch;
}

/** One request and its answer. The response is there when its head is; its body follows. */
class Exchange implements Handler {
  readonly #resolve: Resolve;
  readonly #reject: (reason: unknown) => void;
  readonly #signal: AbortSignal | null | undefined;
  #controller: Controller | undefined;
  #body: ReadableStreamDefaultController<Uint8Array> | undefined;

  constructor(caller: { resolve: Resolve; reject: (reason: unknown) => void; signal: Sent["signal"] }) {
    this.#resolve = caller.resolve;
    this.#reject = caller.reject;
    this.#signal = caller.signal;
    this.#signal?.addEventListener("abort", this, { once: true });
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
    const start = (body: ReadableStreamDefaultController<Uint8Array>): void => {
      this.#body = body;
    };
    const cancel = (): void => {
      this.#body = undefined;
      this.#controller?.abort(new Error("Nobody reads the answer any more."));
    };
    const body = bodiless.has(status) ? null : new ReadableStream<Uint8Array>({ start, cancel });
    this.#resolve(new Response(body, { status, statusText, headers: listed(headers) }));
  }

  onResponseData(_controller: Controller, chunk: Uint8Array): void {
    this.#body?.enqueue(chunk);
  }

  onResponseEnd(): void {
    this.#letGo();
    this.#body?.close();
    this.#body = undefined;
  }

  onResponseError(_controller: Controller, cause: Error): void {
    this.#fail(new TypeError(this.#body === undefined ? "fetch failed" : "terminated", { cause }));
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

function listed(headers: Readonly<Record<string, string | readonly string[] | undefined>>): [string, string][] {
  return Object.entries(headers).flatMap(([name, value]) =>
    [value ?? []].flat().map((one): [string, string] => [name, one]),
  );
}

function plain(headers: Sent["headers"] = {}): Readonly<Record<string, string>> {
  return headers instanceof Headers ? Object.fromEntries(headers) : headers;
}
