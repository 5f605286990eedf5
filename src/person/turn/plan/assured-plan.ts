import type { Message } from "../../../kernel/contracts/model.ts";
import type { Action, TurnQuality } from "../../../kernel/contracts/person.ts";
import { addUsage } from "../../../kernel/values/usage.ts";
import { transcriptOfLog } from "../../memory/episodic-log.ts";
import { enclose } from "../../prompt/delimit.ts";
import type { Moment, Workshop } from "../../quality/control.ts";
import type { Mind } from "../mind.ts";
import { unlessAborted } from "../turn-queue.ts";
import { changedPlan } from "./changed-plan.ts";
import { type Draft, type Plan, startDraft } from "./draft.ts";
import { completed, type PlanOptions } from "./plan-turn.ts";
import { rehearsalOf } from "./rehearsal.ts";

/** So many of the last episodes are judged with, at least, and less than twice as many. */
const episodesShown = 24;

/** What the person is about to do, looked at and mended where the person's quality is looked after; changes nothing. */
export async function assuredPlan(mind: Mind, options: PlanOptions): Promise<Plan> {
  const until = mind.log.episodes.length;
  const draft = await unlessAborted(startDraft(mind, options), options.signal);
  if (mind.quality === undefined) return completed(mind, draft, options);
  const moment = momentOf(mind, { draft, until }, options);
  const first = await completed(mind, draft, options);
  const { draft: plan, quality } = await mind.quality.assure(first, moment, workshopOf(mind, draft, options));
  if (quality === undefined) return plan;
  const isEmpty = quality.outcome === "dropped" && plan.actions.every((action) => action.type === "DONE");
  return {
    ...plan,
    ...(isEmpty && { stop: "quality" }),
    usage: addUsage(first.usage, quality.usage),
    heuristic: draft.heuristic,
    warnings: [...plan.warnings, ...warningsOf(quality)],
    quality,
  };
}

/** What there is before the person is asked: what comes meanwhile is no part of it, whoever is faster. */
function momentOf(mind: Mind, before: { draft: Draft; until: number }, options: PlanOptions): Moment {
  const { who, log, prose, portrait } = mind;
  const { draft, until } = before;
  // It begins at the same place for a while, so that a provider's cache knows what was read before.
  const from = Math.max(0, Math.floor(until / episodesShown) - 1) * episodesShown;
  const { step, label, signal } = options;
  return {
    ...{ name: who.name, prose, portrait, stimuli: draft.messages[0] as Message },
    record: transcriptOfLog(log.episodes.slice(from, until), who.name),
    rehearsal: rehearsalOf(mind, options.reachable ?? mind.reachable),
    ...{ ...(step !== undefined && { step }), ...(label !== undefined && { label }), ...(signal && { signal }) },
  };
}

function workshopOf(mind: Mind, draft: Draft, options: PlanOptions): Workshop<Plan> {
  return {
    again: async (from, feedback) => {
      options.speech?.takeBack();
      const refused = rewound(draft, from);
      draft.refused = [mind.shape.turn(refused), { role: "user", content: enclose("feedback", feedback) }];
      const before = { calls: draft.calls, usage: draft.usage };
      draft.usage = { input: 0, output: 0 };
      const again = await completed(mind, draft, options);
      const { usage } = draft;
      draft.usage = before.usage;
      return { draft: again, calls: draft.calls - before.calls, usage };
    },
    changed: (plan, changes) => changedPlan(mind, plan, changes),
  };
}

/** Takes the turn back to the answer that an action is part of; what that and later answers did is returned. */
function rewound(draft: Draft, from: number): readonly Action[] {
  const place = Math.max(
    0,
    draft.answers.findLastIndex((answer) => answer.actions <= from),
  );
  const start = draft.answers[place];
  if (start === undefined) return [];
  draft.answers.length = place;
  draft.messages.length = start.messages;
  draft.quotes = draft.quotes.filter(({ message }) => message < start.messages);
  draft.repeated.length = start.repeated;
  draft.warnings.length = start.warnings;
  draft.queries = start.queries;
  draft.state = start.state;
  return draft.actions.splice(start.actions);
}

function warningsOf({ outcome, drafts }: TurnQuality): readonly string[] {
  const unjudged = drafts.at(-1)?.unjudged;
  if (outcome === "failed") return [`None of ${drafts.length} drafts passed; the best of them was taken.`];
  if (outcome === "dropped") return [`None of ${drafts.length} drafts passed; what failed was left out.`];
  return unjudged === undefined ? [] : [`What was said was looked at by rules alone: ${unjudged}.`];
}
