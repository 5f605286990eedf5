import { z } from "zod";
import { stands } from "../../judge/asking/evidence.ts";
import type { Context, Subject } from "../../kernel/contracts/context.ts";
import type { JournalEvent, TranscriptEntry } from "../../kernel/contracts/events.ts";
import { transcriptOf } from "../../kernel/values/transcript.ts";
import { extract } from "../extract.ts";

/** Words that stand in the record, and where. */
export interface FoundQuote {
  /** The entry's id: `<event>` or `<event>.<index of the action>`. */
  readonly entry: string;
  readonly speaker?: string;
  readonly words: string;
}

/** What a record says about a question. Without a quote that stands there is no answer. */
export interface RunAnswer {
  readonly question: string;
  readonly answer?: string;
  readonly quotes: readonly FoundQuote[];
  /** Words that the model gave as quotes and that nobody said. */
  readonly untrue: readonly string[];
}

const Reading = z.object({
  answer: z.string().nullable().describe("In one to three sentences; null when the record does not say."),
  quotes: z
    .array(z.object({ speaker: z.string(), words: z.string().describe("To the letter, as the record has them.") }))
    .describe("The words on which the answer rests."),
});

const situation =
  "Answer from this record alone. Each claim of the answer needs a quote, copied to the letter. What the record does not say is not known.";

/**
 * Answers a question in plain words by what happened to a person, in a world, or in a stored run (`storedSubject`). What is
 * long is read in parts. Quotes that do not stand in the record are taken out, and an answer that none is left for is no
 * answer. Throws as `extract`.
 * @example
 * const { answer, quotes } = await askInWords(room, "Who changed their mind, and why?");
 */
export async function askInWords(
  subject: Subject,
  question: string,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<RunAnswer> {
  const asked = { objective: question, situation, schema: Reading, label: "ask", ...(signal && { signal }) };
  const { answer, quotes: given } = await extract(subject, asked);
  const entries = subject.transcript();
  const found = given.map(({ speaker, words }) => ({ words, entry: entryWith(entries, words, speaker) }));
  const quotes = found.flatMap(({ entry, words }) =>
    entry === undefined
      ? []
      : [{ entry: entry.id, ...(entry.from !== undefined && { speaker: entry.from }), words: words.trim() }],
  );
  const untrue = found.flatMap(({ entry, words }) => (entry === undefined ? [words] : []));
  return { question, ...(answer !== null && quotes.length > 0 && { answer }), quotes, untrue };
}

/** A stored run (`readStory`) as something that can be asked; the context of an open run pays. */
export function storedSubject(context: Context, name: string, events: readonly JournalEvent[]): Subject {
  const entries = transcriptOf(events);
  return { name, context, transcript: () => entries };
}

/** Who said it, by their own words; else whoever did. */
function entryWith(entries: readonly TranscriptEntry[], words: string, speaker: string): TranscriptEntry | undefined {
  if (words.trim() === "") return undefined;
  const standing = entries.filter((entry) => stands(words, entry));
  return standing.find(({ from }) => from === speaker) ?? standing[0];
}
