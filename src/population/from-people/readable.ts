import type { Consent } from "../../persona/origin/origin.ts";
import { readTranscript } from "../interview/transcript.ts";

/** What of a transcript a model reads, and what the transcript says of itself. */
export interface Readable {
  readonly text: string;
  /** Where quotes may stand: words of two passages together are none. */
  readonly passages: readonly { readonly text: string }[];
  readonly consent?: Consent;
  /** When somebody agreed, ISO 8601. */
  readonly collected?: string;
  /** Which simulated person answered. */
  readonly simulated?: string;
}

/**
 * Of a transcript that an `Interviewer` wrote, the questions and what was answered, without where the interview stood
 * after each; quotes are of the answers then. Any other text is read as it is.
 */
export function readable(transcript: string): Readable {
  const written = readTranscript(transcript.endsWith("\n") ? transcript : `${transcript}\n`);
  if (written === undefined) return { text: transcript, passages: passagesIn(transcript) };
  const { consent, collected, simulated } = written.head;
  const answered = written.turns.filter(({ answer }) => !/^\s*(?:skip)?\s*$/iu.test(answer));
  return {
    text: answered.map(({ asked, answer }) => `Interviewer: ${asked}\n\nAnswer: ${answer}`).join("\n\n"),
    passages: answered.flatMap(({ answer }) => passagesIn(answer)),
    ...(consent && { consent }),
    ...(collected !== undefined && { collected }),
    ...(simulated !== null && { simulated }),
  };
}

const passagesIn = (text: string): Readable["passages"] =>
  text.split(/\r?\n[ \t]*\r?\n/u).map((passage) => ({ text: passage }));
