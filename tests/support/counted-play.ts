import { type JournalEvent, noConfiguration, type PlayOptions, playStudy, type Study } from "../../src/index.ts";
import { type Model, type ModelRequest, openModel } from "../../src/models.ts";
import { readStory, type Store } from "../../src/stores.ts";

/** How a study is played on the stand-in. */
export interface Play {
  readonly store: Store;
  readonly concurrency?: number;
  /** Stops the run, as a kill would, when so many calls were asked for. */
  readonly killAfter?: number;
}

/** Plays a study; what the stand-in was asked is counted, and an error is a result. */
export async function countedPlay<R>(study: Study<R>, given: Play) {
  const { asked, settings } = await counting(given);
  const played = await playStudy(study, settings).catch((error: unknown) => ({ error }));
  return { played, asked };
}

/** The settings of a play, and what it asks. */
export async function counting({ store, concurrency, killAfter = Number.POSITIVE_INFINITY }: Play) {
  const rules = await openModel("builtin", { environment: {} });
  const asked: ModelRequest<unknown>[] = [];
  const end = new AbortController();
  const generate = <T>(request: ModelRequest<T>) => {
    asked.push(request as ModelRequest<unknown>);
    if (asked.length > killAfter) end.abort(new Error("killed"));
    return rules.generate(request);
  };
  const model: Model = { ...rules, generate };
  const settings: PlayOptions = {
    ...{ model, store, configuration: noConfiguration, signal: end.signal },
    ...(concurrency !== undefined && { concurrency }),
  };
  return { asked, settings };
}

/** The story of the only run, scope by scope: what several do at once may be written down in any order. */
export async function storyIn(store: Store): Promise<readonly JournalEvent[]> {
  const [run] = await store.listRuns();
  const events = await Array.fromAsync(readStory(store, run?.id ?? ""));
  const scopeOf = ({ id }: JournalEvent) => id.slice(0, id.lastIndexOf("#"));
  return events.toSorted((one, other) => (scopeOf(one) < scopeOf(other) ? -1 : Number(scopeOf(one) > scopeOf(other))));
}
