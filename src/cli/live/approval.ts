import type { ApprovalQuestion, SimulationOptions } from "../../index.ts";
import type { Session } from "../session.ts";
import { harmless } from "../terminal/text.ts";
import type { LiveView } from "./view.ts";

/** What was said about effects on the command line. */
export interface ApprovalFlags {
  readonly approve?: readonly string[];
  readonly refuse?: readonly string[];
}

const argumentsShown = 400;

/** Who decides about effects: what was said beforehand, then whoever sits at the terminal; else the run stops to be asked. */
export function approvalOptions(
  session: Session,
  { approve = [], refuse = [] }: ApprovalFlags,
  view: LiveView | undefined,
): Pick<SimulationOptions, "approve" | "approvals"> {
  const said = (names: readonly string[], answer: boolean) => names.map((name) => [name, answer] as const);
  const approvals = Object.fromEntries([...said(approve, true), ...said(refuse, false)]);
  if (!session.interactive || session.json) return { approvals };
  return {
    approvals,
    approve: (question) => {
      view?.rest();
      return session.confirm(questionText(question));
    },
  };
}

/** What somebody who decides has to know. */
function questionText({ person, type, args, earlier }: ApprovalQuestion): string {
  const written = JSON.stringify(args) ?? "";
  const shown = written.length > argumentsShown ? `${written.slice(0, argumentsShown)} …` : written;
  const begun = earlier === "begun" ? " It was begun before, and may have happened already." : "";
  return harmless(`${person} wants to ${type} ${shown}.${begun} May that happen?`);
}

/** The same words once more, for the command that goes on with a run. */
export function approvalWords({ approve = [], refuse = [] }: ApprovalFlags): readonly string[] {
  return [...approve.flatMap((what) => ["--approve", what]), ...refuse.flatMap((what) => ["--refuse", what])];
}

/** The values of a flag that can be given several times. */
export function collected(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
