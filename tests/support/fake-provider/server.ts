import type { FakeRequest, Order } from "./dialect.ts";
import { type Serving, serve } from "./serve.ts";

export type { FakeRequest, Order } from "./dialect.ts";

/** What the server does with a request; an answer that fits the schema when it returns nothing. */
export type Director = (request: FakeRequest, count: number) => Order | undefined;

export interface FakeProvider extends Serving {
  /** Requests for answers and embeddings, oldest first. */
  readonly requests: FakeRequest[];
  /** The most requests at once. */
  readonly most: number;
  direct(director: Director): void;
}

/** One loopback server that speaks like each of the providers, tells what it was asked, and fails on order. */
export async function fakeProvider(first: Director = () => undefined): Promise<FakeProvider> {
  let director = first;
  let [inFlight, most] = [0, 0];
  const requests: FakeRequest[] = [];
  const serving = await serve({
    order(request) {
      requests.push(request);
      inFlight += 1;
      most = Math.max(most, inFlight);
      return director(request, requests.length - 1);
    },
    over: () => {
      inFlight -= 1;
    },
  });
  return {
    url: serving.url,
    requests,
    get sockets() {
      return serving.sockets;
    },
    get most() {
      return most;
    },
    direct: (next) => {
      director = next;
    },
    [Symbol.asyncDispose]: () => serving[Symbol.asyncDispose](),
  };
}
