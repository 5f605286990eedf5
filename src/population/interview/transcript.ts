import { z } from "zod";
import { withoutControls } from "../../kernel/text/controls.ts";
import { consentSchema } from "../../persona/origin/origin.ts";
import { plainText } from "../../persona/plain-text.ts";
import type { InterviewTurn } from "./interviewer.ts";

const headSchema = z.object({
  format: z.literal(1),
  /** The digest of the guide. */
  guide: z.string(),
  /** Which simulated person answers; null for a human. */
  simulated: z.string().nullable(),
  /** What a human agreed to, and when. */
  consent: consentSchema.optional(),
  collected: z.iso.datetime().optional(),
});

/** What a transcript says of itself to programs. */
export type TranscriptHead = z.output<typeof headSchema>;

const turnSchema = z.object({
  ...{ number: z.int().min(1), section: z.int().min(0), question: z.int().min(0), followUps: z.int().min(0) },
  ...{ minutes: z.number().min(0), notes: z.string(), title: z.string(), asked: z.string(), because: z.string() },
  kind: z.enum(["guide", "followUp"]),
  heuristic: z.literal(true).optional(),
});

/** An interview that was written down, as far as it is whole. */
export interface InterviewTranscript {
  readonly head: TranscriptHead;
  readonly turns: readonly InterviewTurn[];
  /** The text up to the last turn that is whole: a program that was killed may have left half of one. */
  readonly whole: string;
}

/** The beginning of a transcript: who was interviewed by whom, and on which terms. */
export function transcriptHead(head: TranscriptHead, lines: readonly string[]): string {
  const told = lines.map((line) => plainText(line)).join("\n\n");
  return `# Interview\n\n${told}\n\n${comment("interview", head)}\n`;
}

/** One question with its answer, as it is written into the file: Markdown, and under it where the interview stands. */
export function transcriptTurn({ answer, ...turn }: InterviewTurn): string {
  const isFirst = turn.kind === "guide" && turn.question === 0;
  const quoted = withoutControls(answer)
    .split(/\r\n|[\n\r\u0085\u2028\u2029]/u)
    .map((line) => `> ${line}`);
  const title = isFirst ? `\n## ${turn.title}\n` : "";
  const follows = turn.kind === "followUp" ? ` *(follow-up${turn.heuristic ? ", by rule" : ""})*` : "";
  return `${title}\n**${turn.number}. ${turn.asked}**${follows}\n\n${quoted.join("\n")}\n\n${comment("turn", turn)}\n`;
}

/** Reads a transcript; undefined where the text is none. */
export function readTranscript(text: string): InterviewTranscript | undefined {
  const lines = text.split(/\r?\n/).slice(0, -1);
  let head: TranscriptHead | undefined;
  const turns: InterviewTurn[] = [];
  let answer: string[] = [];
  let whole = 0;
  for (const [at, line] of lines.entries()) {
    if (line.startsWith(">")) answer.push(line.replace(/^> ?/, ""));
    if (line.startsWith("**")) answer = [];
    head ??= dataIn("interview", line, headSchema);
    const turn = head && dataIn("turn", line, turnSchema);
    if (turn) turns.push(withAnswer(turn, answer.join("\n")));
    if (turn || (head && whole === 0)) whole = at + 1;
  }
  return (
    head && {
      head,
      turns,
      whole: lines
        .slice(0, whole)
        .map((line) => `${line}\n`)
        .join(""),
    }
  );
}

const withAnswer = ({ heuristic, ...turn }: z.output<typeof turnSchema>, answer: string): InterviewTurn => {
  return { ...turn, answer, ...(heuristic && { heuristic }) };
};

/** No text in it can end the comment. */
const comment = (name: string, data: object): string =>
  `<!-- ${name} ${JSON.stringify(data).replaceAll(">", "\\u003e").replaceAll("<", "\\u003c")} -->`;

function dataIn<T>(name: string, line: string, schema: z.ZodType<T>): T | undefined {
  const start = `<!-- ${name} `;
  if (!line.startsWith(start) || !line.endsWith(" -->")) return undefined;
  try {
    return schema.safeParse(JSON.parse(line.slice(start.length, -4))).data;
  } catch {
    return undefined;
  }
}
