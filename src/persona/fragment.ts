import { type Issue, TinyTroupeError } from "../kernel/values/errors.ts";
import { canonicalJson } from "../kernel/values/hash.ts";
import { deepFreeze, isRecord } from "./plain-data.ts";
import { type ParseOptions, type PartialPersona, type Persona, parsePartialPersona } from "./schema.ts";

/** A part of a persona, to be laid over others. */
export interface Fragment {
  readonly type: "Fragment";
  readonly persona: PartialPersona;
}

/** Who wins where both say something else about the same thing; `error` refuses instead. */
export type FragmentPolicy = "fragment" | "persona" | "error";

/**
 * Reads a fragment from untrusted data, `{type: "Fragment", persona}` or the bare part of a persona.
 * Throws PERSONA_INVALID with the dotted path of each issue.
 * @example
 * parseFragment({ beliefs: "Cash is king." }).persona.beliefs; // => ["Cash is king."]
 */
export function parseFragment(value: unknown, options: ParseOptions = {}): Fragment {
  return Object.freeze({ type: "Fragment", persona: parsePartialPersona(value, options) });
}

/**
 * Lays a fragment over a persona: lists take on what they do not hold yet, what is missing is added, objects merge key by key.
 * Both stay as they are. Where single values differ, the policy decides; the fragment wins by default, since whoever
 * lays it over means it to show (an error there would leave no way to change a scalar at all).
 * Policy `error` throws PERSONA_INVALID with every conflict.
 * @example
 * const frugal = parseFragment({ personality: { traits: ["You count every cent."] } });
 * layFragment(parsePersona({ name: "Lisa" }), frugal).personality?.traits; // => ["You count every cent."]
 */
export function layFragment(persona: Persona, fragment: Fragment, policy: FragmentPolicy = "fragment"): Persona {
  return deepFreeze(layValue(persona, fragment.persona, { policy })) as Persona;
}

/** One value laid over another as `layFragment` does; `at` is where it stands in a persona. */
export function layValue(
  base: unknown,
  addition: unknown,
  { policy, at = [] }: { readonly policy: FragmentPolicy; readonly at?: readonly string[] },
): unknown {
  const conflicts: Issue[] = [];
  const merged = merge(base, addition, { at, policy, conflicts });
  if (policy === "error" && conflicts.length > 0) throw conflicting(conflicts);
  return merged;
}

interface Place {
  readonly at: readonly string[];
  readonly policy: FragmentPolicy;
  readonly conflicts: Issue[];
}

function merge(base: unknown, addition: unknown, place: Place): unknown {
  if (base === undefined || base === null) return alone(addition, place);
  if (addition === undefined || addition === null) return structuredClone(base);
  if (Array.isArray(base)) return joined(base, Array.isArray(addition) ? addition : [addition]);
  if (isRecord(base) && isRecord(addition)) return mergeRecords(base, addition, place);
  if (canonicalJson(base) !== canonicalJson(addition)) {
    const message = `the persona says ${brief(base)}, the fragment ${brief(addition)}`;
    place.conflicts.push({ path: place.at.join("."), message });
  }
  return structuredClone(place.policy === "fragment" ? addition : base);
}

function alone(addition: unknown, place: Place): unknown {
  return isRecord(addition) ? mergeRecords({}, addition, place) : structuredClone(addition ?? undefined);
}

function mergeRecords(base: Record<string, unknown>, addition: Record<string, unknown>, place: Place): unknown {
  const keys = new Set([...Object.keys(base), ...Object.keys(addition)]);
  const own = (record: Record<string, unknown>, key: string) => (Object.hasOwn(record, key) ? record[key] : undefined);
  const entries = [...keys]
    .map((key) => [key, merge(own(base, key), own(addition, key), { ...place, at: [...place.at, key] })] as const)
    .filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries);
}

/** The list and what is new to it, each as it stands; equal is what is equal as JSON. */
function joined(list: readonly unknown[], additions: readonly unknown[]): unknown[] {
  const held = new Set(list.map(canonicalJson));
  return structuredClone([...list, ...additions.filter((item) => !held.has(canonicalJson(item)))]);
}

function brief(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

function conflicting(issues: readonly Issue[]): TinyTroupeError<"PERSONA_INVALID"> {
  const [first] = issues;
  return new TinyTroupeError(
    "PERSONA_INVALID",
    `The fragment contradicts the persona in ${issues.length} place(s), first in ${first?.path}: ${first?.message}.`,
    { data: { issues }, hint: 'Say who wins: layFragment(persona, fragment, "fragment" | "persona").' },
  );
}
