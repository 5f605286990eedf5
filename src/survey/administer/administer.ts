import type { Context } from "../../kernel/contracts/context.ts";
import { eachRow, type RowResult } from "../../kernel/rows/rows.ts";
import type { Instrument } from "../instrument/document.ts";
import { type Interviewed, interview } from "./answering/interview.ts";
import { type Sat, type SurveyRun, satIn, surveyRun } from "./collected.ts";
import type { AdministerOptions } from "./options.ts";
import { QuotaCount } from "./quotas.ts";
import { checkPilot, record, type Seat, seatsOf, settingsDigest } from "./seats.ts";

/** Where quotas count, so many are asked at once before those who come next are told which are full. */
const wave = 16;

/**
 * Asks people a questionnaire, on forks that leave them as they were: in its order and by its conditions, each item in the way
 * that is named for it, or that is usual for its kind. What was paid for is found again when the program is started again, also
 * with more people; a second asking of one program asks anew (see `name`), or goes on from a `pilot`. One unusable answer is that answer's (`missing`); whoever fails otherwise is in `failures`; when nothing came of
 * anybody, why is thrown, and so is what concerns all.
 * @throws OPTION_INVALID for nobody, for ways that do not fit, and for a pilot of another questionnaire or way of asking, MODEL_UNSUPPORTED, and the model's errors
 * @example
 * const tea = parseInstrument({ survey: 1, name: "tea", items: [{ id: "drinks", kind: "yes-no", text: "Do you drink tea?" }] });
 * const { answers } = await administer(simulation.context, { instrument: tea, people: [lisa, oscar] });
 * answers.length; // => 2
 */
export async function administer(context: Context, options: AdministerOptions): Promise<SurveyRun> {
  const { instrument, pilot } = options;
  if (pilot !== undefined) checkPilot(pilot, options);
  const seats = await seatsOf(context, options);
  const known = pilot === undefined ? new Map<string, Sat>() : satIn(pilot, seats);
  const working = workingOn(seats.length, known.size, options);
  const sat: Sat[] = [];
  for (const { seats: group, quotas } of groupsOf(seats, instrument)) {
    const asked = group.filter(({ key }) => !known.has(key));
    const rows = await working(asked, { full: quotas.full, tolerant: sat.length > 0 || known.size > 0 });
    const came = new Map(rows.map((row) => [row.key, row]));
    for (const seat of group) {
      const one = admitted(seat, known.get(seat.key) ?? came.get(seat.key), quotas);
      if (isCounted(instrument) && came.has(seat.key)) record(one.came, seat, instrument.name);
      sat.push(one);
    }
  }
  return surveyRun({ instrument, settings: settingsDigest(options), sat });
}

interface Group {
  readonly seats: readonly Seat[];
  readonly quotas: QuotaCount;
}

/** Who is asked at once: waves where quotas count, and each variant and sample, which the same people take again, by itself. */
function groupsOf(seats: readonly Seat[], instrument: Instrument): readonly Group[] {
  if (!isCounted(instrument)) return [{ seats, quotas: new QuotaCount(instrument) }];
  const rounds = Map.groupBy(seats, ({ variant, sample }) => JSON.stringify([variant, sample]));
  return [...rounds.values()].flatMap((round) => {
    const quotas = new QuotaCount(instrument);
    const waves = Array.from({ length: Math.ceil(round.length / wave) }, (_, at) => at * wave);
    return waves.map((from) => ({ seats: round.slice(from, from + wave), quotas }));
  });
}

/** What is answered is on record at once, or where quotas count, once it is known who is taken in. */
const isCounted = ({ quotas }: Instrument): boolean => quotas.length > 0;

interface Waving {
  readonly full: ReadonlySet<string>;
  /** Something came of others before. */
  readonly tolerant: boolean;
}

/** Asks those who have seats, so many at once, and tells how far that is. */
function workingOn(of: number, before: number, { instrument, onProgress, concurrency, signal }: AdministerOptions) {
  const progress = { done: before, of, items: 0, failed: 0 };
  const tell = (): unknown => onProgress?.({ ...progress });
  const onItem = (): void => {
    progress.items += 1;
    tell();
  };
  return (seats: readonly Seat[], { full, tolerant }: Waving): Promise<readonly RowResult<Interviewed>[]> =>
    eachRow<Seat, Interviewed>(
      seats,
      async (seat) => {
        const came = await interview({ ...seat.asked, full, onItem });
        if (!isCounted(instrument)) record(came, seat, instrument.name);
        return came;
      },
      {
        ...{ key: ({ key }) => key, toleratesAll: tolerant },
        ...(concurrency !== undefined && { concurrency }),
        ...(signal && { signal }),
        onRow: (row) => {
          progress.done += 1;
          progress.failed += "error" in row ? 1 : 0;
          return tell();
        },
      },
    );
}

function admitted(seat: Seat, found: Sat | RowResult<Interviewed> | undefined, quotas: QuotaCount): Sat {
  const { person, variant, sample, asked } = seat;
  const base = { person, variant, sample };
  if (found === undefined) return base;
  if ("error" in found && found.error !== undefined) return { ...base, error: found.error };
  const came = "value" in found ? found.value : "came" in found ? found.came : undefined;
  return came === undefined ? base : { ...base, came: { ...came, end: quotas.admit(came.end, asked.order) } };
}
