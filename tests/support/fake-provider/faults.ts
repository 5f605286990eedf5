import type { FakeRequest, Order } from "./dialect.ts";

/** How a wait is told: `Retry-After` in seconds or as a date, `retry-after-ms`, or not at all. */
export type RetryAfter = "seconds" | "date" | "milliseconds" | "absent";

/** All that can go wrong with one request. */
export const faults = [
  "429 in seconds",
  "429 by date",
  "429 in milliseconds",
  "429",
  "500",
  "503",
  "529",
  "hang",
  "reset",
  "cut",
  "cut cleanly",
  "stalled",
  "error inside",
  "malformed",
  "wrong shape",
  "empty",
  "refusal",
  "truncated",
  "filtered",
] as const;

export type Fault = (typeof faults)[number];

/** The headers that ask to wait. */
function waitHeaders(form: RetryAfter, forMs: number): Record<string, string> {
  switch (form) {
    case "seconds":
      return { "retry-after": String(Math.ceil(forMs / 1000)) };
    case "date": {
      const second = Math.floor(Date.now() / 1000) * 1000;
      const until = Math.ceil((second + forMs) / 1000) * 1000;
      return { date: new Date(second).toUTCString(), "retry-after": new Date(until).toUTCString() };
    }
    case "milliseconds":
      return { "retry-after-ms": String(Math.ceil(forMs)) };
    case "absent":
      return {};
  }
}

/** A refusal for now, as providers say it. */
export function tooMuch(form: RetryAfter, forMs: number): Order {
  const body = { error: { message: "Rate limit reached.", type: "rate_limit_error", code: "rate_limit_exceeded" } };
  return { status: 429, headers: waitHeaders(form, forMs), body };
}

/** What a fault does in the place of an answer. */
export function faultOrder(fault: Fault, answer: { readonly text: string }, retryAfterMs: number): Order {
  switch (fault) {
    case "429 in seconds":
      return tooMuch("seconds", retryAfterMs);
    case "429 by date":
      return tooMuch("date", retryAfterMs);
    case "429 in milliseconds":
      return tooMuch("milliseconds", retryAfterMs);
    case "429":
      return tooMuch("absent", 0);
    case "500":
    case "503":
    case "529":
      return { status: Number(fault) };
    case "hang":
      return { hang: true };
    case "reset":
      return { reset: true };
    case "cut":
      return { ...answer, cut: "reset" };
    case "cut cleanly":
      return { ...answer, cut: "cleanly" };
    case "stalled":
      return { ...answer, cut: "silently" };
    case "error inside":
      return { ...answer, cut: "with an error" };
    case "malformed":
      return { ...answer, text: `Here you are: ${answer.text.slice(0, Math.ceil(answer.text.length * 0.8))}` };
    case "wrong shape":
      return { ...answer, text: '{"verdict":"guilty","years":7}' };
    case "empty":
      return { ...answer, text: "" };
    case "refusal":
      return { ...answer, text: "I can't help with that.", finish: "refusal" };
    case "truncated":
      return { ...answer, text: answer.text.slice(0, Math.floor(answer.text.length / 2)), finish: "length" };
    case "filtered":
      return { ...answer, text: answer.text.slice(0, Math.floor(answer.text.length / 2)), finish: "filter" };
  }
}

/** Embeddings have no text: what concerns the answer's words cannot happen to them. */
export function canMeet(request: FakeRequest, fault: Fault): boolean {
  return !/embed/i.test(request.path) || faults.indexOf(fault) <= faults.indexOf("error inside");
}
