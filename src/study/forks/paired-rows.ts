import type { JournalEvent, StanceTaken, TurnTaken } from "../../kernel/contracts/events.ts";
import type { Action } from "../../kernel/contracts/person.ts";
import type { Store } from "../../kernel/contracts/store.ts";
import type { RunId } from "../../kernel/values/ids.ts";
import { actionText } from "../../kernel/values/transcript.ts";
import { readStory } from "../../store/story.ts";

/** One person in one step of one arm, beside the first arm. */
export interface PairedRow {
  readonly seed: string;
  /** `room/3`, or `alone/2` for the second turn that somebody took outside of a world. */
  readonly step: string;
  readonly person: string;
  readonly arm: string;
  /** The arm that this one is held against. */
  readonly base: string;
  /** What they said and did in this arm, and in the other; empty where they took no turn. */
  readonly said: string;
  readonly did: string;
  readonly baseSaid: string;
  readonly baseDid: string;
  /** They said and did the same, to the same people. */
  readonly same: boolean;
  /** Nothing was asked in this arm: it is the other arm's very answer. */
  readonly reused: boolean;
  /** Stances taken in that turn, as in `A kettle is worth 60 euros: for (0.7, first)`. */
  readonly stances: string;
  readonly baseStances: string;
}

interface Armed {
  readonly arm: string;
  readonly run: RunId;
}

interface Moment {
  readonly step: string;
  readonly person: string;
  readonly said: string;
  readonly did: string;
  readonly stances: string;
  /** All of it, by which one turn is told from another. */
  readonly whole: string;
  /** Where its calls stand in the journal, by scope and step. */
  readonly asked: string;
}

/** `room/10` comes after `room/9`. */
const inOrder = new Intl.Collator("en", { numeric: true });

/** The rows of some arms beside the first, arm by arm and step by step. */
export async function pairedRows(
  store: Store,
  { seed, base, arms }: { readonly seed: string; readonly base: Armed; readonly arms: readonly Armed[] },
): Promise<PairedRow[]> {
  const before = momentsOf(await Array.fromAsync(readStory(store, base.run)));
  const rows: PairedRow[] = [];
  for (const { arm, run } of arms) {
    const after = momentsOf(await Array.fromAsync(readStory(store, run)));
    const asked = new Set<string>();
    for await (const { scope, step } of store.listCalls(run)) asked.add(placeOf(scope, step));
    const keys = [...new Set([...before.keys(), ...after.keys()])];
    for (const key of keys.toSorted((one, other) => inOrder.compare(stepOf(one), stepOf(other)))) {
      const [was, is] = [before.get(key), after.get(key)];
      const { step = "", person = "" } = is ?? was ?? {};
      const [there, here] = [was ?? nothing, is ?? nothing];
      const same = here.whole === there.whole;
      const isReused = is !== undefined && same && !asked.has(is.asked);
      rows.push({
        ...{ seed, step, person, arm, base: base.arm, said: here.said, did: here.did },
        ...{ baseSaid: there.said, baseDid: there.did, same, reused: isReused },
        ...{ stances: here.stances, baseStances: there.stances },
      });
    }
  }
  return rows;
}

const nothing = { said: "", did: "", stances: "", whole: "[]" };
const placeOf = (scope: string, step: string | undefined): string => JSON.stringify([scope, step ?? ""]);

/** Turns by step and person. */
function momentsOf(events: readonly JournalEvent[]): ReadonlyMap<string, Moment> {
  const steps = new Map<string, string>();
  for (const event of events) if (event.type === "acted") steps.set(event.turn, `${event.world}/${event.step}`);
  const alone = new Map<string, number>();
  const moments = new Map<string, Moment>();
  const last = new Map<string, string>();
  for (const event of events) {
    const turn = last.get("person" in event ? event.person : "");
    const open = turn === undefined ? undefined : moments.get(turn);
    if (event.type === "stance-taken" && turn !== undefined && open !== undefined) {
      moments.set(turn, {
        ...open,
        stances: [open.stances, stanceText(event)].filter((text) => text !== "").join("; "),
      });
    }
    if (event.type !== "turn") continue;
    const inWorld = steps.get(event.id);
    const count = (alone.get(event.person) ?? 0) + (inWorld === undefined ? 1 : 0);
    alone.set(event.person, count);
    const step = inWorld ?? `alone/${count}`;
    const key = keyOf(step, event.person);
    last.set(event.person, key);
    moments.set(key, {
      step,
      person: event.name,
      ...textsOf(event),
      stances: "",
      asked: placeOf(scopeOf(event.id), inWorld),
    });
  }
  return moments;
}

const keyOf = (step: string, person: string): string => JSON.stringify([step, person]);
const stepOf = (key: string): string => (JSON.parse(key) as [string])[0];
const scopeOf = (id: string): string => id.slice(0, id.lastIndexOf("#"));

function textsOf({ actions }: TurnTaken): Pick<Moment, "said" | "did" | "whole"> {
  const acted = actions.filter(({ type }) => type !== "DONE");
  const deeds = acted.filter(({ type }) => type !== "TALK");
  return {
    said: acted.flatMap((action) => (action.type === "TALK" ? [actionText(action)] : [])).join("\n"),
    did: deeds.map(deedText).join("\n"),
    whole: JSON.stringify(acted.map(({ type, target = "", content = "", args }) => [type, target, content, args])),
  };
}

const deedText = (action: Action): string =>
  [action.type, action.target?.trim() ?? "", actionText(action)].filter((part) => part !== "").join(" ");

const stanceText = ({ topic, stance, firmness, grounds }: StanceTaken): string =>
  `${topic}: ${stance} (${firmness}, ${grounds})`;
