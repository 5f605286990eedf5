import type { JournalEvent } from "../../kernel/contracts/events.ts";
import type { CallRecord } from "../../kernel/contracts/journal.ts";
import type { RunRecord, Store } from "../../kernel/contracts/store.ts";
import type { PersonId } from "../../kernel/values/ids.ts";
import { placeOf, storedCalls } from "../../store/lineage/stored-calls.ts";
import type { PersonThen } from "./people.ts";

/** One call to a model as it was made: the prompt as sent, and the answer. */
export interface AskedThen {
  readonly model: string;
  readonly step?: string;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly answer: unknown;
  readonly usage: CallRecord["usage"];
}

interface Past {
  readonly events: readonly JournalEvent[];
  readonly people: readonly PersonThen[];
}

/** What each person was last asked for a turn before the story ends here. */
export async function askedBefore(store: Store, run: RunRecord, past: Past): Promise<ReadonlyMap<PersonId, AskedThen>> {
  const acts = (await storedCalls(store, run)).filter(({ purpose }) => purpose === "act");
  // Where a story was told otherwise, the last call of a place counts.
  const calls = new Map(acts.map((call) => [placeOf(call), call]));
  const found = new Map<PersonId, AskedThen>();
  const byScope = Map.groupBy(calls.values(), ({ scope }) => scope);
  for (const { id } of past.people) {
    const call = lastCall(byScope.get(`person:${id}`) ?? [], { ...past, id });
    if (call !== undefined) found.set(id, await askedOf(store, call));
  }
  return found;
}

/** The call behind the last turn: in its step, or as the so-manieth outside of all steps. */
function lastCall(
  calls: readonly CallRecord[],
  { events, id }: Past & { readonly id: PersonId },
): CallRecord | undefined {
  const steps = new Map(
    events.flatMap((event) => (event.type === "acted" ? [[event.turn, `${event.world}/${event.step}`]] : [])),
  );
  const turns = events.filter((event) => event.type === "turn" && event.person === id);
  const last = turns.at(-1);
  if (last === undefined) return undefined;
  const step = steps.get(last.id);
  const there = calls.filter((call) => call.step === step).toSorted((one, other) => one.ordinal - other.ordinal);
  const alone = turns.filter((turn) => !steps.has(turn.id)).length;
  return step === undefined ? (there[alone - 1] ?? there.at(-1)) : there.at(-1);
}

async function askedOf(store: Store, { model, step, head, value, usage }: CallRecord): Promise<AskedThen> {
  const messages = [];
  for (const { body } of await store.chain(head)) {
    const { role, content } = JSON.parse((await store.text(body)) ?? "{}") as { role?: string; content?: unknown };
    messages.push({ role: role ?? "", content: typeof content === "string" ? content : JSON.stringify(content) });
  }
  return { model, ...(step !== undefined && { step }), messages, answer: value, usage };
}
