import type { Context } from "../../kernel/contracts/context.ts";
import { plainText } from "../../persona/plain-text.ts";
import { type InterviewGuide, type WholeInterviewGuide, wholeInterviewGuide } from "./guide.ts";
import { lifeStoryGuide } from "./life-story.ts";
import { longestNotes, nextStepMessages, nextStepSchema } from "./prompt.ts";
import { declines, isLeading, ruledFollowUp, wordsIn } from "./rules.ts";

/** Where an interview stands: as much after the hundredth answer as after the first. */
export interface InterviewProgress {
  /** Which question this is, from 1. */
  readonly number: number;
  /** Section and question of the guide, from 0. */
  readonly section: number;
  readonly question: number;
  /** How many follow-ups were asked after the guide's question, this one with them. */
  readonly followUps: number;
  /** What the section has taken before this question, in minutes. */
  readonly minutes: number;
  /** What the interviewer has written down of the answers before. */
  readonly notes: string;
}

/** A question and what was answered. */
export interface InterviewTurn extends InterviewProgress {
  /** The title of the section. */
  readonly title: string;
  readonly asked: string;
  readonly answer: string;
  readonly kind: "guide" | "followUp";
  /** Why it was asked; empty for the guide's questions. */
  readonly because: string;
  /** Rules, not a language model, chose the follow-up. */
  readonly heuristic?: true;
}

type Question = Omit<InterviewTurn, "answer">;

/** How an interview is conducted. */
export interface InterviewerOptions {
  /** Default: a life story in ten sections. */
  readonly guide?: InterviewGuide;
  /** How long the whole is to take; the sections' minutes are stretched to it. Default: what the guide says. */
  readonly minutes?: number;
  /** The last turn of an earlier sitting, to go on after it. */
  readonly after?: InterviewTurn;
  readonly signal?: AbortSignal;
}

/** How fast people speak, in words a minute: so that what is typed counts as if it were spoken. */
const wordsAMinute = 150;

/**
 * Conducts a long interview with whoever answers: somebody at a terminal, a simulated person, another system. The
 * guide's questions stand in its own words; after each answer one call may follow it up, from notes and not from the
 * whole transcript. The answers to come end where `answer` gives undefined.
 * @throws OPTION_INVALID, and the errors of the model and of `answer`
 * @example
 * const interviewer = new Interviewer(context, { minutes: 30 });
 * for await (const { asked, answer } of interviewer.conduct(async (question) => "I would rather not say.")) {
 *   if (asked === "" || answer === "") throw new Error("Nothing was said.");
 * }
 */
export class Interviewer {
  readonly guide: WholeInterviewGuide;
  readonly #context: Context;
  readonly #options: InterviewerOptions;
  readonly #stretch: number;

  constructor(context: Context, options: InterviewerOptions = {}) {
    this.guide = wholeInterviewGuide(options.guide ?? lifeStoryGuide);
    this.#context = context;
    this.#options = options;
    const planned = this.guide.sections.reduce((sum, { minutes }) => sum + minutes, 0);
    this.#stretch = (options.minutes ?? planned) / planned;
  }

  /** Asks and hears until the guide is through; each turn is handed out as soon as it is answered. */
  async *conduct(answer: (question: string) => Promise<string | undefined>): AsyncGenerator<InterviewTurn, void> {
    const { after, signal } = this.#options;
    let question = after
      ? await this.#following(after)
      : this.#ofGuide({ section: 0, question: 0, number: 1, notes: "" });
    while (question !== undefined) {
      if (signal?.aborted) return;
      const said = await answer(question.asked);
      if (said === undefined) return;
      const turn: InterviewTurn = { ...question, answer: said };
      yield turn;
      question = await this.#following(turn);
    }
  }

  #ofGuide(at: Pick<InterviewProgress, "section" | "question" | "number" | "notes"> & { readonly minutes?: number }) {
    const section = this.guide.sections[at.section];
    const asked = section?.questions[at.question]?.ask;
    if (section === undefined || asked === undefined) return undefined;
    const question: Question = {
      ...{ number: at.number, section: at.section, question: at.question, followUps: 0, minutes: at.minutes ?? 0 },
      ...{ notes: at.notes, title: section.title, asked, kind: "guide", because: "" },
    };
    return question;
  }

  /** The next question after an answer; undefined at the end. */
  async #following(turn: InterviewTurn): Promise<Question | undefined> {
    const minutes = turn.minutes + wordsIn(turn.answer) / wordsAMinute;
    const isOver = minutes >= (this.guide.sections[turn.section]?.minutes ?? 0) * this.#stretch;
    const next = { number: turn.number + 1, notes: turn.notes };
    const inSection = { ...next, section: turn.section, question: turn.question + 1, minutes };
    const coming =
      (isOver ? undefined : this.#ofGuide(inSection)) ??
      this.#ofGuide({ ...next, section: turn.section + 1, question: 0 });
    if (declines(turn.answer)) return coming;
    const { notes, followUp } = await this.#stepAfter(turn, coming?.asked);
    const may = !isOver && turn.followUps < this.#mostFollowUps(turn);
    if (!may || followUp === undefined) return coming && { ...coming, notes };
    const { answer: _said, heuristic: _before, ...asked } = turn;
    return {
      ...asked,
      ...followUp,
      number: next.number,
      followUps: turn.followUps + 1,
      minutes,
      notes,
      kind: "followUp",
    };
  }

  #mostFollowUps({ section, question }: InterviewTurn): number {
    return this.guide.sections[section]?.questions[question]?.followUps ?? this.guide.followUps;
  }

  /** One call: what to write down of the answer, and whether to follow it up. */
  async #stepAfter(turn: InterviewTurn, coming: string | undefined) {
    const place = this.#context.fork(`interview:${turn.number}`);
    const { signal } = this.#options;
    const heard = { section: turn.title, notes: turn.notes, question: turn.asked, answer: turn.answer, coming };
    const { value, heuristic } = await place.models.actor.generate({
      messages: nextStepMessages(heard),
      schema: nextStepSchema,
      purpose: "generate",
      scope: place.scope,
      ...(signal && { signal }),
    });
    if (heuristic) {
      const asked = ruledFollowUp(turn.answer, turn.followUps);
      return { notes: "", followUp: asked && { asked, because: "the answer is short", heuristic } };
    }
    const asked = plainText(value.question);
    const isUsable = value.step === "followUp" && asked !== "" && !isLeading(asked);
    return {
      notes: value.notes.slice(0, longestNotes),
      followUp: isUsable ? { asked, because: plainText(value.because) } : undefined,
    };
  }
}
