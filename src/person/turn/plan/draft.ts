import type { Moment, Note } from "../../../kernel/contracts/faculty.ts";
import type { Message, Usage } from "../../../kernel/contracts/model.ts";
import type {
  Action,
  ActOptions,
  CognitiveState,
  Reachable,
  StopReason,
  TurnQuality,
} from "../../../kernel/contracts/person.ts";
import type { StimulusEpisode } from "../../memory/episodic-log.ts";
import type { Quotation } from "../../memory/history/digest.ts";
import { noteLine } from "../../memory/remembered.ts";
import { quotationsIn } from "../../prompt/stimuli.ts";
import type { Mind } from "../mind.ts";

/** What a person is about to do. Nothing of it has happened yet. */
export interface Plan {
  readonly presented: readonly StimulusEpisode[];
  readonly actions: readonly Action[];
  readonly repeated: readonly Action[];
  /** The fields of the state that changed. */
  readonly changed: CognitiveState;
  readonly stop: StopReason;
  readonly usage: Usage;
  readonly warnings: readonly string[];
  readonly heuristic: boolean;
  /** What the turn adds to the history. */
  readonly messages: readonly Message[];
  /** Which of these quote documents. */
  readonly quotes: readonly Quotation[];
  /** Where each of its answers begins, oldest first. */
  readonly answers: readonly AnswerStart[];
  readonly quality?: TurnQuality;
}

/** How much there was of a turn before one of its answers. */
export interface AnswerStart {
  readonly actions: number;
  readonly messages: number;
  readonly repeated: number;
  readonly warnings: number;
  readonly queries: number;
  readonly state: CognitiveState;
}

/** A turn in the making. */
export interface Draft {
  readonly presented: readonly StimulusEpisode[];
  readonly notes: readonly Note[];
  readonly messages: Message[];
  quotes: readonly Quotation[];
  readonly actions: Action[];
  readonly repeated: Action[];
  readonly warnings: string[];
  /** What the model wrote of the state in this turn. */
  state: CognitiveState;
  usage: Usage;
  heuristic: boolean;
  queries: number;
  /** How often they were told that an action could not be read. */
  corrections: number;
  /** Why the model is asked again within the turn. */
  pause?: "asked" | "unread";
  calls: number;
  readonly answers: AnswerStart[];
  /** An answer that was taken back, and why: shown once, at the end, so that all before it stays as it was. */
  refused: readonly Message[];
}

/** What is new to the person, and what comes to mind: nothing is asked yet. */
export async function startDraft(mind: Mind, options: ActOptions = {}): Promise<Draft> {
  const presented = [...mind.log.pending];
  const { lastTime } = mind.history;
  const perception = { perceived: presented, name: mind.who.name, ...(lastTime === undefined ? {} : { lastTime }) };
  const messages = [mind.shape.stimuli(perception)];
  const moment = momentOf(mind, presented, options.reachable ?? mind.reachable);
  const { state, history } = mind;
  const remembered = await mind.reminder.remind({ stimuli: moment.stimuli, state, history });
  const found = await Promise.all(mind.settings.faculties.map((faculty) => faculty.recall?.(moment)));
  const notes = [...remembered.map((note) => ({ text: noteLine(note) })), ...found.flatMap((few) => few ?? [])];
  const usage = { input: 0, output: 0 };
  const empty = { actions: [], repeated: [], warnings: [], answers: [], refused: [], state: {} };
  const none = { heuristic: false, queries: 0, calls: 0, corrections: 0 };
  return { presented, notes, messages, quotes: quotationsIn(presented), usage, ...none, ...empty };
}

function momentOf(
  { who, context }: Mind,
  presented: readonly StimulusEpisode[],
  reachable: readonly Reachable[] | undefined,
): Moment {
  const now = context.clock.now();
  const time = context.clock.written();
  return {
    ...{ who, stimuli: presented.map((episode) => episode.stimulus) },
    ...(now && { now }),
    ...(time !== undefined && { time }),
    ...(reachable && { reachable }),
  };
}

/** Where the next answer of a turn begins. */
export function startOf({ actions, messages, repeated, warnings, queries, state }: Draft): AnswerStart {
  return {
    ...{ actions: actions.length, messages: messages.length, repeated: repeated.length, warnings: warnings.length },
    ...{ queries, state },
  };
}
