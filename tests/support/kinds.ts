import { expect } from "vitest";
import type { JournalEvent, Study } from "../../src/index.ts";
import { markOf, wordsOf } from "./fake-provider/cast.ts";
import type { FakeRequest } from "./fake-provider/dialect.ts";
import type { Director } from "./fake-provider/server.ts";
import { sameStory } from "./faults/same-story.ts";
import { type Played, type Project, tempProject } from "./project.ts";
import { castServer, chatModel, openaiAt } from "./served.ts";

/** What somebody does in a turn, from the words of the prompt, and numbers that follow from them alone. */
export type Part = (words: string, dice: (below: number) => number, mark: string) => readonly object[];

const nothing = { goals: null, context: null, attention: null, emotions: null };

/** Has everybody play this part; answers take as long as the question and the round say: each round another order. */
function playing(part: Part, round: number): Director {
  return (request: FakeRequest) => {
    const schema = request.schema as { properties?: { actions?: unknown } } | undefined;
    if (schema?.properties?.actions === undefined) return undefined;
    const mark = markOf(request);
    let place = 0;
    const dice = (below: number): number => Number.parseInt(mark.slice(place++ % 10).slice(0, 2), 16) % below;
    const actions = [...part(wordsOf(request), dice, mark), { type: "DONE" }];
    const afterMs = Number.parseInt(mark.slice(2 * round, 2 * round + 2), 16) / 16;
    return { afterMs, text: JSON.stringify({ state: nothing, actions }) };
  };
}

/**
 * Plays a study in which people do what this part says: at concurrency 1 and 64, with answers in other orders, stopped
 * by its budget again and again, and as a rehearsal. All but the rehearsal are the same story, which is given.
 */
export async function playedInAllWays<R>(study: Study<R>, part: Part): Promise<Played<R>> {
  await using server = await castServer();
  const means = { model: chatModel, variables: openaiAt(server.url) };
  await using straight = await tempProject();
  server.direct(playing(part, 0));
  const whole = await straight.play(study, { ...means, concurrency: 1 });
  expect(whole.error).toBeUndefined();
  const calls = server.requests.length;

  await using wide = await tempProject();
  server.direct(playing(part, 2));
  const other = await wide.play(study, { ...means, concurrency: 64 });
  expect(other.result).toEqual(whole.result);
  expect(other.transcript).toBe(whole.transcript);
  sameStory(wide.store, straight.store);

  await using poor = await tempProject();
  const before = server.requests.length;
  for (let limit = 2; limit < calls; limit += 3) {
    const stopped = await poor.play(study, { ...means, concurrency: 4, budget: { calls: limit } });
    if (stopped.error !== undefined) expect(stopped.error).toMatchObject({ code: "BUDGET_EXCEEDED" });
    else {
      expect(stopped.result).toEqual(whole.result);
      const left = await scopesLeft(straight, poor);
      expect(left).not.toEqual([]);
      expect(left.filter((scope) => !scope.endsWith("/memory"))).toEqual([]);
    }
  }
  const last = await poor.play(study, { ...means, budget: { calls } });
  expect(last.result).toEqual(whole.result);
  expect(last.story).toEqual(whole.story);
  expect(server.requests.length - before).toBe(calls);
  await rehearsed(study);
  return whole;
}

/**
 * Where calls of the whole are still to be made. A study has come to its end without the notes that people make in the
 * background: whoever goes on with them is told by their next turn that no money is left.
 */
async function scopesLeft(whole: Project, part: Project): Promise<readonly string[]> {
  const [all = [], made = []] = await Promise.all(
    [whole, part].map(({ withStore }) =>
      withStore(async (store) => {
        const [run] = await store.listRuns();
        return (await Array.fromAsync(store.listCalls(run?.id ?? ""))).map(({ scope }) => scope);
      }),
    ),
  );
  for (const scope of made) all.splice(all.indexOf(scope), 1);
  return [...new Set(all)];
}

/** Plays a study without a model, once at concurrency 1 and once at 64: the same story, which is given. */
export async function rehearsed<R>(study: Study<R>): Promise<Played<R>> {
  await using first = await tempProject();
  await using second = await tempProject();
  const one = await first.play(study, { model: "builtin", concurrency: 1 });
  const other = await second.play(study, { model: "builtin", concurrency: 64 });
  expect(one.error).toBeUndefined();
  expect(other.result).toEqual(one.result);
  sameStory(second.store, first.store);
  return one;
}

/** How often each kind of action was done. */
export function countOfActions(story: readonly JournalEvent[]): Readonly<Record<string, number>> {
  const types = story.flatMap((event) => (event.type === "turn" ? event.actions.map(({ type }) => type) : []));
  return Object.fromEntries(
    [...new Set(types)].sort().map((type) => [type, types.filter((one) => one === type).length]),
  );
}
