import { z } from "zod";
import { roomFor } from "../../judge/reading/passages.ts";
import { readInParts } from "../../judge/reading/read-in-parts.ts";
import type { Context } from "../../kernel/contracts/context.ts";
import type { TranscriptEntry } from "../../kernel/contracts/events.ts";
import type { Message, ModelReply } from "../../kernel/contracts/model.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import type { Chart } from "../../plot/chart.ts";
import { type Claim, checkedClaim, headingFault } from "./claims.ts";
import type { ClaimKind, EvidenceRow, LeftOut, MarkedEvidence, Report, ReportSentence } from "./report.ts";
import { mergeReportMessages, reportMessages } from "./report-prompt.ts";

/** What a report is to be about, and what it may be taken for. */
export interface WriteReportOptions {
  /** What the reader wants to know. */
  readonly task: string;
  /** What its sentences may rest on, in order. */
  readonly evidence: readonly EvidenceRow[];
  /** Default: what the model calls it. */
  readonly title?: string;
  /** What it must be like, as in `half a page, for engineers`. */
  readonly requirements?: string;
  /** Stamped on every page. Default `pilot`. */
  readonly kind?: ClaimKind;
  /** What an `estimate` was held against, with how far off it was; an estimate needs it. */
  readonly heldAgainst?: string;
  /** Pictures of figures that were counted elsewhere. */
  readonly charts?: readonly Chart[];
  /** The rows come from a table that was handed in, and real people may have given them: the report does not call them simulated. */
  readonly handedIn?: boolean;
  /** What the ledger adds it up by beside its purpose, in words of the program. */
  readonly label?: string;
  readonly signal?: AbortSignal;
}

/**
 * A report on rows of evidence, in one call to the run's judge, or one for each part of rows that are too many and one to
 * put them together. Every sentence names the rows that it rests on, and code looks whether they are there, say what is
 * quoted, and bear each figure and name: what fails is left out and told in `leftOut`. Headings are held to the rows alike,
 * and where the model's title is borne by none, the task stands there. Whether a row means what a sentence
 * says of it is the model's word.
 *
 * Throws OPTION_INVALID without evidence or a task and for an estimate that was held against nothing, MODEL_INVALID when
 * no sentence rests on anything, and the model's errors.
 * @example
 * const report = await writeReport(simulation.context, {
 *   task: "What do people drink in the morning?",
 *   evidence: [{ who: "Lisa", text: "Tea, always tea.", place: "row 1" }],
 * });
 */
export async function writeReport(context: Context, options: WriteReportOptions): Promise<Report> {
  const { task, evidence, title, requirements, kind = "pilot", heldAgainst, charts = [] } = checked(options);
  const asked = { task, title, requirements };
  const asking = context.forkAsking("report", { ...asked, evidence });
  const marked = evidence.map((row, place) => ({ ...row, mark: `E${place + 1}` }));
  const reply = await written({ asked, evidence, context: asking, options });
  const draft = reply.value;
  const { kept, leftOut } = sorted(draft, marked);
  if (kept.summary.length === 0 && kept.sections.length === 0) throw nothingBorne(context.models.judge.id, leftOut);
  const used = new Set(
    [...kept.summary, ...kept.sections.flatMap(({ sentences }) => sentences)].flatMap((one) => one.evidence),
  );
  const report: Report = {
    title: title ?? (headingFault(draft.title, marked) === undefined ? draft.title : task),
    ...{ task, kind, ...(heldAgainst !== undefined && { heldAgainst }) },
    ...kept,
    charts,
    evidence: marked.filter(({ mark }) => used.has(mark)),
    ...{ read: evidence.length, leftOut, ...(options.handedIn && { handedIn: true as const }) },
    ...(reply.heuristic && { heuristic: true as const }),
  };
  return report;
}

const sentenceSchema = z.object({
  text: z.string().min(1),
  rows: z.array(z.int().min(1)).describe("The numbers of the rows that it rests on."),
});
const draftSchema = z.object({
  title: z.string().min(1),
  summary: z.array(sentenceSchema).describe("What matters most, in up to five sentences."),
  sections: z.array(z.object({ heading: z.string().min(1), sentences: z.array(sentenceSchema) })),
});
type Draft = z.infer<typeof draftSchema>;

interface Writing {
  readonly asked: Parameters<typeof reportMessages>[0];
  readonly evidence: readonly EvidenceRow[];
  readonly context: Context;
  readonly options: Pick<WriteReportOptions, "label" | "signal">;
}

async function written({ asked, evidence, context, options: { label, signal } }: Writing): Promise<ModelReply<Draft>> {
  const model = context.models.judge;
  const ask = (scope: string, messages: readonly Message[]): Promise<ModelReply<Draft>> =>
    model.generate({
      messages,
      schema: draftSchema,
      purpose: "report",
      scope,
      temperature: 0,
      ...(label !== undefined && { label }),
      ...(signal && { signal }),
    });
  const frame = reportMessages(asked, { rows: [], first: 1, part: 1, of: 2 });
  const replies = await readInParts(evidence.map(asEntry), roomFor(model, frame), ({ entries, first, part, of }) => {
    const scope = of === 1 ? context.scope : context.fork(`part:${part}`).scope;
    return ask(
      scope,
      reportMessages(asked, { rows: evidence.slice(first - 1, first - 1 + entries.length), first, part, of }),
    );
  });
  const [only] = replies;
  if (only !== undefined && replies.length === 1) return only;
  return ask(
    context.scope,
    mergeReportMessages(
      asked,
      replies.map(({ value }) => value),
    ),
  );
}

/** A row as what is read in parts, by the length of its line. */
const asEntry = ({ who, text, asked, place }: EvidenceRow): TranscriptEntry => ({
  ...{ id: place, kind: "action", type: "TALK", to: [] },
  ...(who !== undefined && { from: who }),
  text: asked === undefined ? text : `${asked} ${text}`,
});

function sorted(draft: Draft, evidence: readonly MarkedEvidence[]) {
  const leftOut: LeftOut[] = [];
  const keep = (claims: readonly Claim[]): readonly ReportSentence[] =>
    claims.flatMap((claim) => {
      const found = checkedClaim(claim, evidence);
      if ("evidence" in found) return [found];
      leftOut.push(found);
      return [];
    });
  const summary = keep(draft.summary);
  const sections = draft.sections
    .map(({ heading, sentences }) => ({ heading, sentences: keep(sentences) }))
    .filter(({ sentences }) => sentences.length > 0)
    .map(({ heading, sentences }, place) => {
      const why = headingFault(heading, evidence);
      if (why === undefined) return { heading, sentences };
      leftOut.push({ text: heading, why });
      return { heading: `Part ${place + 1}`, sentences };
    });
  return { kept: { summary, sections }, leftOut };
}

function checked(options: WriteReportOptions): WriteReportOptions {
  const { task, evidence, kind, heldAgainst } = options;
  if (task.trim() === "") throw invalid("task", task, "Say in a sentence what the reader wants to know.");
  if (evidence.length === 0) {
    throw invalid("evidence", evidence, "Give rows, as from interviewForReport, interactionEvidence or dataEvidence.");
  }
  if (kind === "estimate" && (heldAgainst ?? "").trim() === "") {
    const hint =
      "Say in `heldAgainst` which figures of people it was held against and how far off it was, or call it a pilot.";
    throw invalid("kind", kind, hint);
  }
  return options;
}

function invalid(option: string, value: unknown, hint: string): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", `The option '${option}' of a report cannot be used.`, {
    data: { option, value },
    hint,
  });
}

function nothingBorne(model: string, leftOut: readonly LeftOut[]): TinyTroupeError<"MODEL_INVALID"> {
  const issues = leftOut.map(({ text, why }) => `${why} (${text})`);
  return new TinyTroupeError("MODEL_INVALID", `${model} wrote a report no sentence of which rests on the evidence.`, {
    data: { model, text: leftOut.map(({ text }) => text).join("\n"), issues },
    hint: "Ask a larger model, name what the report is about more closely, or give more evidence.",
  });
}
