import type { ErrorRecord, Issue } from "../values/errors.ts";
import type { EventId, PersonId } from "../values/ids.ts";
import type { Verdict } from "./judging/verdict.ts";
import type { Part, Usage } from "./model.ts";

/** What kind of thing a person perceives. */
export type StimulusType =
  | "CONVERSATION"
  | "SOCIAL"
  | "LOCATION"
  | "VISUAL"
  | "THOUGHT"
  | "INTERNAL_GOAL_FORMULATION"
  | "FEEDBACK";

/** What a person perceives. */
export interface Stimulus {
  readonly type: StimulusType;
  readonly content: string;
  /** Who it comes from, by name; absent when nobody in particular. */
  readonly source?: string;
  readonly images?: readonly Extract<Part, { type: "image" }>[];
  /** The world's event that brought it, when a world did. */
  readonly via?: EventId;
  /** What its words quote, by location: whoever purges it from a memory takes the words out as well. */
  readonly quotes?: readonly string[];
}

/** What a person does. Faculties add types with arguments of their own. */
export interface Action {
  readonly type: string;
  readonly content?: string;
  /** Whom it is for, by name. */
  readonly target?: string;
  readonly args?: unknown;
}

/** What came of an action, as the person is told it; it is kept in the journal. */
export interface Outcome {
  readonly text: string;
  /** Set when the action could not be done. */
  readonly failed?: ActionFailure;
  readonly artefacts?: readonly Artefact[];
  /** What it quotes, by location: whoever purges it from a memory takes what the person was told out as well. */
  readonly sources?: readonly string[];
}

/** Why an action could not be done: `code` in upper case, as in `SOLD_OUT`, and what is wrong with its arguments. */
export interface ActionFailure {
  readonly code: string;
  readonly issues?: readonly Issue[];
}

/** Something that an action made, as a file. */
export interface Artefact {
  readonly name: string;
  /** Relative to the folder that it was exported to, parts joined by `/`. */
  readonly file: string;
  readonly mediaType: string;
  readonly bytes: number;
  /** SHA-256 of its bytes, in hexadecimal. */
  readonly digest: string;
}

/** An action of a turn, and what came of it. */
export interface ActionOutcome {
  /** `<turn event>.<index of the action>` */
  readonly action: string;
  readonly type: string;
  readonly outcome: Outcome;
  readonly how: EffectEnd;
}

/**
 * How an effect ended. `run`: it was done, well or not. `simulated`: nothing happened. `refused`: it was not approved
 * of, or is somebody else's. `unsure`: it was begun by a process that was killed, and nobody knows what came of it.
 */
export type EffectEnd = "run" | "simulated" | "refused" | "unsure";

/** What is on a person's mind; the model writes it, and reads it in the next turn. */
export interface CognitiveState {
  readonly goals?: string;
  readonly context?: readonly string[];
  readonly attention?: string;
  readonly emotions?: string;
}

/**
 * Why a turn ended: the person said DONE; the action cap; nothing new to react to; stopped by a policy of the person
 * (repetition; quality, when nothing that was judged is left of it); the answer had no DONE but was complete.
 */
export type StopReason = "done" | "cap" | "idle" | "repetition" | "quality" | "complete";

/** All that a person did between stimuli and DONE. */
export interface Turn {
  readonly person: PersonId;
  readonly name: string;
  /** The journal's event, absent for an idle turn. Its n-th action is `<event>.<n>`. */
  readonly event?: EventId;
  readonly actions: readonly Action[];
  readonly state: CognitiveState;
  readonly stop: StopReason;
  readonly usage: Usage;
  readonly warnings: readonly string[];
  /** What came of its effects, in their order; absent when it had none. */
  readonly outcomes?: readonly ActionOutcome[];
  readonly heuristic?: true;
  /** What became of its check, where the person's quality is looked after and there was text to look at. */
  readonly quality?: TurnQuality;
}

/** What rules found in a draft, without any model. */
export interface QualityFinding {
  readonly check: "duplicate" | "repetition" | "leaked-instructions" | "broken-character" | "parroted-persona";
  /** The index of the action in the draft; absent for what the draft has no longer. */
  readonly action?: number;
  /** The words that gave it away. */
  readonly words: string;
}

/** One draft of a turn, as it was looked at. */
export interface DraftReview {
  readonly by: "turn" | "regenerate" | "rewrite";
  readonly passed: boolean;
  readonly findings: readonly QualityFinding[];
  /** None where rules had refused the draft already, or nobody could judge. */
  readonly verdicts: readonly Verdict[];
  /** Why there is no verdict though one was wanted. */
  readonly unjudged?: string;
}

/**
 * What became of a turn that was looked at: it passed at the first try, was repaired, was taken though it failed,
 * lost what failed (dropped), or could not be judged.
 */
export interface TurnQuality {
  readonly outcome: "passed" | "repaired" | "failed" | "dropped" | "unjudged";
  /** Oldest first. Their words are not kept, but for those that are quoted. */
  readonly drafts: readonly DraftReview[];
  /** What judging and repairing took. */
  readonly calls: number;
  readonly usage: Usage;
  /** A judge without language gave the verdicts. */
  readonly heuristic?: true;
}

/** How a person is to act: how much, with whom in reach, until when. */
export interface ActOptions {
  readonly signal?: AbortSignal;
  /** What to do when nothing was perceived since the last turn. Default `skip`. */
  readonly idle?: "skip" | "ask";
  readonly maxActions?: number;
  /** Who can be reached now, by name; a world says it. */
  readonly reachable?: readonly Reachable[];
  /** How many more can be reached whom `reachable` does not name: a crowd is not listed. */
  readonly alsoReachable?: number;
  /** The step of a world in which they act, as in `focus-group/3`; the ledger counts by it. */
  readonly step?: string;
  /** What the program calls it, as in `warming up`; the ledger counts by it. */
  readonly label?: string;
}

/** Somebody whom a person can address now. */
export interface Reachable {
  readonly name: string;
  readonly relation?: string;
}

/** What others perceive of something that a person did, beside words; a world brings it to those in reach. */
export interface Notice {
  /** By name; the person's own name for what they learn of it themselves. */
  readonly to: readonly string[];
  readonly content: string;
}

/** A time that was not played (ISO 8601). */
export interface Gap {
  readonly from: string;
  readonly to: string;
}

/** What a world knows of a person. */
export interface Actor {
  readonly id: PersonId;
  readonly name: string;
  /** Whom they are a fork of: nobody meets a fork. */
  readonly forkOf?: PersonId | undefined;
  observe(...stimuli: readonly Stimulus[]): void;
  act(options?: ActOptions): Promise<Turn>;
  /** Puts the person into these circumstances; who cannot be put anywhere perceives them as a LOCATION instead. */
  changeContext?(context: readonly string[]): void;
  /** Brings the person to a place, which they perceive. */
  moveTo?(location: string): void;
  /** The turn has its place in the story: what it changes for others takes effect, and they are told. Once a turn. */
  settle?(turn: Turn): readonly Notice[];
  /** What is new to them: the next turn reacts to it. */
  readonly pending?: readonly Stimulus[];
  /** Where they are; those who are nowhere are there together. */
  readonly location?: string | undefined;
  /** What they care about, in a few words each. */
  readonly interests?: readonly string[];
  /** What they do regularly, as their persona says it. */
  readonly routines?: readonly string[];
  /** Says what they did in a time that was not played, and remembers it. */
  liveThrough?(gap: Gap, call: Pick<ActOptions, "step" | "label" | "signal">): Promise<void>;
}

/** What became of one person in one step of a world: a turn, or why there is none. */
export type StepOutcome =
  | { readonly person: PersonId; readonly name: string; readonly turn: Turn }
  | { readonly person: PersonId; readonly name: string; readonly error: ErrorRecord };
