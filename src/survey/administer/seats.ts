import type { Forkable } from "../../kernel/contracts/asked/fork.ts";
import type { Context } from "../../kernel/contracts/context.ts";
import type { Embedder } from "../../kernel/contracts/embedder.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import { digestJson } from "../../kernel/values/hash.ts";
import { slug } from "../../kernel/values/ids.ts";
import type { Random } from "../../kernel/values/random.ts";
import { sentenceEmbedderId } from "../../model/embed/sentence/protocol.ts";
import { declaredIn } from "../elicitation/declared.ts";
import type { SurveyOrder } from "../flow/shown.ts";
import { itemsOf } from "../instrument/document.ts";
import { withoutGaps } from "../instrument/written.ts";
import type { Interview, Interviewed, InterviewSettings } from "./answering/interview.ts";
import { picturesOf } from "./answering/pictures.ts";
import type { SurveyRun } from "./collected.ts";
import type { AdministerOptions } from "./options.ts";
import { ordersOf } from "./orders.ts";
import { asAsked, asWritten, checkVariants, inOrderOf, inWordsOf, type SurveyVariant } from "./variants.ts";

/** Somebody's place in a survey: which variant they answer, the how-manieth time. */
export interface Seat {
  readonly key: string;
  readonly person: Forkable;
  readonly variant: string;
  readonly sample: number;
  readonly asked: Omit<Interview, "full" | "onItem">;
  /** Where what they answer is on record. */
  readonly place: Context;
}

/** Enough of a digest to tell instruments apart. */
const digits = 12;

/** A seat for each person, variant and sample; people within a sample within a variant. Throws OPTION_INVALID. */
export async function seatsOf(context: Context, given: AdministerOptions): Promise<readonly Seat[]> {
  const options = { ...given, instrument: asAsked(given.instrument) };
  const { instrument, people, samples = 1, variants = [] } = options;
  if (people.length === 0) throw unusable("people", 0, "Give people of the run, as simulation.loadPeople gives them.");
  if (!(Number.isSafeInteger(samples) && samples > 0))
    throw unusable("samples", samples, "Give a whole number from 1.");
  const { temperature = 0, epsilon = 0, temperatures = {} } = options;
  const byPart = Object.entries(temperatures).map(([part, value]) => [`temperatures.${part}`, value] as const);
  for (const [option, value] of [...Object.entries({ temperature, epsilon }), ...byPart]) {
    if (!(Number.isFinite(value) && value >= 0)) throw unusable(option, value, "Give a number from 0.");
  }
  if (itemsOf(instrument).length === 0) throw unusable("instrument", instrument.name, "Give one that asks something.");
  const all = [asWritten, ...variants];
  checkVariants(instrument, all);
  const own = digestJson(instrument).slice(0, digits);
  const dice = context.random.fork("survey").fork(own);
  const dealing = { options, dice, place: context.fork(placeOf(own, options)) };
  const orders = ordersOf(instrument, people, dice.fork("orders"));
  const settings = await settingsOf(context, options);
  return all.flatMap((variant) =>
    Array.from({ length: samples }, (_, sample) => seated(dealing, settings, { variant, sample, orders })).flat(),
  );
}

const placeOf = (own: string, { name }: AdministerOptions): string =>
  name === undefined ? `survey:${own}` : `survey:${own}:${slug(name)}`;

interface Dealing {
  readonly options: AdministerOptions;
  readonly dice: Random;
  readonly place: Context;
}

interface Round {
  readonly variant: SurveyVariant;
  readonly sample: number;
  readonly orders: readonly SurveyOrder[];
}

function seated(
  { options, dice, place }: Dealing,
  settings: InterviewSettings,
  { variant, sample, orders }: Round,
): readonly Seat[] {
  const instrument = inWordsOf(options.instrument, variant);
  const { name } = variant;
  const called = options.name !== undefined && { name: options.name };
  const round = { instrument: digestJson(instrument).slice(0, digits), ...called, variant: name, sample };
  const again = name === asWritten.name && sample === 0 ? "" : `/${name}:${sample + 1}`;
  return options.people.map((person, at): Seat => {
    const order = inOrderOf(instrument, orders[at] as SurveyOrder, variant);
    const random = dice.fork(person.id).fork(name).fork(String(sample));
    return {
      ...{ key: `${person.id} ${name} ${sample}`, person, variant: name, sample },
      asked: { ...settings, person, instrument, order, place: round, random },
      place: place.fork(`person:${person.id}${again}`),
    };
  });
}

async function settingsOf(context: Context, options: AdministerOptions): Promise<InterviewSettings> {
  const { method, methods, memory = "none", signal, instrument, folder } = options;
  const { classifier, temperature, epsilon, rehearsal } = options;
  const declared = declaredIn(instrument);
  const anchors = { ...declared.anchors, ...options.anchors };
  if (classifier !== undefined) context.models.named(classifier); // whether it is there, before anything is paid
  return {
    wanted: { ...(method !== undefined && { method }), methods: { ...declared.methods, ...methods } },
    ...{ memory, pictures: await picturesOf(instrument, context, folder) },
    meaning: tellsPointsApart(context.models.embedder),
    settings: {
      ...(classifier !== undefined && { classifier }),
      ...{ anchors, temperatures: { ...declared.temperatures, ...options.temperatures } },
      ...(temperature !== undefined && { temperature }),
      ...(epsilon !== undefined && { epsilon }),
      ...(rehearsal && { rehearsal }),
    },
    ...(signal && { signal }),
  };
}

/** The offline encoder takes “would” and “would not” for nearly the same: by it, ratings by similarity rate little. */
const tellsPointsApart = ({ id, compares }: Embedder): boolean => compares === undefined && id !== sentenceEmbedderId;

/** What somebody answered is on record in a place of their own: people come home in any order. */
export function record(came: Interviewed | undefined, { person, place }: Seat, instrument: string): void {
  if (came === undefined) return;
  const { end, heuristic } = came;
  const marked = heuristic && { heuristic: true as const };
  const { id, name } = person;
  for (const answer of end.answers) {
    if (answer.value === null && answer.missing === "not-asked") continue;
    place.journal.record({ type: "answered", person: id, name, instrument, answer, ...marked });
  }
}

/** Of what tells how people are asked, but for who they are and how often. */
export function settingsDigest(options: AdministerOptions): string {
  const { name, method, methods, memory = "none", variants = [] } = options;
  const { classifier, anchors, temperature, temperatures, epsilon, rehearsal } = options;
  const all = { name, method, methods, memory, variants, classifier, anchors, temperature, epsilon, rehearsal };
  return digestJson(withoutGaps({ ...all, temperatures }));
}

/** Throws OPTION_INVALID for a pilot that was asked something else, or otherwise. */
export function checkPilot({ digest, settings }: SurveyRun, options: AdministerOptions): void {
  const refuse = (value: string, hint: string) => unusable("pilot", value, hint);
  if (digest !== digestJson(options.instrument)) {
    throw refuse("of another questionnaire", "Give a pilot of this questionnaire, or none.");
  }
  if (settings !== settingsDigest(options)) {
    throw refuse(
      "asked in another way",
      "Give the name, method, memory, variants and settings of the pilot, or no pilot.",
    );
  }
}

function unusable(option: string, value: unknown, hint: string): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", `A survey cannot be taken: ${option} is ${String(value)}.`, {
    data: { option, value },
    hint,
  });
}
