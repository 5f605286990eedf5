import type { Forkable } from "../../kernel/contracts/asked/fork.ts";
import type { Subject } from "../../kernel/contracts/context.ts";
import type { TranscriptEntry } from "../../kernel/contracts/events.ts";
import { eachRow, type RowResult } from "../../kernel/rows/rows.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import type { EvidenceRow } from "./report.ts";

/** How people are interviewed for a report. */
export interface ReportInterviewOptions {
  /** Asked one after the other; each is remembered while the next is answered. */
  readonly questions: readonly string[];
  /** Whose voice asks. Default `Interviewer`. */
  readonly interviewer?: string;
  /** People at the same time. Default 16. */
  readonly concurrency?: number;
  readonly signal?: AbortSignal;
  /** Told of each person when they have answered, or could not. */
  readonly onPerson?: (row: RowResult<readonly EvidenceRow[]>) => void;
}

/** What came of interviewing several people. */
export interface Interviews {
  readonly evidence: readonly EvidenceRow[];
  /** One for each person, by id, in order. */
  readonly rows: readonly RowResult<readonly EvidenceRow[]>[];
}

/**
 * Interviews a fork of each person: what they answer aloud becomes evidence, and they themselves know nothing of it. One
 * who cannot answer is a row with an error. Throws OPTION_INVALID without questions, what concerns them all, and what all
 * met where nobody answered.
 * @example
 * const { evidence } = await interviewForReport([lisa], { questions: ["What do you drink in the morning?"] });
 * evidence[0]?.asked; // => "What do you drink in the morning?"
 */
export async function interviewForReport(
  people: readonly Forkable[],
  options: ReportInterviewOptions,
): Promise<Interviews> {
  const { questions, interviewer = "Interviewer", concurrency, signal, onPerson } = options;
  if (questions.length === 0 || questions.some((question) => question.trim() === "")) throw noQuestion(questions);
  const rows = await eachRow<Forkable, readonly EvidenceRow[]>(
    people,
    async (person) => {
      const fork = await person.fork("report", { asking: { questions, interviewer } });
      const answers: EvidenceRow[] = [];
      for (const asked of questions) {
        const before = fork.transcript().length;
        await fork.listenAndAct(asked, interviewer, signal && { signal });
        const said = fork
          .transcript()
          .slice(before)
          .filter(({ kind, type }) => kind === "action" && type === "TALK");
        answers.push(...said.map(({ text, id }) => ({ who: person.name, text, asked, place: id })));
      }
      return answers;
    },
    {
      key: ({ id }) => id,
      ...(concurrency !== undefined && { concurrency }),
      ...(signal && { signal }),
      ...(onPerson && { onRow: (row) => onPerson(row) }),
    },
  );
  return { evidence: rows.flatMap((row) => ("value" in row ? row.value : [])), rows };
}

/** Which entries of a transcript are evidence. */
export interface InteractionOptions {
  /** `talk`: what was said aloud. Default `all`: thoughts and deeds too. */
  readonly include?: "talk" | "all";
  /** The last so many entries alone. */
  readonly last?: number;
}

/**
 * What people said and did as evidence, each thing once, in order. What they were told from outside is none.
 * @example
 * interactionEvidence([room], { include: "talk" });
 */
export function interactionEvidence(
  subjects: readonly Pick<Subject, "transcript">[],
  { include = "all", last }: InteractionOptions = {},
): readonly EvidenceRow[] {
  const seen = new Set<string>();
  const entries = subjects
    .flatMap((subject) => subject.transcript())
    .filter((entry) => {
      if (seen.has(entry.id) || !isEvidence(entry, include)) return false;
      seen.add(entry.id);
      return true;
    });
  return (last === undefined ? entries : entries.slice(-last)).map(({ from, text, id, type }) => ({
    ...(from !== undefined && { who: from }),
    text: type === "THINK" ? `(thinks) ${text}` : text,
    place: id,
  }));
}

const isEvidence = ({ kind, type, text }: TranscriptEntry, include: "talk" | "all"): boolean =>
  kind === "action" && type !== "DONE" && text.trim() !== "" && (include === "all" || type === "TALK");

/**
 * Rows of data as evidence: each as its columns and what stands in them. Empty cells are left out.
 * @param whoColumn the column that says whose row it is
 * @example
 * dataEvidence([{ ad: "A", votes: 12 }])[0]; // => { text: "ad: A; votes: 12", place: "row 1" }
 */
export function dataEvidence(rows: readonly object[], whoColumn?: string): readonly EvidenceRow[] {
  return rows.map((row, place) => {
    const cells = Object.entries(row).filter(([, value]) => value !== null && value !== undefined && value !== "");
    const who = whoColumn === undefined ? undefined : cells.find(([name]) => name === whoColumn)?.[1];
    const text = cells.filter(([name]) => name !== whoColumn).map(([name, value]) => `${name}: ${inWords(value)}`);
    return { ...(who !== undefined && { who: inWords(who) }), text: text.join("; "), place: `row ${place + 1}` };
  });
}

const inWords = (value: unknown): string => {
  const text = typeof value === "object" ? JSON.stringify(value) : String(value);
  return calculated.test(text) ? String(Number(Number(text).toPrecision(6))) : text;
};

/** The last digits of a long calculation mean nothing, to readers and to models. */
const calculated = /^-?\d+\.\d{9,}(?:e[+-]?\d+)?$/;

function noQuestion(questions: readonly string[]): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", "An interview for a report needs questions.", {
    data: { option: "questions", value: questions },
    hint: "Give at least one question, each as a sentence.",
  });
}
