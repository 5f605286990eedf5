import type { EventBody, JournalEvent, Listener } from "../kernel/contracts/events.ts";
import type { Store } from "../kernel/contracts/store.ts";
import { firstDifference } from "../kernel/text/difference.ts";
import type { Clock } from "../kernel/values/clock.ts";
import { TinyTroupeError } from "../kernel/values/errors.ts";
import { canonicalJson, type Digest } from "../kernel/values/hash.ts";
import type { RunId } from "../kernel/values/ids.ts";
import { type Lineage, readRows } from "./lineage/lineage.ts";
import { cutRow, cutType, eventRow } from "./rows.ts";
import type { Writer } from "./writer.ts";

/**
 * Tells the story of a run once more. As long as it goes as before, nothing is written; at the first event that
 * differs, all that this take has not told yet is cut off, in every scope: later events answer to earlier ones, and a
 * story half from one take and half from another happened to nobody.
 */
export interface Teller {
  tell<B extends EventBody>(scope: string, body: B): JournalEvent<B>;
  /** How many events a scope told in this take. */
  toldIn(scope: string): number;
  /** This take went as an earlier one, which told more. */
  isBehind(): boolean;
  /** Ends the take; a complete one also ends the story here. */
  end(complete: boolean): Promise<void>;
}

export interface TellerOptions {
  readonly store: Store;
  readonly lineage: Lineage;
  readonly take: number;
  /** The story so far, by scope. */
  readonly before: ReadonlyMap<string, readonly Digest[]>;
  /** It was told to its end: what it does not have, in whichever scope, is another story. */
  readonly isWhole: boolean;
  readonly writer: Writer;
  readonly clock: Clock;
  readonly watch: Listener;
}

interface Scope {
  readonly name: string;
  readonly before: readonly Digest[];
  next: number;
  diverged: boolean;
}

export function createTeller(options: TellerOptions): Teller {
  const { lineage, take, isWhole, writer, clock, watch } = options;
  const scopes = new Map<string, Scope>();
  for (const [name, before] of options.before) scopes.set(name, { name, before, next: 0, diverged: false });
  const reports: Promise<void>[] = [];
  let parted = false;
  let ended = false;

  const part = (): void => {
    if (parted) return;
    parted = true;
    for (const { name, before, next } of scopes.values()) {
      if (before.length > next) writer.push(cutRow({ scope: name, ordinal: next, take }));
    }
  };
  const write = (scope: Scope, event: JournalEvent): void => {
    const { row, texts } = eventRow(event, { scope: scope.name, ordinal: scope.next, take });
    const stood = scope.before[scope.next];
    if (stood === row.digest && !parted) return;
    if (stood !== undefined || isWhole) part();
    writer.push(row, texts);
    if (stood === undefined || stood === row.digest || scope.diverged) return;
    scope.diverged = true;
    reports.push(report(row, options));
  };
  return {
    tell: (name, body) => {
      writer.check();
      if (ended) throw closed(lineage.at(-1)?.run ?? "");
      const scope = scopes.get(name) ?? { name, before: [], next: 0, diverged: false };
      scopes.set(name, scope);
      const time = clock.written();
      const event = { ...body, id: `${name}#${scope.next}`, ...(time !== undefined && { time }) };
      write(scope, event as JournalEvent);
      scope.next += 1;
      watch(event as JournalEvent);
      return event;
    },
    toldIn: (name) => scopes.get(name)?.next ?? 0,
    isBehind: () => !parted && [...scopes.values()].some(({ before, next }) => before.length > next),
    end: async (complete) => {
      ended = true;
      if (complete) part();
      await writer.end();
      await Promise.all(reports);
    },
  };
}

function closed(run: RunId): TinyTroupeError {
  return new TinyTroupeError("CLOSED", `The run "${run}" has ended: nothing more can be recorded in it.`, {
    data: { what: `run ${run}` },
    hint: "Open the run again to go on with it.",
  });
}

interface Told {
  readonly scope: string;
  readonly ordinal: number;
  readonly body: string;
}

async function report({ scope, ordinal, body }: Told, options: TellerOptions): Promise<void> {
  const what = await eventDifference({ scope, ordinal, body }, options).catch(
    (error: unknown) => `the event differs from the one before, which cannot be read: ${String(error)}`,
  );
  options.watch({ type: "diverged", scope, ordinal, what });
}

async function eventDifference(
  { scope, ordinal, body }: Told,
  { store, lineage, take }: TellerOptions,
): Promise<string> {
  let before: string | undefined;
  for await (const row of readRows(store, lineage, { scope })) {
    if (row.ordinal === ordinal && row.take < take && row.type !== cutType) before = row.body;
  }
  const [was, is] = [JSON.parse(before ?? "{}"), JSON.parse(body)] as { type?: string }[];
  if (was?.type !== is?.type) return `was a ${was?.type} event, now a ${is?.type} event`;
  return `the ${is?.type} event differs: ${firstDifference(canonicalJson(was), canonicalJson(is))}`;
}
