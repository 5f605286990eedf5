import type { FakeRequest } from "./fake-provider/dialect.ts";
import type { Director, Order } from "./fake-provider/server.ts";

/** A director that tells when so many requests have come in, and orders the same for each. */
export function untilRequest(
  last: number,
  order: (request: FakeRequest, count: number) => Order | undefined,
): { readonly reached: Promise<void>; readonly director: Director } {
  const { promise: reached, resolve } = Promise.withResolvers<void>();
  let count = 0;
  return {
    reached,
    director: (request, place) => {
      count += 1;
      if (count >= last) resolve();
      return order(request, place);
    },
  };
}
