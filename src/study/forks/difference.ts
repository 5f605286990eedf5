import type { ModelSpec } from "../../model/open.ts";
import type { RunEdit } from "../../simulation/run/edits/edit.ts";
import type { Simulation } from "../../simulation/simulation.ts";

/** What a fork does otherwise than the run that it comes from. */
export interface Difference {
  /** The place at which it parts: `room/3`, before the third step of the world `room`, or the label of a checkpoint. */
  readonly at?: string;
  /** Called and waited for when the run has come to that place: tells people something, moves, changes, adds or removes them. */
  readonly change?: (simulation: Simulation) => unknown;
  /** What the study says by itself, said otherwise from the beginning. */
  readonly edit?: Edit;
  /** What is different, as plain data: it is kept with the run, and something else under the same name is refused. */
  readonly described?: Readonly<Record<string, unknown>>;
}

/** What the study says by itself, said otherwise. */
export interface Edit extends RunEdit {
  readonly model?: ModelSpec;
  readonly seed?: number | string;
}
