import type { TranscriptEntry } from "../kernel/contracts/events.ts";
import { TinyTroupeError } from "../kernel/values/errors.ts";

/** What is judged: what happened, and what somebody is about to do, which is judged alone where there is any. */
export interface Judged {
  /** Whom it is about: a person or a world, by name. */
  readonly subject: string;
  readonly record: readonly TranscriptEntry[];
  readonly draft: readonly TranscriptEntry[];
}

/** A claim about what somebody said and did. */
export interface Proposition {
  /** Lower-case words joined by hyphens, as in `self-consistency`; the verdict is found under it. */
  readonly name: string;
  /** What is claimed, so that it can be found true or false of any record. */
  readonly claim: string;
  /** `score`: how true it is, from 0 to 9; `truth`: whether it is. */
  readonly answer: "score" | "truth";
  /** The judge has to know who the people are. */
  readonly needsPersona?: boolean;
  /** Where it does not hold, nobody is asked, and the verdict says `inapplicable`. */
  readonly precondition?: (judged: Judged) => boolean;
}

const named = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

/** The propositions, each with a name of its own and a claim; OPTION_INVALID otherwise. */
export function checkedPropositions(propositions: readonly Proposition[]): readonly Proposition[] {
  const names = propositions.map((proposition) => proposition.name);
  for (const [place, { name, claim }] of propositions.entries()) {
    if (!named.test(name))
      throw invalid(name, "Name it in lower-case words joined by hyphens, as in self-consistency.");
    if (names.indexOf(name) < place) throw invalid(name, "Give each proposition a name of its own.");
    if (claim.trim() === "") throw invalid(name, "Say in a sentence what is claimed.");
  }
  return propositions;
}

function invalid(name: string, hint: string): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", `The proposition '${name}' cannot be judged.`, {
    data: { option: "propositions", value: name },
    hint,
  });
}
