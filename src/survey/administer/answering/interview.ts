import type { Answer, Missing } from "../../../kernel/contracts/answers/answer.ts";
import type { Forkable } from "../../../kernel/contracts/asked/fork.ts";
import { concernsOneAnswer, type ErrorRecord, errorRecord, isTinyTroupeError } from "../../../kernel/values/errors.ts";
import type { Random } from "../../../kernel/values/random.ts";
import { elicitationFor, type WantedElicitation } from "../../elicitation/choice.ts";
import { elicit, type Noted } from "../../elicitation/elicit.ts";
import type { ElicitationSettings, PaidCall } from "../../elicitation/elicitation.ts";
import { scriptOf } from "../../flow/next-item.ts";
import type { SurveyOrder } from "../../flow/shown.ts";
import { type EndStep, type ItemStep, Walk } from "../../flow/walk.ts";
import type { Instrument } from "../../instrument/document.ts";
import { type Picture, Sitting, type SittingPlace, type SurveyMemory } from "./sitting.ts";

/** How everybody is asked. */
export interface InterviewSettings {
  readonly wanted: WantedElicitation;
  readonly settings: ElicitationSettings;
  readonly memory: SurveyMemory;
  readonly pictures: ReadonlyMap<string, Picture>;
  /** Whether the run's embedder tells the points of a scale apart. */
  readonly meaning: boolean;
  readonly signal?: AbortSignal;
}

/** One person at one questionnaire. */
export interface Interview extends InterviewSettings {
  readonly person: Forkable;
  readonly instrument: Instrument;
  readonly order: SurveyOrder;
  /** Quotas that are full. */
  readonly full: ReadonlySet<string>;
  readonly place: SittingPlace;
  /** Of this person, variant and sample. */
  readonly random: Random;
  /** Told of each item that is passed. */
  readonly onItem?: (item: string) => void;
}

/** What came of it. */
export interface Interviewed {
  readonly end: EndStep;
  readonly calls: readonly ItemCall[];
  readonly failures: readonly ItemFailure[];
  readonly heuristic: boolean;
}

/** A call that an item took. */
export interface ItemCall extends PaidCall {
  readonly item: string;
  readonly method: string;
}

/** An item of which there is no usable answer, and why. */
export interface ItemFailure {
  readonly item: string;
  readonly error: ErrorRecord;
}

/** Asks somebody one item after another, as the flow says. What fails with one answer is that answer's; all else is thrown. */
export async function interview(asked: Interview): Promise<Interviewed> {
  const { person, instrument, order, full, memory, place, pictures, onItem } = asked;
  const sitting = new Sitting({ person, instrument, memory, place, pictures });
  const came: { calls: ItemCall[]; failures: ItemFailure[]; heuristic: boolean } = {
    ...{ calls: [], failures: [], heuristic: false },
  };
  const way = new Walk(scriptOf(instrument), [], { order, full });
  for (;;) {
    const next = way.next();
    if (next.kind === "end") return { end: next, ...came };
    const found = await answersTo(next, sitting, asked);
    sitting.remember(next.item, found.answers);
    way.answer(found.answers);
    came.calls.push(...found.calls);
    came.failures.push(...found.failures);
    came.heuristic ||= found.heuristic;
    onItem?.(next.item.id);
  }
}

interface Found extends Pick<Interviewed, "calls" | "failures" | "heuristic"> {
  readonly answers: readonly Answer[];
}

async function answersTo(next: ItemStep, sitting: Sitting, asked: Interview): Promise<Found> {
  const { item } = next;
  const { settings, wanted, random, place, meaning, signal } = asked;
  const method = elicitationFor(item, { ...wanted, ...settings }, meaning);
  const fork = await sitting.facing(item, next);
  const noted: Noted = { calls: [], heuristic: false };
  const paid = () => ({
    heuristic: noted.heuristic,
    calls: noted.calls.map((call) => ({ ...call, item: item.id, method: method.name })),
  });
  try {
    const { answers } = await elicit(method, {
      ...{ fork, item, random, settings, noted, sample: place.sample },
      ...(signal && { signal }),
    });
    return { answers, failures: [], ...paid() };
  } catch (error) {
    if (!concernsOneAnswer(error)) throw error;
    const missing = missingBy(error);
    return {
      answers: item.parts.map(({ id }) => ({ item: id, value: null, missing, method: method.name })),
      ...paid(),
      failures: [{ item: item.id, error: errorRecord(error) }],
    };
  }
}

const missingBy = (error: unknown): Missing =>
  isTinyTroupeError(error, "MODEL_REFUSED", "MODEL_FILTERED") ? "refused" : "failed";
