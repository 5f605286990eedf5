/**
 * `fetch`, whose answers end with an error when they have more than so many bytes. Whoever reads a stream of events may
 * take that for a break and wait for more: they are told by `overflow`.
 */
export function boundedFetch(
  fetch: typeof globalThis.fetch,
  { most, overflow }: { readonly most: number; readonly overflow: () => void },
): typeof globalThis.fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    if (response.body === null) return response;
    let size = 0;
    const bound = new TransformStream<Uint8Array, Uint8Array>({
      transform: (chunk, rest) => {
        size += chunk.byteLength;
        if (size <= most) return rest.enqueue(chunk);
        rest.error(new TypeError("terminated", { cause: new Error(`The answer has more than ${most} bytes.`) }));
        overflow();
      },
    });
    const { status, statusText, headers } = response;
    return new Response(response.body.pipeThrough(bound), { status, statusText, headers });
  };
}
