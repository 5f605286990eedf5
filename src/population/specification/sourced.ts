import type { Specification } from "./schema.ts";

/** What may say where its figures come from. */
interface Sourced {
  readonly source?: string | undefined;
  readonly unverified?: boolean | undefined;
}

/**
 * The specification with `unverified: true` on all figures that nobody has checked: those without a source, and those
 * of a source in which nobody is said to have looked (`opened`), unless they say `unverified: false` themselves.
 */
export function withUnverified(specification: Specification): Specification {
  const { sources = {}, dimensions, joints, conditionals, households } = specification;
  const mark = <T extends Sourced>(part: T): T => {
    const opened = part.source !== undefined && sources[part.source]?.opened !== undefined;
    return part.unverified !== undefined || opened ? part : { ...part, unverified: true };
  };
  const marked = Object.entries(dimensions).map(([id, one]) => [id, one.kind === "free" ? one : mark(one)] as const);
  return {
    ...specification,
    dimensions: Object.fromEntries(marked),
    ...(joints && { joints: joints.map(mark) }),
    ...(conditionals && { conditionals: conditionals.map(mark) }),
    ...(households && { households: mark(households) }),
  };
}

/**
 * What of a specification rests on figures that nobody has checked against a source, in words.
 * @example
 * const dimensions = { sex: { kind: "categorical", shares: { female: 51, male: 49 } } };
 * unverifiedIn(parseSpecification({ specification: 1, name: "buyers", dimensions })); // => ["sex"]
 */
export function unverifiedIn({ dimensions, joints, conditionals, households }: Specification): readonly string[] {
  const single = Object.entries(dimensions).flatMap(([id, one]) => (one.kind !== "free" && one.unverified ? [id] : []));
  const tables = (joints ?? []).flatMap(({ of, unverified }) => (unverified ? [of.join(" × ")] : []));
  const rows = (conditionals ?? []).flatMap(({ of, rows: given, unverified }) => {
    const on = [...new Set(given.flatMap(({ when }) => Object.keys(when)))];
    return unverified ? [`${of} by ${on.join(", ")}`] : [];
  });
  return [...single, ...tables, ...rows, ...(households?.unverified ? ["households"] : [])];
}
