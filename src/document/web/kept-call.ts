import type { CallLog, CallRecord } from "../../kernel/contracts/journal.ts";
import type { Digest } from "../../kernel/values/hash.ts";

/** What of an answer is kept once a run, whoever had it; the call refers to it as `schema`. */
interface KeptBody {
  readonly digest: Digest;
  readonly text: string;
}

/** Which question somebody outside was asked, and how often the same was asked before. */
export interface KeptPlace {
  readonly scope: string;
  readonly key: Digest;
  readonly occurrence: number;
  /** Who answered, as calls name their model. */
  readonly by: string;
}

/** Keeps what somebody outside answered as a finished call that cost nothing: so a run finds it again. */
export function keepCall(
  calls: CallLog,
  { by, key, occurrence, scope }: KeptPlace,
  { body, ...outcome }: Pick<CallRecord, "value" | "error"> & { readonly durationMs: number; readonly body?: KeptBody },
): Promise<void> {
  const none = { usage: { input: 0, output: 0 }, purpose: "other", parameters: "{}" } as const;
  const record = { ...none, ...outcome, scope, key, occurrence, model: by, head: key, schema: body?.digest ?? key };
  const durationMs = Math.round(outcome.durationMs);
  const call = { ...record, ordinal: occurrence, durationMs, at: new Date().toISOString() };
  return calls.append(call, { links: [], texts: new Map(body === undefined ? [] : [[body.digest, body.text]]) });
}
