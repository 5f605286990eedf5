import { z } from "zod";
import type { Subject } from "../../kernel/contracts/context.ts";
import type { TranscriptEntry } from "../../kernel/contracts/events.ts";
import { extract } from "../extract.ts";

/** Words that stand in the record, where, and whose they are. */
export interface FoundQuote extends Pick<TranscriptEntry, "type" | "step" | "time"> {
  /** The entry's id: `<event>` or `<event>.<index of the action>`. */
  readonly entry: string;
  /** Absent where it came from outside. */
  readonly speaker?: string;
  readonly words: string;
}

/** What a record says about a question. Without a quote that stands there is no answer. */
export interface RunAnswer {
  readonly question: string;
  readonly answer?: string;
  readonly quotes: readonly FoundQuote[];
  /** An answer was given that no words of the record bear, so that it is left out. */
  readonly unfounded: boolean;
}

const Reading = z.object({
  answer: z.string().nullable().describe("In one to three sentences; null when the record does not say."),
});

const situation =
  "Answer from this record alone. Each claim of the answer needs a quote of its own. What the record does not say is not known.";

/**
 * Answers a question in plain words by what happened to a person, in a world, or in a stored run (`storedSubject`). What is
 * long is read in parts. Quotes that do not stand in the record are asked for once more and then taken out, and an answer
 * that none is left for is no answer. Throws as `extract`.
 * @example
 * const { answer, quotes } = await askInWords(room, "Who changed their mind, and why?");
 */
export async function askInWords(
  subject: Subject,
  question: string,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<RunAnswer> {
  const asked = { objective: question, situation, schema: Reading, evidence: true as const, label: "ask" };
  const { value, evidence } = await extract(subject, { ...asked, ...(signal && { signal }) });
  const entries = new Map(subject.transcript().map((entry) => [entry.id, entry]));
  const given = evidence.flatMap(({ quotes }) => quotes.map(({ entry, text }) => ({ entry, words: text.trim() })));
  const quotes = given.flatMap(({ entry, words }, place) => {
    const from = entries.get(entry);
    const isFirst = given.findIndex((one) => one.entry === entry && one.words === words) === place;
    return from !== undefined && isFirst ? [quoteOf(words, from)] : [];
  });
  const answer = value.answer?.trim() ?? "";
  const isFounded = answer !== "" && quotes.length > 0;
  return { question, ...(isFounded && { answer }), quotes, unfounded: answer !== "" && !isFounded };
}

function quoteOf(words: string, { id, type, from, step, time }: TranscriptEntry): FoundQuote {
  return {
    ...{ entry: id, type, words },
    ...(from !== undefined && { speaker: from }),
    ...(step !== undefined && { step }),
    ...(time !== undefined && { time }),
  };
}
