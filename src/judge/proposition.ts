import type { TranscriptEntry } from "../kernel/contracts/events.ts";
import { TinyTroupeError } from "../kernel/values/errors.ts";
import { checkVariables } from "./claim.ts";
import { checkWindow, type Section, type Window } from "./reading/window.ts";

/** What is judged: what happened, and what somebody is about to do, which is judged alone where there is any. */
export interface Judged {
  /** Whom it is about: a person or a world, by name. */
  readonly subject: string;
  readonly record: readonly TranscriptEntry[];
  readonly draft: readonly TranscriptEntry[];
  /** Whose record begins at which entry, and what was left out before it; one, and nothing, when absent. */
  readonly sections?: readonly Section[];
}

/** A claim about what somebody said and did. */
export interface Proposition {
  /** Lower-case words joined by hyphens, as in `self-consistency`; the verdict is found under it. */
  readonly name: string;
  /** What is claimed, so that it can be found true or false of any record; `{names}` in braces are filled in. */
  readonly claim: string;
  /** What the names in the claim's braces stand for; see `fillClaim`. */
  readonly variables?: Readonly<Record<string, string>>;
  /** `score`: how true it is, from 0 to 9; `truth`: whether it is. */
  readonly answer: "score" | "truth";
  /** What some of the scores mean here, by score; the others lie between. */
  readonly anchors?: Readonly<Record<number, string>>;
  /** The judge has to know who the people are. */
  readonly needsPersona?: boolean;
  /** Which entries are judged, unless the one who asks says otherwise. Default: all. */
  readonly window?: Window;
  /** Where it does not hold, nobody is asked, and the verdict says `inapplicable`. */
  readonly precondition?: (judged: Judged) => boolean;
  /** Decides it in code, so that no model is asked; undefined where nothing bears on it. */
  readonly decide?: (judged: Judged) => Decision | undefined;
}

/** What code finds of a claim; true is a score of 9, and false of 0. */
export interface Decision {
  readonly holds: boolean;
  readonly why: string;
  /** On which it rests; at least one. */
  readonly evidence: readonly TranscriptEntry[];
}

const named = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

/** The propositions, each with a name of its own, a claim and variables that are filled; OPTION_INVALID otherwise. */
export function checkedPropositions(propositions: readonly Proposition[]): readonly Proposition[] {
  const names = propositions.map((proposition) => proposition.name);
  for (const [place, proposition] of propositions.entries()) {
    const { name, claim, anchors = {}, window = {} } = proposition;
    if (!named.test(name))
      throw invalid(name, "Name it in lower-case words joined by hyphens, as in self-consistency.");
    if (names.indexOf(name) < place) throw invalid(name, "Give each proposition a name of its own.");
    if (claim.trim() === "") throw invalid(name, "Say in a sentence what is claimed.");
    if (Object.keys(anchors).some((score) => !/^[0-9]$/.test(score)))
      throw invalid(name, "Anchors are whole scores from 0 to 9.");
    checkVariables(proposition);
    checkWindow(window);
  }
  return propositions;
}

function invalid(name: string, hint: string): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", `The proposition '${name}' cannot be judged.`, {
    data: { option: "propositions", value: name },
    hint,
  });
}
