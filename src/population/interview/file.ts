import { existsSync } from "node:fs";
import { appendFile } from "node:fs/promises";
import { readTextFile } from "../../kernel/text/files/read-text.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import { digestJson } from "../../kernel/values/hash.ts";
import { writeTextFile } from "../../persona/files.ts";
import type { Consent } from "../../persona/origin/origin.ts";
import { type InterviewGuide, wholeInterviewGuide } from "./guide.ts";
import type { InterviewTurn } from "./interviewer.ts";
import { readTranscript, type TranscriptHead, transcriptHead, transcriptTurn } from "./transcript.ts";

/** In bytes; a day of talk has less than one million. */
const largestFile = 32 * 1024 * 1024;

/** A transcript that is written as the interview goes. */
export interface InterviewFile {
  /** What stood in it. */
  readonly turns: readonly InterviewTurn[];
  /**
   * Writes the head of a file that is not there yet: who is interviewed, and what they agreed to, a paragraph each.
   * @param consent what a human agreed to, for programs: people are made of the file on these terms
   */
  begin(lines: readonly string[], consent?: Consent): Promise<void>;
  /** Adds a turn; nothing that was added is lost when the program is killed. */
  append(turn: InterviewTurn): Promise<void>;
}

/**
 * A transcript in a Markdown file: one that is there already is gone on with, without the half turn that a kill may
 * have left.
 * @param simulated the simulated person who answers; null for a human
 * @throws FILE_UNWRITABLE where the file is something else, or cannot be written; OPTION_INVALID where it is an interview
 * with another guide or of somebody else
 */
export async function openInterviewFile(
  file: string,
  { guide, simulated }: { readonly guide: InterviewGuide; readonly simulated: string | null },
): Promise<InterviewFile> {
  const head: TranscriptHead = { format: 1, guide: digestJson(wholeInterviewGuide(guide)), simulated };
  return {
    turns: existsSync(file) ? await goneOnWith(file, head) : [],
    begin: async (lines, consent) => {
      if (existsSync(file)) return;
      const terms = consent === undefined ? {} : { consent, collected: new Date().toISOString() };
      await writeTextFile(file, transcriptHead({ ...head, ...terms }, lines), largestFile);
    },
    append: (turn) =>
      appendFile(file, transcriptTurn(turn)).catch((cause: unknown) => {
        throw unwritable(
          file,
          cause instanceof Error ? cause.message : String(cause),
          "Make room; the same command goes on from there.",
        );
      }),
  };
}

async function goneOnWith(file: string, head: TranscriptHead): Promise<readonly InterviewTurn[]> {
  const text = await readTextFile(file, { mostBytes: largestFile });
  const before = readTranscript(text);
  if (before === undefined) throw unwritable(file, "it is there already, and no interview", "Name another file.");
  if (before.head.guide !== head.guide) throw another("guide", "It was begun with another guide.");
  if (before.head.simulated !== head.simulated) throw another("with", "It is the interview of somebody else.");
  if (before.whole !== text) await writeTextFile(file, before.whole, largestFile);
  return before.turns;
}

function another(option: string, message: string): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", `The interview cannot go on: ${message}`, {
    data: { option },
    hint: "Go on with the same words as before, or name another file.",
  });
}

function unwritable(file: string, why: string, hint: string): TinyTroupeError<"FILE_UNWRITABLE"> {
  return new TinyTroupeError("FILE_UNWRITABLE", `${file} cannot be written: ${why}.`, { data: { file }, hint });
}
