import { TinyTroupeError } from "../../../kernel/values/errors.ts";
import type { RunEdit, SaidEdit } from "./edit.ts";

/** What edits are of, as it came in a run: an edit of what never came would look like one that makes no difference. */
export interface Targets {
  /** Somebody of this name entered. */
  person(name: string): void;
  /** Somebody of whom this is an edit said something there. */
  said(edit: SaidEdit, at: string): void;
  /** This edit changed what somebody was told, or somebody's rules. */
  changed(edit: Changing): void;
  intervention(name: string): void;
  /** TARGET_UNKNOWN for an edit of what never came. */
  check(edits: Edited): void;
}

interface Edited {
  /** Names of people. */
  readonly personas: readonly string[];
  readonly said: readonly SaidEdit[];
  readonly interventions: readonly string[];
  readonly prompts: readonly Changing[];
  readonly stimuli: readonly Changing[];
}

/** What changes what it is given, or not. */
type Changing = NonNullable<RunEdit["prompt"] | RunEdit["stimulus"]>;

export function createTargets(): Targets {
  const people = new Set<string>();
  const places = new Map<SaidEdit, Set<string>>();
  const interventions = new Set<string>();
  const changing = new Set<Changing>();
  return {
    person: (name) => void people.add(name),
    said: (edit, at) => void places.set(edit, (places.get(edit) ?? new Set()).add(at)),
    changed: (edit) => void changing.add(edit),
    intervention: (name) => void interventions.add(name),
    check: ({ personas, said, interventions: edited, prompts, stimuli }) => {
      for (const name of personas) if (!people.has(name)) throw nobodyEdited(name, [...people]);
      for (const edit of said) {
        const known = places.get(edit) ?? new Set();
        if (known.size === 0 && !people.has(edit.by)) throw nobodyEdited(edit.by, [...people]);
        if (!known.has(edit.at)) throw unsaid(edit, [...known]);
      }
      for (const name of edited) if (!interventions.has(name)) throw noIntervention(name, [...interventions]);
      if (prompts.some((edit) => !changing.has(edit))) throw unprompted();
      if (stimuli.some((edit) => !changing.has(edit))) throw untold();
    },
  };
}

function unsaid({ by, at, type = "TALK" }: SaidEdit, known: readonly string[]): TinyTroupeError<"TARGET_UNKNOWN"> {
  const some = known.length > 12 ? [...known.slice(0, 11), "…", known.at(-1)] : known;
  const where = known.length === 0 ? "They did nowhere in the run." : `They did at: ${some.join(", ")}.`;
  const what = type === "TALK" ? "said nothing" : `did no ${type}`;
  return new TinyTroupeError("TARGET_UNKNOWN", `The edit is of what ${by} said at ${at}, and they ${what} there.`, {
    data: { target: at, known },
    hint: where,
  });
}

/** What is said of an edit of an intervention that there is not. */
export function noIntervention(name: string, known: readonly string[]): TinyTroupeError<"TARGET_UNKNOWN"> {
  return new TinyTroupeError(
    "TARGET_UNKNOWN",
    `The edit is of the intervention '${name}', and there was none so called.`,
    {
      data: { target: name, known },
      hint: known.length === 0 ? "The study has none." : `There are: ${known.join(", ")}.`,
    },
  );
}

function unprompted(): TinyTroupeError<"TARGET_UNKNOWN"> {
  return new TinyTroupeError("TARGET_UNKNOWN", "The edit of the prompt changed nobody's rules.", {
    data: { target: "prompt", known: [] },
    hint: "Use whole names, and words that stand in the rules: `tinytroupe step` shows what somebody's model reads.",
  });
}

function untold(): TinyTroupeError<"TARGET_UNKNOWN"> {
  return new TinyTroupeError("TARGET_UNKNOWN", "The edit of what people are told changed none of it.", {
    data: { target: "stimulus", known: [] },
    hint: "Use words that stand there, letter by letter: `tinytroupe runs transcript` shows what people were told.",
  });
}

function nobodyEdited(name: string, known: readonly string[]): TinyTroupeError<"TARGET_UNKNOWN"> {
  return new TinyTroupeError("TARGET_UNKNOWN", `The edit is of ${name}, and nobody so called came into the run.`, {
    data: { target: name, known },
    hint: `Use a whole name: ${known.join(", ")}.`,
  });
}
