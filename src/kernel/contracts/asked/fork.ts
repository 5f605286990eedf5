import type { PersonId } from "../../values/ids.ts";
import type { Subject } from "../context.ts";
import type { Faculty } from "../faculty.ts";
import type { ActOptions, Stimulus, Turn } from "../person.ts";
import type { Respondent } from "./respondent.ts";

/** Somebody of whom there can be another who is as they are, to be asked and shown things without their knowing. */
export interface Forkable extends Respondent {
  /** Who they are, as data. */
  readonly persona: unknown;
  /**
   * Who they are at this moment, under a name of its own in the run: what becomes of the fork never reaches them. The
   * second of one name is `<name>:2`, in the order of the calls. Waits for the turn that is being taken.
   */
  fork(name: string, options?: ForkOptions): Promise<Fork>;
}

/** What a fork of somebody is for. */
export interface ForkOptions {
  /** What the fork can do besides. */
  readonly faculties?: readonly Faculty[];
  /** All that it will be asked and shown, as data: it is part of the name, which then does not depend on who else is forked when. */
  readonly asking?: unknown;
}

/**
 * A person as they were when they were forked, who goes on alone: they remember what they are asked, and are heard by
 * nobody. What they do to others is simulated.
 */
export interface Fork extends Forkable, Subject {
  /** `lisa/interview` */
  readonly id: PersonId;
  readonly forkOf: PersonId | undefined;
  observe(...stimuli: readonly Stimulus[]): void;
  act(options?: ActOptions): Promise<Turn>;
  listenAndAct(speech: string, source?: string, options?: ActOptions): Promise<Turn>;
}
