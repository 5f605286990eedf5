import type { Forkable } from "../../kernel/contracts/asked/fork.ts";
import type { Context } from "../../kernel/contracts/context.ts";
import { eachRow } from "../../kernel/rows/rows.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import { digestJson } from "../../kernel/values/hash.ts";
import type { Wanted } from "../elicitation/choice.ts";
import type { ElicitationSettings } from "../elicitation/elicitation.ts";
import type { SurveyOrder } from "../flow/order.ts";
import { type Instrument, itemsOf } from "../instrument/document.ts";
import { type Sat, type SurveyRun, surveyRun } from "./collected.ts";
import { type Interviewed, type InterviewSettings, interview } from "./interview.ts";
import { ordersOf } from "./orders.ts";
import { picturesOf } from "./pictures.ts";
import { QuotaCount } from "./quotas.ts";
import type { SurveyMemory } from "./sitting.ts";
import { asWritten, checkVariants, inOrderOf, inWordsOf, type SurveyVariant } from "./variants.ts";

/** What is asked of whom, and how. */
export interface AdministerOptions extends Wanted, ElicitationSettings {
  readonly instrument: Instrument;
  readonly people: readonly Forkable[];
  /**
   * What people remember of the questionnaire while they answer. Default `none`: each item is asked of a fork of its own, so
   * that no answer colours the next, and prompts stay short.
   */
  readonly memory?: SurveyMemory;
  /** Ways in which the same is asked otherwise: each person answers each of them, on forks that do not know of the others. */
  readonly variants?: readonly SurveyVariant[];
  /** Independent answers of each person. Default 1. */
  readonly samples?: number;
  /** Where the instrument's pictures are. Default: the working folder. */
  readonly folder?: string;
  /** People at once. Default 16. */
  readonly concurrency?: number;
  readonly signal?: AbortSignal;
  /** Told of each item that somebody passed, and of each sitting that has ended. */
  readonly onProgress?: (progress: SurveyProgress) => unknown;
}

/** How far a survey is. */
export interface SurveyProgress {
  /** Sittings that ended, of all: people, times variants and samples. */
  readonly done: number;
  readonly of: number;
  /** Items answered so far. */
  readonly items: number;
  /** Sittings that ended without answers. */
  readonly failed: number;
}

/** Where quotas count, so many are asked at once before those who come next are told which are full. */
const wave = 16;

/**
 * Asks people a questionnaire, on forks that leave them as they were: in its order and by its conditions, each item in the way
 * that is named for it, or that is usual for its kind. What was paid for is found again when the same is asked again, also of
 * more people. One unusable answer is that answer's (`missing`); whoever fails otherwise is in `failures`; when nothing came of
 * anybody, why is thrown, and so is what concerns all.
 * @throws OPTION_INVALID for nobody and for ways that do not fit, MODEL_UNSUPPORTED, and the model's errors
 * @example
 * const tea = parseInstrument({ survey: 1, name: "tea", items: [{ id: "drinks", kind: "yes-no", text: "Do you drink tea?" }] });
 * const { answers } = await administer(simulation.context, { instrument: tea, people: [lisa, oscar] });
 * answers.length; // => 2
 */
export async function administer(context: Context, options: AdministerOptions): Promise<SurveyRun> {
  const { instrument, onProgress, concurrency, signal } = options;
  const sittings = await sittingsOf(context, options);
  const quotas = new QuotaCount(instrument);
  const progress = { done: 0, of: sittings.length, items: 0, failed: 0 };
  const tell = (): unknown => onProgress?.({ ...progress });
  const size = instrument.quotas.length === 0 ? sittings.length : wave;
  const sat: Sat[] = [];
  for (let from = 0; from < sittings.length; from += size) {
    const group = sittings.slice(from, from + size);
    const full = quotas.full;
    const rows = await eachRow<Seat, Interviewed>(
      group,
      (seat) => interview({ ...seat.asked, full, onItem: () => void (progress.items++, tell()) }),
      {
        key: ({ key }) => key,
        ...(concurrency !== undefined && { concurrency }),
        ...(signal && { signal }),
        toleratesAll: from > 0,
        onRow: (row) => {
          progress.done += 1;
          progress.failed += "error" in row ? 1 : 0;
          return tell();
        },
      },
    );
    for (const [place, row] of rows.entries()) {
      const seat = group[place] as Seat;
      if ("error" in row) sat.push({ ...seat, error: row.error });
      else sat.push({ ...seat, came: { ...row.value, end: quotas.admit(row.value.end, seat.asked.order) } });
    }
  }
  return surveyRun({ instrument, sat });
}

/** Somebody's place at the table: which variant they answer, the how-manieth time. */
interface Seat extends Pick<Sat, "person" | "variant" | "sample" | "order"> {
  readonly key: string;
  readonly asked: Omit<Parameters<typeof interview>[0], "full" | "onItem">;
}

async function sittingsOf(context: Context, options: AdministerOptions): Promise<readonly Seat[]> {
  const { instrument, people, samples = 1, variants = [] } = options;
  if (people.length === 0) throw nobody();
  if (itemsOf(instrument).length === 0 || !(Number.isSafeInteger(samples) && samples > 0)) throw noSamples(samples);
  const all = [asWritten, ...variants];
  checkVariants(instrument, all);
  const dice = context.random.fork("survey").fork(digestJson(instrument).slice(0, 12));
  const orders = ordersOf(instrument, people, dice.fork("orders"));
  const settings = await settingsOf(context, options);
  return all.flatMap((variant) => {
    const worded = inWordsOf(instrument, variant);
    const digest = digestJson(worded).slice(0, 12);
    return Array.from({ length: samples }, (_, sample) =>
      people.map((person, at): Seat => {
        const order = inOrderOf(instrument, orders[at] as SurveyOrder, variant);
        const place = { instrument: digest, variant: variant.name, sample };
        const random = dice.fork(person.id).fork(variant.name).fork(String(sample));
        const asked = { ...settings, person, instrument: worded, order, place, random };
        return { key: `${person.id} ${variant.name} ${sample}`, person, variant: variant.name, sample, order, asked };
      }),
    ).flat();
  });
}

async function settingsOf(context: Context, options: AdministerOptions): Promise<InterviewSettings> {
  const { method, methods, memory = "none", signal, instrument, folder, ...rest } = options;
  const { classifier, anchors, temperature, epsilon, rehearsal } = rest;
  if (classifier !== undefined) context.models.named(classifier);
  return {
    ...(method !== undefined && { method }),
    ...(methods && { methods }),
    ...{ memory, pictures: await picturesOf(instrument, context, folder) },
    meaning: context.models.embedder.compares === undefined,
    settings: {
      ...(classifier !== undefined && { classifier }),
      ...(anchors && { anchors }),
      ...(temperature !== undefined && { temperature }),
      ...(epsilon !== undefined && { epsilon }),
      ...(rehearsal && { rehearsal }),
    },
    ...(signal && { signal }),
  };
}

function nobody(): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", "There is nobody to ask.", {
    data: { option: "people", value: 0 },
    hint: "Give people of the run, as simulation.loadPeople gives them.",
  });
}

function noSamples(samples: number): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", `Nobody can answer ${samples} times.`, {
    data: { option: "samples", value: samples },
    hint: "Give a whole number from 1.",
  });
}
