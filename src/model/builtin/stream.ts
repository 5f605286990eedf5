import { setTimeout as sleep } from "node:timers/promises";
import type { Delta } from "../../kernel/contracts/model.ts";
import { aborted } from "../flow/time.ts";

interface Streaming {
  readonly latencyMs: number;
  readonly onDelta: ((delta: Delta) => void) | undefined;
  readonly signal: AbortSignal | undefined;
}

/** Hands the text out in pieces, spread over the latency; without a listener the time passes alone. */
export async function stream(text: string, { latencyMs, onDelta, signal }: Streaming): Promise<void> {
  stopIfAborted(signal);
  const pieces = onDelta === undefined ? [] : (text.match(/[\s\S]{1,24}/gu) ?? []);
  const pauses = latencyMs > 0 ? Math.max(1, Math.min(pieces.length, Math.floor(latencyMs / 5))) : 0;
  const perPause = Math.ceil(pieces.length / Math.max(1, pauses));
  for (let pause = 0; pause < pauses; pause++) {
    await wait(latencyMs / pauses, signal);
    for (const piece of pieces.slice(pause * perPause, (pause + 1) * perPause))
      onDelta?.({ type: "text", text: piece });
  }
  if (pauses > 0) return;
  for (const piece of pieces) onDelta?.({ type: "text", text: piece });
}

async function wait(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await sleep(milliseconds, undefined, signal === undefined ? {} : { signal });
  } catch (error) {
    stopIfAborted(signal);
    throw error;
  }
}

/** @throws ABORTED with the signal's reason */
export function stopIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw aborted(signal);
}

/** The value as JSON text, as a language model would have written it; what JSON lacks is written as text. */
export function textOf(value: unknown): string {
  if (isJson(value)) return JSON.stringify(value) ?? "null";
  return JSON.stringify(value, (_key, inner: unknown) => plain(inner)) ?? "null";
}

/** Nothing in it has to be written as text, which takes several times as long. */
function isJson(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return typeof value !== "bigint";
  if (value instanceof Map || value instanceof Set) return false;
  if (Array.isArray(value)) return value.every(isJson);
  for (const name of Object.keys(value)) if (!isJson((value as Record<string, unknown>)[name])) return false;
  return true;
}

function plain(value: unknown): unknown {
  if (typeof value === "bigint") return String(value);
  if (value instanceof Map) return Object.fromEntries(value as Map<string, unknown>);
  if (value instanceof Set) return [...value];
  return value;
}
