import type { ErrorRecord } from "../values/errors.ts";
import type { EventId, PersonId, WorldId } from "../values/ids.ts";
import type { ItemAnswered } from "./answers/item-answered.ts";
import type { JudgeCalibration } from "./judging/calibration.ts";
import type { Verdict } from "./judging/verdict.ts";
import type { TalkEvent } from "./kinds/talk.ts";
import type { ConsolidationFailed, EpisodeClosed, NotesChanged } from "./memory/events.ts";
import type { Usage } from "./model.ts";
import type { Action, CognitiveState, EffectEnd, Outcome, Stimulus, StopReason, TurnQuality } from "./person.ts";
import type { Shown } from "./told/shown.ts";
import type { StoryTold } from "./told/story.ts";
import type { Hearers, WorldEvent } from "./world/events.ts";

export type { Hearers, WorldEvent } from "./world/events.ts";

/** What the journal keeps. Past tense, data only; the same study with the same seed writes the same events. */
export type EventBody =
  | { readonly type: "person-created"; readonly person: PersonId; readonly name: string; readonly persona: unknown }
  | PersonForked
  /** What the person lived through in earlier runs, and how they were set up there. */
  | { readonly type: "person-restored"; readonly person: PersonId; readonly saved: unknown }
  | { readonly type: "persona-changed"; readonly person: PersonId; readonly persona: unknown }
  | {
      readonly type: "moved";
      readonly person: PersonId;
      readonly location?: string;
      readonly context?: readonly string[];
    }
  | { readonly type: "stimulus"; readonly person: PersonId; readonly stimulus: Stimulus }
  | TurnTaken
  | StanceTaken
  | { readonly type: "turn-failed"; readonly person: PersonId; readonly error: ErrorRecord }
  /** What somebody says they did in a time that was not played (ISO 8601), or why nobody knows. */
  | {
      readonly type: "meanwhile";
      readonly person: PersonId;
      readonly from: string;
      readonly to: string;
      readonly summary?: string;
      readonly error?: ErrorRecord;
    }
  | EffectBegun
  | EffectDone
  | EpisodeClosed
  | NotesChanged
  | ConsolidationFailed
  | {
      readonly type: "world-created";
      readonly world: WorldId;
      readonly name: string;
      readonly people: readonly PersonId[];
    }
  | { readonly type: "person-entered"; readonly world: WorldId; readonly person: PersonId }
  | { readonly type: "person-left"; readonly world: WorldId; readonly person: PersonId }
  | {
      readonly type: "access-changed";
      readonly world: WorldId;
      readonly between: readonly [PersonId, PersonId] | "everyone";
      readonly accessible: boolean;
    }
  | { readonly type: "step-started"; readonly world: WorldId; readonly step: number; readonly of?: number }
  | {
      readonly type: "acted";
      readonly world: WorldId;
      readonly step: number;
      readonly person: PersonId;
      readonly turn: EventId;
    }
  | {
      readonly type: "failed";
      readonly world: WorldId;
      readonly step: number;
      readonly person: PersonId;
      readonly error: ErrorRecord;
    }
  | {
      readonly type: "delivered";
      readonly world: WorldId;
      readonly from: PersonId;
      readonly to: Hearers;
      /** `<turn event>.<index of the action>` */
      readonly action: string;
      /** Whom it was meant for, where others heard it, too. */
      readonly meant?: readonly PersonId[];
    }
  | {
      readonly type: "undelivered";
      readonly world: WorldId;
      readonly from: PersonId;
      readonly target: string;
      readonly action: string;
      /** `left`: it was under way when they left. */
      readonly reason: "unknown" | "ambiguous" | "inaccessible" | "self" | "left";
    }
  | WorldEvent
  | TalkEvent
  | {
      readonly type: "broadcast";
      readonly world: WorldId;
      readonly stimulus: Stimulus;
      readonly to: Hearers;
      readonly shown?: Shown;
      /** The intervention that did it. */
      readonly intervention?: string;
    }
  | {
      readonly type: "step-finished";
      readonly world: WorldId;
      readonly step: number;
      /** Nobody did anything in this step. */
      readonly quiet: boolean;
    }
  | ItemAnswered
  | { readonly type: "extracted"; readonly subject: string; readonly objective: string; readonly value: unknown }
  | {
      readonly type: "judged";
      readonly subject: string;
      readonly verdicts: readonly Verdict[];
      readonly heuristic?: true;
      /** How far off this judge was where the answers were known. */
      readonly calibration?: JudgeCalibration;
    }
  | StoryTold
  /** A place of the run with a name of its own. */
  | { readonly type: "checkpoint"; readonly label: string }
  | { readonly type: "noted"; readonly label: string; readonly value: unknown };

/** Somebody goes on alone from how `of` was at this moment; what they then do is no part of the run's story. */
export interface PersonForked {
  readonly type: "person-forked";
  /** `lisa/interview` */
  readonly person: PersonId;
  readonly name: string;
  readonly of: PersonId;
}

/** A committed turn, all or nothing. */
export interface TurnTaken {
  readonly type: "turn";
  readonly person: PersonId;
  readonly name: string;
  readonly actions: readonly Action[];
  /** Only the fields that changed in this turn. */
  readonly state: CognitiveState;
  readonly stop: StopReason;
  readonly warnings?: readonly string[];
  readonly heuristic?: true;
  /** Where the person's quality is looked after and there was text to look at. */
  readonly quality?: TurnQuality;
}

/** Durable before an effect is run: whoever finds it without an `effect-done` knows that it may have happened. */
export interface EffectBegun {
  readonly type: "effect-begun";
  readonly person: PersonId;
  /** `<turn event>.<index of the action>` */
  readonly action: string;
  /** The same for the same effect in every telling: `<type>-<12 digits over scope, arguments and how often before>`. */
  readonly effect: string;
  /** Somebody was asked, and approved of it. */
  readonly approved?: true;
}

/** Durable before what came of an effect is told to anybody. */
export interface EffectDone {
  readonly type: "effect-done";
  readonly person: PersonId;
  readonly action: string;
  readonly effect: string;
  readonly how: EffectEnd;
  readonly outcome: Outcome;
}

/** Somebody came to hold something about a topic, or holds it otherwise than before. */
export interface StanceTaken {
  readonly type: "stance-taken";
  readonly person: PersonId;
  /** What it is about, as a claim. */
  readonly topic: string;
  readonly stance: "for" | "against" | "undecided";
  /** From 0, ready to give it up, to 1, not to be moved. */
  readonly firmness: number;
  /** The reason in the person's own words. */
  readonly because: string;
  /**
   * `persona`: they came with it; `first`: they held nothing on it before; `kept`: much as before; `cause`: changed, and
   * `causes` says by what; `none`: changed without any; `unjudged`: changed, in a language in which nobody can say.
   */
  readonly grounds: "persona" | "first" | "kept" | "cause" | "none" | "unjudged";
  /** What the person heard or perceived that may have moved them. */
  readonly causes: readonly EventId[];
  /** The stance that it takes the place of. */
  readonly before?: EventId;
}

/** What kind of event it is. */
export type EventType = EventBody["type"];

/** An event in its place: `id` is `<scope>#<ordinal>` and the same in every run of the same study. */
export type JournalEvent<B extends EventBody = EventBody> = B & {
  readonly id: EventId;
  /** Simulated time, ISO 8601, when the study has a calendar. */
  readonly time?: string;
};

/** What only those who watch see as it happens; none of it is kept as an event. */
export type LiveEvent =
  | { readonly type: "call-started"; readonly scope: string; readonly model: string }
  | {
      readonly type: "call-finished";
      readonly scope: string;
      readonly model: string;
      readonly usage: Usage;
      readonly origin: "model" | "journal" | "cache";
      /** US dollars, when the price is known. */
      readonly usd?: number;
    }
  | {
      readonly type: "call-failed";
      readonly scope: string;
      readonly model: string;
      readonly error: ErrorRecord;
      /** What it cost all the same, as far as that is known: an answer that cannot be used is paid for. */
      readonly usage?: Usage;
      readonly usd?: number;
      /** Set when the failure was served again: nothing was asked. */
      readonly origin?: "journal";
    }
  | {
      readonly type: "call-waiting";
      readonly scope: string;
      readonly model: string;
      readonly forMs: number;
      readonly reason: string;
    }
  /** The words of a TALK or THINK as they are produced; `restart` takes back what this turn streamed so far. */
  | {
      readonly type: "speaking";
      readonly person: PersonId;
      readonly name: string;
      readonly action: string;
      /** Which action of the turn it is, from 0. */
      readonly index: number;
      readonly target?: string;
      readonly text: string;
    }
  | { readonly type: "speaking-restarted"; readonly person: PersonId; readonly name: string }
  /** How far somebody is with a system under test. */
  | {
      readonly type: "visiting";
      /** Their name, and the system, goal and session that make it this visit. */
      readonly visitor: string;
      readonly system: string;
      readonly goal: string;
      readonly session: number;
      readonly moves: number;
      /** Moves that they may make. */
      readonly most: number;
      /** Their last move, in a line. */
      readonly did?: string;
      readonly isOver: boolean;
    }
  | { readonly type: "diverged"; readonly scope: string; readonly ordinal: number; readonly what: string }
  | {
      readonly type: "warning";
      readonly message: string;
      /** Told once a run, whoever has reason to say it again. */
      readonly once?: true;
    };

/** Everything that watchers are shown: what is journalled, and what is of the moment. */
export type SimulationEvent = JournalEvent | LiveEvent;
/** Hears every event as it happens. */
export type Listener = (event: SimulationEvent) => void;

/** One thing that happened, as a reader or a model is told it. */
export interface TranscriptEntry {
  /** The event, or `<event>.<index>` for an action of a turn: evidence points here. */
  readonly id: string;
  /** The world in which it happened. */
  readonly world?: WorldId;
  readonly step?: number;
  /** Simulated time, ISO 8601. */
  readonly time?: string;
  readonly kind: "stimulus" | "action" | "narration";
  /** TALK, THINK, CONVERSATION, … */
  readonly type: string;
  /** Who did it; absent when it came from outside. */
  readonly from?: string;
  readonly to: readonly string[];
  readonly text: string;
  /** The intervention that had all be told this: models are not told so. */
  readonly intervention?: string;
}
