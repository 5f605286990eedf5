import { TinyTroupeError } from "../../../kernel/values/errors.ts";
import type { Family } from "../figures/family.ts";
import type { Figures } from "../figures/figures.ts";
import type { Levels } from "../levels/levels.ts";
import { mostCells, type Table, tablesOf } from "../tree/tables.ts";
import type { Clique } from "../tree/tree.ts";
import { minimalConflict } from "./minimal.ts";
import { type Program, programOf } from "./program.ts";
import { canBeMet, leastMiss, misses } from "./question.ts";

/** What of a figure had to give way to others. */
export interface GivenWay {
  readonly part: string;
  readonly about: string;
  readonly value: string;
  /** The share that the specification says, and the one that is aimed at. */
  readonly target: number;
  readonly aim: number;
}

/** Figures that can be met together, and what gave way for that. */
export interface Reconciled {
  readonly families: readonly Family[];
  readonly gave: readonly GivenWay[];
}

/** What is asked of the solver. */
export interface Reconciling {
  readonly cliques: readonly Clique[];
  readonly size: number;
  /** By how much a figure may give way to others, as a share of all people. */
  readonly tolerance: number;
}

/**
 * Figures that do not fit together exactly, as published shares that are rounded hardly ever do, give way to each
 * other, the worst of them as little as possible, by no more than the tolerance. Where that is not enough it throws
 * SPECIFICATION_CONFLICT with a smallest set of parts that contradict each other.
 */
export async function reconcile(figures: Figures, { cliques, size, tolerance }: Reconciling): Promise<Reconciled> {
  const tables = unrestricted(figures, cliques);
  const parts = partsOf(figures);
  const all = new Set(parts);
  const program = await programOf(tables, figures.families, figures.exclusions);
  try {
    if (canBeMet(program, { parts: all, most: 0 })) return { families: figures.families, gave: [] };
    const most = leastMiss(program, { parts: all });
    if (most === undefined || most > tolerance) {
      const conflict = minimalConflict(parts, (some) => canBeMet(program, { parts: some, most: tolerance }));
      throw conflictError(figures, { program, conflict, size, all });
    }
    // A little more than needed, so that the distribution keeps room to be even.
    return aimed(figures, program, misses(program, { parts: all, most: most * 1.01 + 1e-7 }) ?? []);
  } finally {
    program.model.dispose();
  }
}

/** All parts, those first that are looked for first as the cause: what was said on purpose before what is merely so. */
function partsOf({ families, exclusions }: Figures): readonly string[] {
  const kinds = ["quota", "joint", "conditional", "margin"] as const;
  const [quotas = [], ...others] = kinds.map((kind) => families.filter((family) => family.kind === kind));
  return [...new Set([...quotas, ...exclusions, ...others.flat()].map(({ part }) => part))];
}

/** The tables with all of their cells: which of them count is a question of the parts that are asked about. */
function unrestricted(figures: Figures, cliques: readonly Clique[]): readonly Table[] {
  const open = figures.levels.map((levels): Levels => ({ ...levels, shares: new Float64Array(levels.size).fill(1) }));
  const tables = tablesOf(cliques, { levels: open, exclusions: [] });
  if (tables === undefined) throw tooLarge(figures, cliques);
  return tables;
}

/** Too many combinations of dimensions that depend on each other, and which parts tie them together. */
export function tooLarge(figures: Figures, cliques: readonly Clique[]): TinyTroupeError<"OPTION_INVALID"> {
  const { levels, families, exclusions } = figures;
  const sizeOf = (place: number): number => levels[place]?.size ?? 1;
  const cells = ({ dimensions }: Clique): number => dimensions.reduce((product, one) => product * sizeOf(one), 1);
  const { dimensions } = cliques.reduce((most, one) => (cells(one) > cells(most) ? one : most));
  const within = new Set(dimensions);
  const tied = [...families, ...exclusions].filter(
    ({ scope }) => scope.dimensions.length > 1 && scope.dimensions.every((one) => within.has(one)),
  );
  const parts = new Map(tied.map((one) => [one.part, "about" in one ? one.about : one.words]));
  const named = [...parts].slice(0, mostNamed).map(([part, about]) => `${part} (${about})`);
  const more = parts.size > mostNamed ? ` and ${parts.size - mostNamed} more` : "";
  const sizes = dimensions.map((one) => `${levels[one]?.id} (${sizeOf(one)})`).join(" × ");
  return new TinyTroupeError(
    "OPTION_INVALID",
    `Dimensions that depend on each other have more than ${mostCells.toLocaleString("en")} combinations in one table: ${sizes}. Tied together by ${named.join(", ")}${more}.`,
    {
      data: { option: "specification", value: [...parts.keys()] },
      hint: "Give the largest of these dimensions wider bands or fewer values, or leave out one of these parts, or a dimension of it.",
    },
  );
}

function aimed(figures: Figures, { figures: rows }: Program, missed: readonly number[]): Reconciled {
  const gave: GivenWay[] = [];
  const aims = new Map<Family, Float64Array>();
  for (const [at, { family, index }] of rows.entries()) {
    const miss = missed[at] ?? 0;
    if (Math.abs(miss) < 1e-9) continue;
    const low = aims.get(family) ?? family.low.slice();
    const target = low[index] as number;
    low[index] = Math.max(0, target + miss);
    aims.set(family, low);
    const { part, about, labels } = family;
    gave.push({ part, about, value: labels[index] ?? "", target, aim: low[index] });
  }
  const families = figures.families.map((family) => {
    const low = aims.get(family);
    return low === undefined ? family : { ...family, low, high: low, target: family.low };
  });
  return { families, gave };
}

interface Conflicting {
  readonly program: Program;
  readonly conflict: readonly string[];
  readonly size: number;
  readonly all: ReadonlySet<string>;
}

function conflictError(
  figures: Figures,
  { program, conflict, size }: Conflicting,
): TinyTroupeError<"SPECIFICATION_CONFLICT"> {
  const words = conflict.map((part) => partWords(figures, part, size));
  const quotas = conflict.some((part) => part.startsWith("quotas."));
  const message = [
    `The specification cannot be met${quotas ? ` by ${size} people` : ""}. These parts contradict each other:`,
    ...words.map((line) => `  ${line}`),
  ].join("\n");
  const near = nearest(program, new Set(conflict));
  const hint =
    near === undefined
      ? "Change one of them: without any one of them the others can be met."
      : `Change one of them. Shares that would fit: ${near}.`;
  return new TinyTroupeError("SPECIFICATION_CONFLICT", message, { data: { parts: conflict }, hint });
}

const mostNamed = 6;

/** The shares of single dimensions with which all else that contradicts itself would be met. */
function nearest(program: Program, parts: ReadonlySet<string>): string | undefined {
  const most = leastMiss(program, { parts, marginsOnly: true });
  if (most === undefined) return undefined;
  const found = misses(program, { parts, most: most * 1.000_001 + 1e-9, marginsOnly: true }) ?? [];
  const moved = new Set(
    program.figures.flatMap(({ family }, at) =>
      family.kind === "margin" && Math.abs(found[at] ?? 0) > 5e-4 ? [family] : [],
    ),
  );
  const texts = [...moved].map((family) => {
    const shares = program.figures.flatMap((one, at) => {
      if (one.family !== family) return [];
      return [`${family.labels[one.index]} ${percent((family.low[one.index] as number) + (found[at] ?? 0))}`];
    });
    return `${family.about} ${shares.join(", ")}`;
  });
  return texts.length === 0 ? undefined : texts.join("; ");
}

const percent = (share: number): string => `${Number((100 * share).toFixed(1))} %`;

/** `dimensions.age: up to 17 20 %, …`, so that one can see what is meant without opening the file. */
function partWords({ families, exclusions }: Figures, part: string, size: number): string {
  const own = families.filter((family) => family.part === part);
  const texts = own.slice(0, 3).map(({ about, labels, low, high, rule }) => {
    const people = (share: number): string => String(Math.round(share * size));
    if (rule === "bounds") {
      const [least = 0, most = 0] = [low[0], high[0]];
      return `${labels[0]}: ${people(least)}${most === least ? "" : ` to ${people(most)}`} people`;
    }
    const shares = labels.flatMap((label, index) =>
      label === "any other" ? [] : [`${label} ${percent(low[index] as number)}`],
    );
    const shown = shares.length > mostNamed ? [...shares.slice(0, mostNamed), "…"] : shares;
    return `${about}: ${shown.join(", ")}`;
  });
  const reasons = exclusions.flatMap((one) => (one.part === part ? [one.words] : []));
  return `${part} (${[...texts, ...new Set(reasons)].join("; ")}${own.length > 3 ? "; …" : ""})`;
}
