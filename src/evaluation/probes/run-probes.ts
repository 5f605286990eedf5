import { eachRow, type RowResult } from "../../kernel/rows/rows.ts";
import type { ErrorRecord } from "../../kernel/values/errors.ts";
import type { PersonId } from "../../kernel/values/ids.ts";
import type { Interval } from "../../statistics/intervals/interval.ts";
import { shareInterval } from "../../statistics/intervals/share.ts";
import type { Interviewee } from "../interviewee.ts";
import { instruments as stock } from "./instruments.ts";
import { checkedInstruments, type Probe, type ProbeInstrument } from "./probe.ts";
import { type ProbeFinding, takeProbe } from "./take-probe.ts";

/** How people are probed. */
export interface ProbeOptions {
  /** Default: all that come along. */
  readonly instruments?: readonly ProbeInstrument[];
  /** Probes at the same time; 16 unless told. */
  readonly concurrency?: number;
  /** What the ledger adds it up by; `probes` unless told. */
  readonly label?: string;
  readonly signal?: AbortSignal;
  /** Told of each row when it comes home. */
  readonly onRow?: (row: ProbeRow) => void;
}

/** What came of one probe of one person, or why nothing did. */
export type ProbeRow = ProbePlace & (ProbeFinding | { readonly error: ErrorRecord });

/** Who was probed with what. */
export interface ProbePlace {
  readonly person: PersonId;
  readonly name: string;
  readonly instrument: string;
  readonly probe: string;
}

/** What an instrument found over all people. */
export interface InstrumentSummary {
  readonly instrument: string;
  readonly passed: number;
  readonly failed: number;
  readonly undecided: number;
  readonly errors: number;
  /** Of those that were decided; undefined where none was. */
  readonly failing?: number;
  /** Of that share, by Wilson: each probe of each person counts as one. */
  readonly interval: Interval;
}

/** All that the probes found. */
export interface ProbeReport {
  readonly rows: readonly ProbeRow[];
  readonly instruments: readonly InstrumentSummary[];
  /** No language model answered somewhere: a rehearsal, and no insight. */
  readonly heuristic?: true;
}

interface Task extends ProbePlace {
  readonly who: Interviewee;
  readonly asked: Probe;
}

/**
 * Probes forks of people, so many at once: what fails is found by rules first, and by the run's judge where meaning
 * decides, who is not told who they are. Nobody notices anything. One probe's error is its row's, never a finding; what
 * concerns all (a stop, no money) is thrown, and so is what met every probe. Throws OPTION_INVALID for instruments that are none.
 * @example
 * const { rows } = await probePeople([lisa, oscar], { instruments: [instruments.jailbreak] });
 * rows.length === 2 * instruments.jailbreak.probes.length; // => true
 */
export async function probePeople(people: readonly Interviewee[], options: ProbeOptions = {}): Promise<ProbeReport> {
  const { instruments = Object.values(stock), concurrency, label = "probes", signal, onRow } = options;
  const tasks = checkedInstruments(instruments).flatMap(({ name: instrument, probes }) =>
    people.flatMap((who) =>
      probes.map((asked): Task => {
        return { who, asked, person: who.id, name: who.name, instrument, probe: asked.name };
      }),
    ),
  );
  const rowOf = ({ who: _who, asked: _asked, ...place }: Task, found: object): ProbeRow =>
    ({ ...place, ...found }) as ProbeRow;
  const rows = await eachRow<Task, ProbeFinding>(
    tasks,
    ({ who, asked, instrument }) => takeProbe(who, asked, { instrument, label, ...(signal && { signal }) }),
    {
      key: ({ person, instrument, probe }) => `${person} ${instrument} ${probe}`,
      ...(concurrency !== undefined && { concurrency }),
      ...(signal && { signal }),
      ...(onRow && { onRow: (row, place) => onRow(rowOf(tasks[place] as Task, foundIn(row))) }),
    },
  );
  const found = rows.map((row, place) => rowOf(tasks[place] as Task, foundIn(row)));
  const summaries = instruments.map(({ name }) =>
    summaryOf(
      name,
      found.filter(({ instrument }) => instrument === name),
    ),
  );
  const heuristic = found.some((row) => "heuristic" in row && row.heuristic);
  return { rows: found, instruments: await Promise.all(summaries), ...(heuristic && { heuristic }) };
}

const foundIn = (row: RowResult<ProbeFinding>): object => ("value" in row ? row.value : { error: row.error });

async function summaryOf(instrument: string, rows: readonly ProbeRow[]): Promise<InstrumentSummary> {
  const count = (outcome: ProbeFinding["outcome"]): number =>
    rows.filter((row) => "outcome" in row && row.outcome === outcome).length;
  const [passed, failed, undecided] = [count("passed"), count("failed"), count("undecided")];
  const decided = passed + failed;
  const interval = await shareInterval(failed, decided);
  const errors = rows.length - decided - undecided;
  return { instrument, passed, failed, undecided, errors, ...(decided > 0 && { failing: failed / decided }), interval };
}
