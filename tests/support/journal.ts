import type { EventBody, SimulationEvent } from "../../src/kernel/contracts/events.ts";
import type { Store } from "../../src/kernel/contracts/store.ts";
import { createClock } from "../../src/kernel/values/clock.ts";
import { type OpenJournal, openJournal } from "../../src/store/journal.ts";

export interface TestTake extends OpenJournal {
  readonly shown: SimulationEvent[];
}

/** Opens the run "r" for one take; what watchers see is kept. */
export async function openTake(store: Store, clock = createClock()): Promise<TestTake> {
  const shown: SimulationEvent[] = [];
  const run = { id: "r", name: "focus group", seed: "7", model: "test/scripted" };
  const opened = await openJournal(store, { run, clock, watch: (event) => void shown.push(event) });
  return { ...opened, shown };
}

export const note = (label: string, value: unknown = null): EventBody => ({ type: "noted", label, value });
