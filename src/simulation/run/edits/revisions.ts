import { isDeepStrictEqual } from "node:util";
import type { Action } from "../../../kernel/contracts/person.ts";
import type { Revisions as Revising } from "../../../kernel/contracts/told/revisions.ts";
import { checkFunction, checkKeys, type KeysOf } from "../../../kernel/text/known-keys.ts";
import { type Fragment, parseFragment } from "../../../persona/fragment.ts";
import { type InterventionEdit, type RunEdit, runEditKeys, type SaidEdit } from "./edit.ts";
import { createTargets, type Targets } from "./targets.ts";

/** All that is said otherwise in a run. */
export interface Revisions extends Revising {
  add(edit: RunEdit): void;
  personasOf(name: string): readonly (string | Fragment)[];
  /** TARGET_UNKNOWN for an edit of what never came. */
  checkTargets(): void;
}

const editKeys: KeysOf<InterventionEdit> = {
  ...{ of: true, when: true, claim: true, do: true, once: true, maxFirings: true, cooldown: true },
};
const saidKeys: KeysOf<SaidEdit> = { by: true, at: true, words: true, type: true };

/** What is added later is edited first: a fork of a fork edits what the first one says. */
export function createRevisions(): Revisions {
  const fragments: (readonly [name: string | undefined, string | Fragment])[] = [];
  const stimuli: NonNullable<RunEdit["stimulus"]>[] = [];
  const prompts: NonNullable<RunEdit["prompt"]>[] = [];
  const said: SaidEdit[] = [];
  const interventions: (readonly [name: string, false | InterventionEdit])[] = [];
  const targets = createTargets();
  return {
    add: (edit) => {
      checkEdit(edit);
      fragments.unshift(...fragmentsOf(edit));
      if (edit.stimulus !== undefined) stimuli.unshift(edit.stimulus);
      if (edit.prompt !== undefined) prompts.unshift(edit.prompt);
      said.unshift(...(edit.said ?? []));
      interventions.unshift(...Object.entries(edit.interventions ?? {}));
    },
    personasOf: (wanted) => {
      if (fragments.length > 0 || said.length > 0) targets.person(wanted);
      return fragments.flatMap(([name, fragment]) => (name === undefined || name === wanted ? [fragment] : []));
    },
    told: (stimulus) =>
      stimuli.reduce((so, change) => {
        const now = change(so);
        if (!isDeepStrictEqual(now, so)) targets.changed(change);
        return now;
      }, stimulus),
    done: (actions, turn) =>
      new Map(said.flatMap((edit) => (edit.by === turn.name ? spoken(actions, { edit, at: turn.at, targets }) : []))),
    rules: (text, name) =>
      prompts.reduce((so, change) => {
        const now = change(so, name);
        if (now !== so) targets.changed(change);
        return now;
      }, text),
    intervention: (given) => {
      targets.intervention(given.name);
      const edits = interventions.flatMap(([name, edit]) => (name === given.name ? [edit] : []));
      return edits.some((edit) => edit === false) ? undefined : edits.reduce(laidOver<typeof given>, given);
    },
    checkTargets: () =>
      targets.check({
        ...{ said, personas: fragments.flatMap(([name]) => name ?? []), prompts, stimuli },
        interventions: interventions.map(([name]) => name),
      }),
  };
}

function checkEdit(edit: RunEdit): void {
  checkKeys(edit, runEditKeys, "an edit");
  const { said = [], interventions = {} } = edit;
  checkFunction(edit.stimulus, "stimulus", "(stimulus) => ({ ...stimulus, content: '…' })");
  checkFunction(edit.prompt, "prompt", "(rules) => rules.replace('before', 'after')");
  for (const one of said) checkKeys(one, saidKeys, "an edit of what somebody said");
  for (const one of Object.values(interventions))
    if (one !== false) checkKeys(one, editKeys, "an edit of an intervention");
}

const fragmentsOf = ({ personas = {}, fragments = [] }: RunEdit) => [
  ...fragments.map((fragment) => [undefined, fragment] as const),
  ...Object.entries(personas).map(([name, fragment]) => [name, parseFragment(fragment)] as const),
];

interface Turn {
  readonly edit: SaidEdit;
  readonly at: string;
  readonly targets: Targets;
}

/** All that somebody says in a turn is one saying, to those for whom the first was. */
function spoken(
  actions: readonly Action[],
  { edit, at, targets }: Turn,
): readonly (readonly [number, Action | undefined])[] {
  const { words, type = "TALK" } = edit;
  const sayings = actions.flatMap((action, index) =>
    action.type === type && action.content !== undefined ? [[index, action] as const] : [],
  );
  if (sayings.length > 0) targets.said(edit, at);
  if (edit.at !== at) return [];
  return sayings.map(([index, action], place) => [index, place === 0 ? worded(action, words) : undefined]);
}

function worded(action: Action, content: string): Action {
  const { args } = action;
  const written = typeof args === "object" && args !== null && "content" in args;
  return { ...action, content, ...(written && { args: { ...args, content } }) };
}

function laidOver<I extends { readonly name: string }>(given: I, edits: false | InterventionEdit): I {
  const { claim, ...edit } = edits || {};
  if (claim === undefined) return { ...given, ...edit };
  const before = (given as { readonly claim?: InterventionEdit["claim"] }).claim;
  return { ...given, ...edit, claim: typeof claim === "string" ? claim : { ...claimFor(before, claim), ...claim } };
}

/** A claim is held to a truth or to bounds: what it is held to now takes the place of the other. */
function claimFor(
  before: InterventionEdit["claim"],
  { holds, atLeast, atMost }: { holds?: unknown; atLeast?: unknown; atMost?: unknown },
) {
  const {
    holds: truth,
    atLeast: low,
    atMost: high,
    ...rest
  } = typeof before === "string" ? { claim: before } : (before ?? {});
  const isBounded = atLeast !== undefined || atMost !== undefined;
  return {
    ...rest,
    ...(truth !== undefined && !isBounded && { holds: truth }),
    ...(low !== undefined && holds === undefined && { atLeast: low }),
    ...(high !== undefined && holds === undefined && { atMost: high }),
  };
}
