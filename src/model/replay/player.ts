import type { Listener } from "../../kernel/contracts/events.ts";
import type { CallLog, CallRecord } from "../../kernel/contracts/journal.ts";
import type { Purpose, Usage } from "../../kernel/contracts/model.ts";
import {
  type ErrorCode,
  type ErrorRecord,
  errorRecord,
  isTinyTroupeError,
  TinyTroupeError,
} from "../../kernel/values/errors.ts";
import { type Digest, hash32 } from "../../kernel/values/hash.ts";
import { type Bodies, createBodies } from "./bodies.ts";
import { createReporter } from "./divergence.ts";
import type { Asked, Keys, Question } from "./keys.ts";
import { createPlaces, type Places } from "./places.ts";

/** One call of any kind, as the player sees it. */
export interface Call<Reply> extends Question {
  readonly scope: string;
  readonly purpose: Purpose;
  readonly step?: string;
  readonly label?: string;
  ask(seed: number): Promise<Reply>;
  /** What of the reply is kept. */
  kept(reply: Reply): unknown;
  serve(record: CallRecord): Promise<Served<Reply>>;
}

/** A stored answer as a reply, or why it cannot be one. */
export type Served<Reply> = { readonly reply: Reply } | { readonly problem: string };

interface Answer {
  readonly usage: Usage;
  readonly heuristic?: true;
}

/** What a finished call came to: both kinds were paid for, and both are kept. */
type Outcome<Reply> = { readonly reply: Reply } | { readonly failure: TinyTroupeError };

interface Place {
  readonly asked: Asked;
  readonly ordinal: number;
  readonly occurrence: number;
}

export interface Player {
  play<Reply extends Answer>(call: Call<Reply>): Promise<Reply>;
}

export interface PlayerOptions {
  readonly seed: string;
  readonly watch: Listener;
  readonly keys: Keys;
  /** The run was never opened before: there is nothing to look for. */
  readonly isNew: boolean;
}

/** Answers that arrived and were paid for, though nobody can use them. A call that brought no answer is not finished. */
const unusable = [
  "MODEL_REFUSED",
  "MODEL_FILTERED",
  "MODEL_TRUNCATED",
  "MODEL_EMPTY",
  "MODEL_MALFORMED",
  "MODEL_INVALID",
] as const satisfies readonly ErrorCode[];

/** Serves, asks and keeps the calls of one run; places are given in the order of the calls, before anything is awaited. */
export function createPlayer(calls: CallLog, { keys, seed, watch, isNew }: PlayerOptions): Player {
  const ordinals = createPlaces<string>();
  const occurrences = new Map<string, Places<number>>();
  const bodies = createBodies();
  const report = createReporter(calls, watch);
  const ask = createAsker(calls, { seed, bodies });

  const finish = async <Reply extends Answer>(call: Call<Reply>, place: Place): Promise<Outcome<Reply>> => {
    if (isNew) return ask(call, place);
    const record = await calls.find(call.scope, place.asked.key, place.occurrence);
    if (record?.error !== undefined && (await wentOn(record, calls))) {
      watch({ type: "call-failed", scope: call.scope, model: call.model, error: record.error, origin: "journal" });
      return { failure: revived(record.error, record.usage) };
    }
    if (record === undefined || record.error !== undefined) {
      if (record === undefined) await report.missing(call, place);
      return ask(call, place);
    }
    const served = await call.serve(record);
    if ("problem" in served) {
      report.unusable(call, { ordinal: place.ordinal, what: served.problem });
      return ask(call, place);
    }
    bodies.markStored(place.asked);
    watch({ type: "call-finished", scope: call.scope, model: call.model, usage: record.usage, origin: "journal" });
    return served;
  };
  return {
    play: async (call) => {
      const asked = keys.asked(call);
      const question = shortened(asked.key);
      const asking = occurrences.get(call.scope) ?? createPlaces<number>();
      occurrences.set(call.scope, asking);
      const place = { asked, ordinal: ordinals.take(call.scope), occurrence: asking.take(question) };
      const outcome = await finish(call, place).catch((error: unknown) => {
        ordinals.giveBack(call.scope, place.ordinal);
        asking.giveBack(question, place.occurrence);
        throw error;
      });
      if ("failure" in outcome) throw outcome.failure;
      return outcome.reply;
    },
  };
}

/** The first 48 bits of a key: all questions of a run are remembered by it, in a small part of the memory. */
const shortened = (key: Digest): number => Number.parseInt(key.slice(0, 12), 16);

/** Whether the scope made another call after this one: then the failure is a part of the story. */
async function wentOn(record: CallRecord, calls: CallLog): Promise<boolean> {
  return (await calls.at(record.scope, record.ordinal + 1)) !== undefined;
}

type Asker = <Reply extends Answer>(call: Call<Reply>, place: Place) => Promise<Outcome<Reply>>;

/** Makes a call and keeps what came of it before anybody hears of it: durably, where it cost anything. */
function createAsker(calls: CallLog, { seed, bodies }: { seed: string; bodies: Bodies }): Asker {
  return async (call, place) => {
    const { asked, occurrence, ordinal } = place;
    const started = performance.now();
    const outcome = await outcomeOf(call.ask(hash32(JSON.stringify([seed, call.scope, asked.key, occurrence]))));
    const record: CallRecord = {
      scope: call.scope,
      ordinal,
      key: asked.key,
      occurrence,
      model: call.model,
      purpose: call.purpose,
      ...(call.step !== undefined && { step: call.step }),
      ...(call.label !== undefined && { label: call.label }),
      head: asked.head,
      schema: asked.shape.digest,
      parameters: asked.parameters,
      ...("reply" in outcome
        ? { value: call.kept(outcome.reply), usage: outcome.reply.usage }
        : {
            value: null,
            error: errorRecord(outcome.failure),
            usage: outcome.failure.usage ?? { input: 0, output: 0 },
          }),
      ...("reply" in outcome && outcome.reply.heuristic && { heuristic: true }),
      at: new Date().toISOString(),
      durationMs: Math.round(performance.now() - started),
    };
    await calls.append(record, bodies.unstored(asked, call.messages));
    bodies.markStored(asked);
    return outcome;
  };
}

async function outcomeOf<Reply>(answer: Promise<Reply>): Promise<Outcome<Reply>> {
  try {
    return { reply: await answer };
  } catch (error) {
    if (isTinyTroupeError(error, ...unusable)) return { failure: error };
    throw error;
  }
}

function revived(record: ErrorRecord, usage: Usage): TinyTroupeError {
  return new TinyTroupeError(record.code as ErrorCode, record.message, {
    data: record.data as TinyTroupeError["data"],
    hint: record.hint ?? "",
    usage,
  });
}
