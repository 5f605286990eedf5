import type { SystemMeans, SystemView } from "../../kernel/contracts/systems/system.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import { type Gate, systemFailed } from "../gate.ts";
import { wordsOf } from "../words.ts";
import { type Credentials, checkCredentials, credentialsOf } from "./headers.ts";

/** Where a system is, and how it is reached. */
export interface HttpPlace extends Credentials {
  readonly url: string;
  /** The hosts that may be touched, this one too: `localhost:8080`, `*.shop.example`. */
  readonly allow: readonly string[];
  /** How long an answer may take; 60 unless told. */
  readonly seconds?: number;
}

/** In bytes: what a system answers is read no further. */
const largestAnswer = 1024 * 1024;
const mostRedirects = 5;

/** What a server answered. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
}

/** One request and what came of it: an answer, or why there is none as people are shown it. */
export type Exchange = (
  address: string,
  request?: { readonly body: string },
) => Promise<HttpAnswer | { readonly shown: SystemView }>;

interface Means extends SystemMeans {
  readonly system: string;
  readonly gate: Gate;
}

/**
 * Requests to one system: each redirection is checked against what is allowed, credentials go to the origin that they
 * are for and nowhere else. A system that is not there at all is SYSTEM_FAILED; one that was there before is shown to be
 * silent.
 */
export function exchangeWith(place: HttpPlace, { system, gate, variable, fetch, signal }: Means): Exchange {
  checkCredentials(place);
  const { headers: own, secrets } = credentialsOf(system, place, variable);
  const { origin } = new URL(place.url);
  const seconds = place.seconds ?? 60;
  let wasThere = false;
  return async (address, request) => {
    const late = AbortSignal.timeout(seconds * 1_000);
    try {
      let url = gate.check(address);
      for (let moves = 0; moves <= mostRedirects; moves++) {
        const headers = {
          accept: "application/json, text/plain;q=0.9, */*;q=0.1",
          ...(request && { "content-type": "application/json" }),
          ...(url.origin === origin && own),
        };
        const sent = request === undefined ? { method: "GET" } : { method: "POST", body: request.body };
        const answer = await fetch(url, { ...sent, headers, signal: AbortSignal.any([signal, late]) });
        wasThere = true;
        const next = redirectionOf(answer);
        if (next === undefined)
          return { status: answer.status, body: wordsOf(await bounded(answer), secrets, largestAnswer) };
        await answer.body?.cancel();
        url = gate.check(new URL(next, url));
      }
      return { shown: failed("REDIRECTS", "It leads from one address to the next without an end.") };
    } catch (error) {
      if (signal.aborted || error instanceof TinyTroupeError) throw signal.aborted ? signal.reason : error;
      if (late.aborted) return { shown: failed("TIMEOUT", `There was no answer within ${seconds} s.`) };
      if (wasThere) return { shown: failed("UNREACHABLE", "It does not answer any more.") };
      throw systemFailed(system, `${new URL(place.url).host} cannot be reached`, error);
    }
  };
}

const failed = (code: string, text: string): SystemView => ({ text, failed: code });

/** An answer that is none, as people are shown it; undefined for one that is good. */
export function badStatus({ status, body }: HttpAnswer): SystemView | undefined {
  if (status >= 200 && status < 300) return undefined;
  const said = /^\s*(?:<|$)/.test(body) ? "" : ` It says: ${wordsOf(body, [], 300)}`;
  return failed(`STATUS_${status}`, `It answers with an error (${status}).${said}`);
}

const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

function redirectionOf(answer: Response): string | undefined {
  return redirects.has(answer.status) ? (answer.headers.get("location") ?? undefined) : undefined;
}

async function bounded(answer: Response): Promise<string> {
  const decoder = new TextDecoder();
  let [text, size] = ["", 0];
  for await (const chunk of answer.body ?? []) {
    size += (chunk as Uint8Array).byteLength;
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    if (size > largestAnswer) break;
  }
  return text;
}

/** The value of a JSON text; undefined where it is none. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Whoever wanted a shape finds none.
    return undefined;
  }
}
