import { createSchemas, inOrder } from "../../judge/asking/ask.ts";
import { type HeardOut, hear } from "../../judge/asking/hear.ts";
import { draftEntries } from "../../judge/draft.ts";
import type { Context } from "../../kernel/contracts/context.ts";
import type { TranscriptEntry } from "../../kernel/contracts/events.ts";
import type { Message, Rehearsal, Usage } from "../../kernel/contracts/model.ts";
import type { Action, DraftReview, TurnQuality } from "../../kernel/contracts/person.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import { addUsage } from "../../kernel/values/usage.ts";
import { type Against, checkDraft, type Drafted, isSpoken } from "./checks/draft-checks.ts";
import { instructionRuns } from "./checks/leaked-instructions.ts";
import { personaRuns, readsAsMachine } from "./checks/parroted-persona.ts";
import type { QualitySettings } from "./options.ts";
import { faultsOf, feedbackText } from "./repair/feedback.ts";
import { Rewriting, rewriteMessages, rewritten } from "./repair/rewrite.ts";
import { QualityStatistics } from "./statistics.ts";
import { failing, utility } from "./utility.ts";

/** The moment in which a person is about to act. */
export interface Moment {
  readonly name: string;
  /** The persona read aloud, and as the person's own prompt holds it. */
  readonly prose: string;
  readonly portrait: Message;
  /** What the turn answers, as the prompt holds it. */
  readonly stimuli: Message;
  /** What happened to the person of late, what the turn answers included. */
  readonly record: readonly TranscriptEntry[];
  readonly rehearsal: Rehearsal;
  readonly step?: string;
  readonly label?: string;
  readonly signal?: AbortSignal;
}

/** What the turn engine can do with a draft. */
export interface Workshop<D extends Drafted> {
  /** Has the person answer anew, from the answer on that this action is part of; the feedback is the last that they read. */
  again(from: number, feedback: string): Promise<{ readonly draft: D; readonly calls: number; readonly usage: Usage }>;
  /** The same draft with some of its actions changed, or left out. */
  changed(draft: D, changes: ReadonlyMap<number, Action | undefined>): D;
}

/** The draft that stands, and what became of the check; no `quality` where there was nothing to look at. */
export interface Assured<D> {
  readonly draft: D;
  readonly quality?: TurnQuality;
}

interface Tried<D> {
  readonly draft: D;
  readonly review: DraftReview;
}

/** What one turn's check has taken and found so far. */
interface Turn<D> {
  readonly tried: Tried<D>[];
  calls: number;
  usage: Usage;
  heuristic: boolean;
}

/**
 * Looks at what a person is about to say: by rules first, and where these find nothing by one call to a judge. A draft
 * that fails is mended so many times, then the settings say what becomes of the turn. A turn takes at most two calls a
 * draft, its own included, and one that passes at once takes two in all.
 */
export class QualityControl {
  readonly statistics = new QualityStatistics();
  readonly #settings: QualitySettings;
  readonly #repairs: Context;
  readonly #mends: boolean;
  readonly #judge: Context;
  readonly #schemas = createSchemas();
  readonly #instructions: Against["instructions"];
  #persona: { readonly prose: string; readonly runs: Against["persona"]; readonly isMachine: boolean } | undefined;

  /** The rules are what the person reads first, none of which they may recite. */
  constructor(settings: QualitySettings, context: Context, rules: string) {
    this.#settings = settings;
    this.#repairs = context.fork("repair");
    this.#mends = context.models.actor.limits.following !== "small";
    this.#judge = context.fork("judge");
    this.#instructions = instructionRuns(rules);
  }

  /** Throws QUALITY_FAILED where no draft passed and the settings want that, and the errors of the models. */
  async assure<D extends Drafted>(first: D, moment: Moment, workshop: Workshop<D>): Promise<Assured<D>> {
    if (!first.actions.some(isSpoken) && first.repeated.length === 0) return { draft: first };
    const turn: Turn<D> = { tried: [], calls: 0, usage: { input: 0, output: 0 }, heuristic: false };
    const attempts = this.#mends ? this.#settings.attempts : 1;
    let draft = first;
    let by: DraftReview["by"] = "turn";
    for (;;) {
      const review = await this.#review({ draft, by }, moment, turn);
      turn.tried.push({ draft, review });
      if (review.passed) return this.#settled(turn, draft, outcomeOf(turn.tried));
      if (turn.tried.length >= attempts || this.#isSpent(turn)) return this.#unpassed(turn, moment, workshop);
      draft = await this.#mended({ draft, review }, moment, { turn, workshop });
      by = this.#repairOf(review);
    }
  }

  async #review<D extends Drafted>(
    { draft, by }: { readonly draft: D; readonly by: DraftReview["by"] },
    moment: Moment,
    turn: Turn<D>,
  ): Promise<DraftReview> {
    const findings = checkDraft(draft, this.#against(moment));
    if (findings.length > 0) return { by, passed: false, findings, verdicts: [] };
    const { rubrics, threshold } = this.#settings;
    if (rubrics.length === 0 || !draft.actions.some(isSpoken)) return { by, passed: true, findings, verdicts: [] };
    const isSmall = this.#judge.models.judge.limits.following === "small";
    const unjudged = isSmall ? "the judge is too small" : "the budget is spent";
    if (isSmall || this.#isSpent(turn)) return { by, passed: true, findings, verdicts: [], unjudged };
    const verdicts = inOrder(rubrics, (await this.#heard(draft, moment, turn)).verdicts);
    const passed = failing(verdicts, threshold).length === 0;
    const problem = verdicts.find((verdict) => verdict.kind === "error");
    return { by, passed, findings, verdicts, ...(passed && problem && { unjudged: problem.error.message }) };
  }

  /** One call to the judge: what rests on no quote is not asked for again. */
  async #heard<D extends Drafted>(draft: D, moment: Moment, turn: Turn<D>): Promise<HeardOut> {
    const { record, name, prose, step, label, signal, rehearsal } = moment;
    const judged = { subject: name, record, draft: draftEntries(draft.actions, name) };
    const heard = await hear(
      { propositions: this.#settings.rubrics, judged, personas: [{ name, prose }] },
      {
        ...{ context: this.#judge, schemas: this.#schemas, samples: 1, once: true, rehearsal },
        ...(step !== undefined && { step }),
        ...(label !== undefined && { label }),
        ...(signal && { signal }),
      },
    );
    count(turn, heard);
    turn.heuristic ||= heard.heuristic === true;
    return heard;
  }

  async #mended<D extends Drafted>(
    { draft, review }: Tried<D>,
    moment: Moment,
    { turn, workshop }: { readonly turn: Turn<D>; readonly workshop: Workshop<D> },
  ): Promise<D> {
    const { threshold } = this.#settings;
    const faults = faultsOf(review, threshold);
    if (this.#repairOf(review) === "regenerate") {
      const from = Math.min(draft.actions.length, ...faultyIn(draft, review, threshold));
      const { draft: next, ...paid } = await workshop.again(from, feedbackText(faults));
      count(turn, paid);
      return next;
    }
    const { step, label, signal, rehearsal } = moment;
    const { value, usage } = await this.#repairs.models.actor.generate({
      messages: rewriteMessages(draft.actions, faults, moment),
      schema: Rewriting,
      purpose: "repair",
      scope: this.#repairs.scope,
      ...{ rehearsal, ...(step !== undefined && { step }), ...(label !== undefined && { label }) },
      ...(signal && { signal }),
    });
    count(turn, { calls: 1, usage });
    const changed = workshop.changed(draft, rewritten(draft.actions, value));
    return { ...changed, repeated: [] };
  }

  /** What was said before is not in the draft any more, and cannot be put in other words there. */
  #repairOf({ findings }: DraftReview): "regenerate" | "rewrite" {
    const isGone = findings.length > 0 && findings.every(({ check }) => check === "repetition");
    return isGone ? "regenerate" : this.#settings.repair;
  }

  #unpassed<D extends Drafted>(turn: Turn<D>, { name }: Moment, workshop: Workshop<D>): Assured<D> {
    const best = bestOf(turn.tried);
    switch (this.#settings.otherwise) {
      case "best":
        return this.#settled(turn, best.draft, "failed");
      case "drop": {
        const left = faultyIn(best.draft, best.review, this.#settings.threshold).map(
          (index) => [index, undefined] as const,
        );
        return this.#settled(turn, workshop.changed(best.draft, new Map(left)), "dropped");
      }
      case "raise": {
        this.statistics.count(recordOf(turn, "failed"), "raised");
        throw failed(name, turn.tried.length, faultsOf(best.review, this.#settings.threshold));
      }
    }
  }

  #settled<D>(turn: Turn<D>, draft: D, outcome: TurnQuality["outcome"]): Assured<D> {
    return { draft, quality: recordOf(turn, outcome) };
  }

  /** What judging and repairing took in the turns before and in this one has reached the budget. */
  #isSpent({ calls, usage }: Turn<unknown>): boolean {
    const { budget } = this.#settings;
    const { spent } = this.statistics;
    return spent.calls + calls >= budget.calls || spent.tokens + usage.input + usage.output >= budget.tokens;
  }

  #against({ prose, record, name }: Moment): Against {
    if (this.#persona?.prose !== prose) {
      this.#persona = { prose, runs: personaRuns(prose), isMachine: readsAsMachine(prose) };
    }
    const heard = record.filter((entry) => entry.from !== name).map((entry) => entry.text);
    const { runs, isMachine } = this.#persona;
    return { instructions: this.#instructions, persona: runs, isMachine, heard: [prose, ...heard].join("\n") };
  }
}

function count(turn: Turn<unknown>, { calls, usage }: { readonly calls: number; readonly usage: Usage }): void {
  turn.calls += calls;
  turn.usage = addUsage(turn.usage, usage);
}

function outcomeOf(tried: readonly Tried<unknown>[]): TurnQuality["outcome"] {
  if (tried.at(-1)?.review.unjudged !== undefined) return "unjudged";
  return tried.length === 1 ? "passed" : "repaired";
}

function recordOf({ tried, calls, usage, heuristic }: Turn<unknown>, outcome: TurnQuality["outcome"]): TurnQuality {
  const drafts = tried.map(({ review }) => review);
  return { outcome, drafts, calls, usage, ...(heuristic && { heuristic: true as const }) };
}

/** The best of several drafts, the first of those that are as good. */
function bestOf<D extends Drafted>(tried: readonly Tried<D>[]): Tried<D> {
  return tried.reduce((best, one) => (utility(one.draft, one.review) > utility(best.draft, best.review) ? one : best));
}

/** The actions that a review finds fault with: those that rules name, else those that the judge quotes, else all words. */
function faultyIn({ actions }: Drafted, { findings, verdicts }: DraftReview, threshold: number): readonly number[] {
  if (findings.length > 0) return [...new Set(findings.flatMap(({ action }) => action ?? []))];
  const evidence = failing(verdicts, threshold).flatMap((verdict) => ("evidence" in verdict ? verdict.evidence : []));
  const quoted = evidence.flatMap(({ entry }) => /^draft\.(\d+)$/.exec(entry)?.[1] ?? []).map(Number);
  if (quoted.length > 0) return [...new Set(quoted)];
  return actions.flatMap((action, index) => (isSpoken(action) ? [index] : []));
}

function failed(name: string, drafts: number, faults: readonly string[]): TinyTroupeError<"QUALITY_FAILED"> {
  const first = faults[0] === undefined ? "" : ` The first fault: ${faults[0]}`;
  return new TinyTroupeError("QUALITY_FAILED", `None of ${name}'s ${drafts} drafts passed.${first}`, {
    data: { person: name, drafts, faults },
    hint: 'Allow more attempts, lower the threshold, or take the best with otherwise: "best".',
  });
}
