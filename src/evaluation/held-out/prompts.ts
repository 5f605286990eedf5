import type { CallRecord } from "../../kernel/contracts/journal.ts";
import type { Store } from "../../kernel/contracts/store.ts";
import { readJson } from "../../kernel/text/written.ts";
import type { RunId } from "../../kernel/values/ids.ts";
import { storedCalls } from "../../store/lineage/stored-calls.ts";
import { knownRun } from "../../store/story.ts";
import { folded } from "../people/reading/value.ts";
import type { AuditedPrompt } from "./leakage.ts";

/**
 * What models read in a stored run before an item was put to each person, as `findLeaks` looks through it. The asking itself is
 * no leak: of the first survey call of a person in which the question stands (or, where no survey asked, the first that ends
 * with it), what stands before the question is given, and nothing of the calls that follow, as these know that it was asked.
 * Prompts that several calls share are given once. Throws RUN_UNKNOWN.
 */
export async function promptsBefore(store: Store, run: RunId, question: string): Promise<readonly AuditedPrompt[]> {
  const calls = await storedCalls(store, await knownRun(store, run));
  const sought = folded(question).toLowerCase();
  const bodies = new Map<string, Promise<Said>>();
  const found = new Map<string, AuditedPrompt>();
  for (const [root, own] of Map.groupBy(calls, ({ scope }) => rootOf(scope))) {
    const read = await Promise.all(own.map((call) => messagesOf(store, call, bodies)));
    const isAsked = (messages: readonly Said[]) =>
      messages.slice(-2).some(({ role, text }) => role === "user" && holds(text, sought));
    const survey = own.findIndex(({ label }, at) => label === "survey" && isAsked(read[at] as readonly Said[]));
    const asking = survey >= 0 ? survey : read.findIndex(isAsked);
    const person = root.startsWith("person:") ? { person: root.slice("person:".length) } : {};
    for (const [at, messages] of read.slice(0, asking < 0 ? undefined : asking + 1).entries()) {
      const whole = messages.map(({ text }) => text).join("\n\n");
      const text = at === asking ? before(whole, sought) : whole;
      const id = own[at]?.scope ?? root;
      if (!found.has(`${root}\n${text}`)) found.set(`${root}\n${text}`, { id, ...person, text });
    }
  }
  return [...found.values()];
}

interface Said {
  readonly role: string;
  readonly text: string;
}

/** Whose call it is: a fork of somebody reads as they do. */
const rootOf = (scope: string): string => scope.split("/", 1)[0] as string;

const holds = (text: string, sought: string): boolean => folded(text).toLowerCase().includes(sought);

/** What stands before the last time that something is said, on one line. */
function before(text: string, sought: string): string {
  const plain = folded(text);
  return plain.slice(0, Math.max(0, plain.toLowerCase().lastIndexOf(sought)));
}

async function messagesOf(
  store: Store,
  { head }: CallRecord,
  bodies: Map<string, Promise<Said>>,
): Promise<readonly Said[]> {
  const chain = await store.chain(head);
  return Promise.all(
    chain.map(({ body }) => {
      const known = bodies.get(body) ?? store.text(body).then((text = "") => saidIn(text));
      bodies.set(body, known);
      return known;
    }),
  );
}

/** A message as it is kept: what its parts say in words. */
function saidIn(text: string): Said {
  const read = readJson(text);
  const message =
    "value" in read ? (read.value as { readonly role?: unknown; readonly content?: unknown } | null) : null;
  return { role: String(message?.role ?? ""), text: wordsOf(message?.content) };
}

function wordsOf(content: unknown): string {
  if (typeof content === "string") return content;
  if (Array.isArray(content)) return content.map(wordsOf).join("\n");
  return typeof content === "object" && content !== null ? wordsOf(Reflect.get(content, "text") ?? "") : "";
}
