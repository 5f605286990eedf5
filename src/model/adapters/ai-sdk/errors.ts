import type { Usage } from "../../../kernel/contracts/model.ts";
import { type ErrorCatalogue, type ErrorCode, TinyTroupeError } from "../../../kernel/values/errors.ts";

/** Whose call failed, and what must not be said about it. */
export interface CallPlace {
  readonly model: string;
  /** Keys: they are cut out of whatever a server or the SDK says. */
  readonly secrets: readonly string[];
  readonly contextTokens: number;
}

/** What the AI SDK's call error carries; its classes differ between installed copies, so the fields are read. */
interface CallFailure {
  readonly message: string;
  readonly statusCode?: number;
  readonly responseHeaders?: Readonly<Record<string, string>>;
  readonly responseBody?: string;
  /** What the network said, as in `ECONNREFUSED`. */
  readonly networkCode?: string;
  /** Where on this machine a connection was refused: nothing listens there. */
  readonly refusedAt?: string;
}

/** An error of the SDK, the network or the server as one of ours; a fault in the code stays what it is. */
export function callError(error: unknown, place: CallPlace): TinyTroupeError {
  if (error instanceof TinyTroupeError) return error;
  const name = error instanceof Error ? error.name : "";
  if (name === "AI_UnsupportedFunctionalityError" || name === "AI_InvalidPromptError") return unsupported(error, place);
  if (name === "AI_NoContentGeneratedError") return empty(place);
  if (isOurFault(error)) throw error;
  // A stream without an end: the answer had begun.
  const failure = name === "AI_InvalidResponseDataError" ? { ...failureOf(error), statusCode: 200 } : failureOf(error);
  const detail = readable(detailOf(failure), place.secrets);
  const { statusCode: status } = failure;
  if (status !== undefined && status >= 300 && status < 400) return redirected(failure, status, place);
  if (status === undefined || status < 400) return unavailable(failure, detail, place);
  const said = `${failure.responseBody ?? ""} ${failure.message}`;
  if (status === 429 && /insufficient_quota|billing|credit balance/i.test(said)) return rejected(status, detail, place);
  if (status >= 500 || [408, 409, 425, 429].includes(status)) return unavailable(failure, detail, place);
  if (isTooLong(said, status)) return tooLong(said, detail, place);
  if (isFiltered(said)) return filtered(detail, place);
  return rejected(status, detail, place);
}

/** `fetch` says a broken connection by a TypeError too, with the reason as its cause or as "terminated". */
function isOurFault(error: unknown): boolean {
  const faulty = error instanceof TypeError || error instanceof ReferenceError || error instanceof RangeError;
  return faulty && error.cause === undefined && !/terminated|fetch failed/i.test(error.message);
}

function failureOf(error: unknown): CallFailure {
  if (typeof error === "object" && error !== null && "message" in error) {
    const message = String(error.message);
    // A cut connection keeps its reason one level down.
    const cause = "cause" in error && error.cause instanceof Error ? `${message}: ${error.cause.message}` : message;
    const { code: networkCode, refusedAt } = networkFaultOf(error);
    const network = { ...(networkCode && { networkCode }), ...(refusedAt && { refusedAt }) };
    return { ...(error as Partial<CallFailure>), message: cause, ...network };
  }
  return { message: typeof error === "string" ? error : JSON.stringify(error) };
}

/** Looks down the chain of causes; eight links are more than any client makes. */
function networkFaultOf(error: unknown): { readonly code?: string; readonly refusedAt?: string } {
  let cause = error;
  for (let depth = 0; depth < 8 && typeof cause === "object" && cause !== null; depth++) {
    if ("code" in cause && typeof cause.code === "string") {
      const refusedAt = cause.code === "ECONNREFUSED" ? ownAddressIn(cause) : undefined;
      return { code: cause.code, ...(refusedAt && { refusedAt }) };
    }
    cause = "cause" in cause ? cause.cause : undefined;
  }
  return {};
}

/** The address of this machine that did not answer; a name with several addresses fails with an error for each. */
function ownAddressIn(fault: object): string | undefined {
  const { address, port } = ("errors" in fault && Array.isArray(fault.errors) ? fault.errors[0] : fault) as {
    readonly address?: unknown;
    readonly port?: unknown;
  };
  if (typeof address !== "string" || !/^(127\.|::1$)/.test(address)) return undefined;
  return `${address.includes(":") ? `[${address}]` : address}:${port}`;
}

/** An error after the first words of an answer: nothing was refused then, whatever status it has. */
export function insideAnswer(error: unknown): unknown {
  return error instanceof TinyTroupeError || isOurFault(error) ? error : { ...failureOf(error), statusCode: 200 };
}

/** The server's own message where it sent one, as all providers do in one of three shapes. */
function detailOf({ responseBody, message }: CallFailure): string {
  try {
    const body = JSON.parse(responseBody ?? "") as Record<string, unknown> | readonly Record<string, unknown>[];
    const { error, message: plain, detail } = (Array.isArray(body) ? body[0] : body) as Record<string, unknown>;
    if (typeof error === "object" && error !== null && "message" in error) return String(error.message);
    const found = error ?? plain ?? detail;
    return typeof found === "string" ? found : message;
  } catch {
    // No JSON, as of a proxy: the package's own message stands.
    return message;
  }
}

const longestDetail = 600;

/** A message from outside: without secrets and without terminal codes, and not endless. */
export function readable(text: string, secrets: readonly string[]): string {
  const hidden = secrets.filter((secret) => secret.length >= 4).reduce((all, key) => all.replaceAll(key, "***"), text);
  const keyless = hidden
    .replace(/\b(sk|key|xai|gsk|AIza)[-_][\w-]{16,}/g, "***")
    .replace(/([?&]key=)[^&\s]+/g, "$1***");
  const plain = keyless.replace(/[\u0000-\u001f\u007f-\u009f]+/g, " ").trim();
  return plain.length <= longestDetail ? plain : `${plain.slice(0, longestDetail)}…`;
}

function made<C extends ErrorCode>(
  code: C,
  message: string,
  rest: { data: ErrorCatalogue[C]; hint: string; usage?: Usage; cause?: Error },
): TinyTroupeError {
  return new TinyTroupeError(code, message, rest) as TinyTroupeError;
}

function unavailable(failure: CallFailure, detail: string, { model }: CallPlace): TinyTroupeError {
  const { statusCode: status, networkCode: code, refusedAt } = failure;
  const retryAfterMs = retryAfter(failure.responseHeaders ?? {});
  // A cause of its own: the SDK's error holds the request, and with it keys and prompts.
  const cause = status === undefined &&
    code !== undefined && { cause: Object.assign(new Error(detail), { code, ...(refusedAt && { refusedAt }) }) };
  const why = status === undefined ? "could not be reached" : whyOf(status);
  const what = refusedAt === undefined ? detail : `nothing listens at ${refusedAt}.`;
  const check = "Check the connection and the address, then try again.";
  return made("MODEL_UNAVAILABLE", `${model} ${why}: ${what}`, {
    data: {
      model,
      ...(status === undefined ? {} : { status }),
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    },
    hint: status === 429 ? waitHint(retryAfterMs) : refusedAt ? "Start the server, or correct the address." : check,
    ...cause,
  });
}

function waitHint(retryAfterMs = 0): string {
  const minutes = Math.ceil(retryAfterMs / 60_000);
  return minutes > 1 ? `Go on in ${minutes} minutes, or use another model.` : "Wait, or allow fewer calls at once.";
}

/** With a status of success the server did answer, but what came is no answer, or not the whole of it. */
function whyOf(status: number): string {
  return status < 400 ? `gave no whole answer (${status})` : `is not available (${status})`;
}

/** How long the server asked to wait: `retry-after-ms`, or `retry-after` in seconds or as a date of the server's clock. */
function retryAfter(headers: Readonly<Record<string, string>>): number | undefined {
  const exact = Number.parseFloat(headers["retry-after-ms"] ?? "");
  if (exact >= 0) return exact;
  const said = headers["retry-after"]?.trim() ?? "";
  if (/^\d+(\.\d+)?$/.test(said)) return Number(said) * 1000;
  const wait = Date.parse(said) - (Date.parse(headers["date"] ?? "") || Date.now());
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}

const rejections: Readonly<Record<number, string>> = {
  400: "Read the message above: the server does not take the request in this form.",
  401: "Check the key: the server does not know it.",
  402: "Top up the account, or use another model.",
  403: "Check what the key is allowed to do.",
  404: "Check the model's name and the base URL; a local server may have to fetch the model first.",
  429: "The quota is used up: raise it with the provider, or use another model.",
};

function rejected(status: number, detail: string, { model }: CallPlace): TinyTroupeError {
  return made("MODEL_REJECTED", `${model} refused the request (${status}): ${detail}`, {
    data: { model, status, detail },
    hint: rejections[status] ?? "Read the message above, and correct the request.",
  });
}

/** Not followed, since keys and prompts would go where nobody said that they may go. */
function redirected({ responseHeaders = {} }: CallFailure, status: number, place: CallPlace): TinyTroupeError {
  const detail = `it sends us to ${readable(responseHeaders["location"] ?? "another address", place.secrets)}`;
  return made("MODEL_REJECTED", `${place.model} is not at this address (${status}): ${detail}`, {
    data: { model: place.model, status, detail },
    hint: "If you trust that address, give it as the base URL.",
  });
}

function isTooLong(said: string, status: number): boolean {
  return (
    status === 413 || /context_length_exceeded|maximum context length|prompt is too long|input token count/i.test(said)
  );
}

function tooLong(said: string, detail: string, { model, contextTokens }: CallPlace): TinyTroupeError {
  const numbers = (said.match(/\d{4,}/g) ?? []).map(Number).filter((number) => number < 1e9);
  const tokens = numbers.length > 1 ? Math.max(...numbers) : 0;
  const limit = numbers.length > 1 ? Math.min(...numbers) : contextTokens;
  return made("CONTEXT_EXCEEDED", `The prompt is too long for ${model}: ${detail}`, {
    data: { model, tokens, limit },
    hint: "Shorten the history or the documents, or use a model with a longer context.",
  });
}

function isFiltered(said: string): boolean {
  return /content_filter|content_policy_violation|content management policy|invalid_prompt|moderation/i.test(said);
}

function filtered(detail: string, { model }: CallPlace): TinyTroupeError {
  return made("MODEL_FILTERED", `A content filter stopped the request to ${model}: ${detail}`, {
    data: { model, text: detail },
    hint: "Reword what the persona or the stimulus says, or use another provider.",
  });
}

function unsupported(error: unknown, { model, secrets }: CallPlace): TinyTroupeError {
  const feature = readable(error instanceof Error ? error.message : String(error), secrets);
  return made("MODEL_UNSUPPORTED", `${model} cannot do this: ${feature}`, {
    data: { model, feature },
    hint: "Leave it out of the request, or use another model.",
  });
}

function empty({ model }: CallPlace): TinyTroupeError {
  return made("MODEL_EMPTY", `${model} gave no answer.`, {
    data: { model },
    hint: "Ask again; if it stays so, use another model.",
  });
}
