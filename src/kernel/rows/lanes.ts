/** A call leaves before so many more are put together: else the first would wait for the last. */
const begunTogether = 8;

/**
 * Does the work for each item, so many at once, begun in their order; the results stand in it, too. After a throw nobody
 * is begun any more, and once those who were begun are home, what was thrown first is thrown.
 * @param atOnce a whole number from 1, or Infinity
 * @example
 * await inLanes(["a", "b"], async (item, place) => `${item}${place}`, 2); // => ["a0", "b1"]
 */
export async function inLanes<In, Out>(
  items: readonly In[],
  work: (item: In, place: number) => Promise<Out>,
  atOnce: number,
): Promise<Out[]> {
  const results: Out[] = new Array(items.length);
  const thrown: unknown[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    while (thrown.length === 0 && next < items.length) {
      const place = next++;
      try {
        results[place] = await work(items[place] as In, place);
      } catch (error) {
        thrown.push(error);
      }
    }
  };
  const lanes: Promise<void>[] = [];
  while (lanes.length < atOnce && next < items.length && thrown.length === 0) {
    lanes.push(lane());
    if (lanes.length % begunTogether === 0) await new Promise((resume) => setImmediate(resume));
  }
  await Promise.all(lanes);
  if (thrown.length > 0) throw thrown[0];
  return results;
}
