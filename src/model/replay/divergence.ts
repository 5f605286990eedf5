import type { Listener } from "../../kernel/contracts/events.ts";
import type { CallLog, CallRecord, ChainLink } from "../../kernel/contracts/journal.ts";
import type { Message } from "../../kernel/contracts/model.ts";
import { firstDifference } from "../../kernel/text/difference.ts";
import { type Asked, messageText } from "./keys.ts";

/** Tells those who watch, once a scope, that a run takes another way than it did before. */
export interface Reporter {
  /** Nothing is stored for this call: new ground, or another question than the one that stood in its place. */
  missing(call: CallPlace, place: { asked: Asked; ordinal: number }): Promise<void>;
  unusable(call: CallPlace, found: { ordinal: number; what: string }): void;
}

interface CallPlace {
  readonly scope: string;
  readonly messages: readonly Message[];
}

export function createReporter(calls: CallLog, watch: Listener): Reporter {
  const told = new Set<string>();
  /** From where on a scope has nothing stored: there is no need to look again. */
  const ends = new Map<string, number>();
  const tell = (scope: string, found: { ordinal: number; what: string }): void => {
    if (told.has(scope)) return;
    told.add(scope);
    watch({ type: "diverged", scope, ...found });
  };
  return {
    missing: async ({ scope, messages }, { asked, ordinal }) => {
      if (told.has(scope) || ordinal >= (ends.get(scope) ?? Number.POSITIVE_INFINITY)) return;
      const was = await calls.at(scope, ordinal);
      if (was === undefined) ends.set(scope, Math.min(ordinal, ends.get(scope) ?? ordinal));
      else tell(scope, { ordinal, what: await divergenceReport(was, { asked, messages }, calls) });
    },
    unusable: ({ scope }, found) => tell(scope, found),
  };
}

/** In which part a call differs from the one that stood in its place: one line for a person to read. */
async function divergenceReport(
  was: CallRecord,
  now: { asked: Asked; messages: readonly Message[] },
  calls: CallLog,
): Promise<string> {
  const { asked, messages } = now;
  if (was.model !== asked.model) return `the model differs: was ${was.model}, now ${asked.model}`;
  if (was.head !== asked.head) return messagesReport(await calls.chain(was.head), asked.links, { messages, calls });
  if (was.schema !== asked.shape.digest) {
    return `the schema differs: ${firstDifference((await calls.text(was.schema)) ?? "", asked.shape.text)}`;
  }
  if (was.parameters !== asked.parameters) return `parameters differ: was ${was.parameters}, now ${asked.parameters}`;
  return "the same question is asked more often than before";
}

async function messagesReport(
  was: readonly ChainLink[],
  now: readonly ChainLink[],
  { messages, calls }: { messages: readonly Message[]; calls: CallLog },
): Promise<string> {
  const at = was.findIndex((link, index) => link.link !== now[index]?.link);
  const message = messages[at === -1 ? was.length : at];
  const before = was[at];
  if (before === undefined || message === undefined) {
    return `the prompt's length differs: was ${was.length} messages, now ${now.length}, the same as far as both go`;
  }
  const text = (await calls.text(before.body)) ?? "";
  return `message ${at + 1} of ${now.length} (${message.role}) differs: ${firstDifference(readable(text), readable(messageText(message)))}`;
}

/** The words of a message without the dress of JSON, as far as it is one piece of text. */
function readable(text: string): string {
  if (text === "") return text;
  const message: unknown = JSON.parse(text);
  if (typeof message !== "object" || message === null || !("content" in message) || !("role" in message)) return text;
  return typeof message.content === "string" ? `${message.role}: ${message.content}` : text;
}
