import type { JournalEvent, PersonForked } from "../../kernel/contracts/events.ts";
import type { CallRecord } from "../../kernel/contracts/journal.ts";
import type { EventId } from "../../kernel/values/ids.ts";
import { actionText, transcriptOf } from "../../kernel/values/transcript.ts";
import type { RunProvenance } from "../../table/provenance.ts";
import type { QueryTable } from "./query-process.ts";

/** The tables that SQL over a run finds, their columns, and what they hold. */
export const queryTables = {
  run: { columns: ["run", "name", "seed", "models", "date", "heuristic", "version"], about: "the run itself, one row" },
  people: { columns: ["id", "name", "persona"], about: "who took part; the persona is JSON" },
  transcript: {
    columns: ["place", "id", "world", "step", "time", "kind", "type", "speaker", "listeners", "text"],
    about: "what was said, done and perceived, each once; listeners are JSON",
  },
  turns: {
    columns: ["id", "person", "name", "world", "step", "time", "actions", "stop", "state", "heuristic"],
    about: "turns that people took; what changed in their mind is JSON",
  },
  actions: {
    columns: ["id", "turn", "position", "person", "name", "world", "step", "time", "type", "target", "text", "args"],
    about: "what people did in their turns; arguments are JSON",
  },
  stimuli: {
    columns: ["id", "person", "world", "step", "time", "type", "source", "text"],
    about: "what came from outside; the person of a broadcast is null",
  },
  steps: { columns: ["world", "step", "quiet"], about: "steps of worlds that ended" },
  answers: {
    columns: [
      ...["id", "person", "name", "instrument", "item", "value", "missing", "words", "method", "distribution"],
      ...["heuristic"],
    ],
    about: "what people answered to instruments; values of several parts and distributions are JSON",
  },
  forks: {
    columns: ["id", "person", "name"],
    about: "forks of people, who were asked and shown things aside",
  },
  calls: {
    columns: [
      ...["place", "scope", "purpose", "label", "model", "step", "at", "milliseconds"],
      ...["input", "output", "failed", "heuristic"],
    ],
    about: "what models answered, with tokens, in runs that a fork comes from, too; failed has the code",
  },
  events: {
    columns: ["place", "id", "scope", "type", "time", "body"],
    about: "every event of the story, whole, as JSON",
  },
} as const satisfies Readonly<Record<string, { readonly columns: readonly string[]; readonly about: string }>>;

/** The name of a table that SQL over a run finds. */
export type QueryTableName = keyof typeof queryTables;

/** What a stored run holds. */
export interface Stored {
  readonly provenance: RunProvenance;
  readonly events: readonly JournalEvent[];
  readonly forks: readonly JournalEvent<PersonForked>[];
  readonly calls: readonly CallRecord[];
}

type Value = string | number | boolean | null | undefined;
type Rows = readonly (readonly Value[])[];

/** A stored run as tables of plain values. */
export function viewsOf(stored: Stored): readonly QueryTable[] {
  const steps = stepsOf(stored.events);
  const rows: Readonly<Record<QueryTableName, Rows>> = {
    run: runRows(stored.provenance),
    people: peopleRows(stored.events),
    transcript: transcriptRows(stored.events),
    turns: turnRows(stored.events, steps),
    actions: actionRows(stored.events, steps),
    stimuli: stimulusRows(stored.events, steps),
    steps: stored.events.flatMap((event) =>
      event.type === "step-finished" ? [[event.world, event.step, event.quiet]] : [],
    ),
    answers: answerRows(stored.events),
    forks: stored.forks.map(({ person, of, name }) => [person, of, name]),
    calls: stored.calls.map(callRow),
    events: stored.events.map((event, place) => [
      ...[place, event.id, event.id.slice(0, event.id.lastIndexOf("#")), event.type, event.time],
      JSON.stringify(event, withoutBytes),
    ]),
  };
  return Object.entries(queryTables).map(([name, { columns }]) => ({
    ...{ name, columns },
    rows: rows[name as QueryTableName].map((row) => row.map(plain)),
  }));
}

/** SQLite has no truth values: 1 and 0. */
function plain(value: Value): string | number | null {
  if (typeof value === "boolean") return value ? 1 : 0;
  return value ?? null;
}

interface Place {
  readonly world?: string;
  readonly step?: number;
}

/** Where turns and stimuli belong: the step of a world that took them up, or in which they stand. */
function stepsOf(events: readonly JournalEvent[]): ReadonlyMap<EventId, Place> {
  const places = new Map<EventId, Place>();
  const open = new Map<string, number>();
  for (const event of events) {
    if (event.type === "step-started") open.set(event.world, event.step);
    if (event.type === "step-finished") open.delete(event.world);
    if (event.type === "acted") places.set(event.turn, { world: event.world, step: event.step });
    const step = event.type === "broadcast" ? open.get(event.world) : undefined;
    if (event.type === "broadcast") places.set(event.id, { world: event.world, ...(step !== undefined && { step }) });
  }
  return places;
}

const runRows = ({ run, name, seed, models, date, heuristic, version }: RunProvenance): Rows => [
  [run, name, seed, models.join(", "), date, heuristic === true, version],
];

function peopleRows(events: readonly JournalEvent[]): Rows {
  return events.flatMap((event) =>
    event.type === "person-created" ? [[event.person, event.name, JSON.stringify(event.persona)]] : [],
  );
}

function transcriptRows(events: readonly JournalEvent[]): Rows {
  return transcriptOf(events).map(({ id, world, step, time, kind, type, from, to, text }, place) => [
    ...[place, id, world, step, time, kind, type, from],
    ...[JSON.stringify(to), text],
  ]);
}

function turnRows(events: readonly JournalEvent[], steps: ReadonlyMap<EventId, Place>): Rows {
  return events.flatMap((event) => {
    if (event.type !== "turn") return [];
    const { world, step } = steps.get(event.id) ?? {};
    const [actions, state] = [event.actions.length, JSON.stringify(event.state)];
    return [
      [
        event.id,
        event.person,
        event.name,
        world,
        step,
        event.time,
        actions,
        event.stop,
        state,
        event.heuristic ?? false,
      ],
    ];
  });
}

function actionRows(events: readonly JournalEvent[], steps: ReadonlyMap<EventId, Place>): Rows {
  return events.flatMap((event) => {
    if (event.type !== "turn") return [];
    const { world, step } = steps.get(event.id) ?? {};
    return event.actions.map((action, position) => [
      ...[`${event.id}.${position}`, event.id, position, event.person, event.name, world, step, event.time],
      ...[action.type, action.target, actionText(action)],
      action.args === undefined ? null : JSON.stringify(action.args, withoutBytes),
    ]);
  });
}

function stimulusRows(events: readonly JournalEvent[], steps: ReadonlyMap<EventId, Place>): Rows {
  return events.flatMap((event) => {
    if (event.type !== "stimulus" && event.type !== "broadcast") return [];
    const { world, step } = steps.get(event.id) ?? {};
    const { type, source, content } = event.stimulus;
    const person = event.type === "stimulus" ? event.person : null;
    return [[event.id, person, world, step, event.time, type, source, content]];
  });
}

function answerRows(events: readonly JournalEvent[]): Rows {
  return events.flatMap((event) => {
    if (event.type !== "answered") return [];
    const { id, person, name, instrument, answer, heuristic = false } = event;
    const { item, value, words, method } = answer;
    const given = "missing" in answer ? undefined : (answer.distribution ?? answer.inclusion);
    return [
      [
        ...[
          id,
          person,
          name,
          instrument,
          item,
          typeof value === "object" && value !== null ? JSON.stringify(value) : value,
        ],
        ...["missing" in answer ? answer.missing : null, words, method, given && JSON.stringify(given), heuristic],
      ],
    ];
  });
}

function callRow(call: CallRecord, place: number): readonly Value[] {
  const { scope, purpose, label, model, step, at, durationMs, usage, error, heuristic } = call;
  const { input, output } = usage;
  return [place, scope, purpose, label, model, step, at, durationMs, input, output, error?.code, heuristic ?? false];
}

function withoutBytes(this: Record<string, unknown>, key: string, value: unknown): unknown {
  return this[key] instanceof Uint8Array ? null : value;
}
