import type { ErrorRecord } from "../../values/errors.ts";
import type { PersonId } from "../../values/ids.ts";
import type { Verdict } from "../judging/verdict.ts";

/** What becomes of interventions. */
export type InterventionEvent =
  /** What was waited for holds: what an intervention does follows. */
  | {
      readonly type: "intervention-fired";
      readonly step: number;
      readonly intervention: string;
      /** Whom it is about, where that is one person. */
      readonly about?: PersonId;
      /** The how manieth time it is, from 1. */
      readonly firing: number;
      /** What its own condition said. */
      readonly reason?: string;
      /** What the judge said. */
      readonly evidence?: Verdict;
    }
  /** Nobody could judge whether an intervention is due. */
  | {
      readonly type: "intervention-failed";
      readonly step: number;
      readonly intervention: string;
      readonly about?: PersonId;
      readonly error: ErrorRecord;
    };
