import type { Dimension } from "../schema.ts";
import { type Findings, meant } from "./findings.ts";
import { bandLabel } from "./values.ts";

type Numeric = Extract<Dimension, { kind: "numeric" }>;
type NumericBand = NonNullable<Numeric["bands"]>[number];

/** What is wrong with the figures of the dimensions, and with where they are said to come from. */
export function checkFigures(findings: Findings): void {
  const places = new Map<string, string>();
  for (const [id, dimension] of Object.entries(findings.specification.dimensions)) {
    const path = ["dimensions", id];
    if (dimension.kind !== "free") checkSource(findings, dimension, path);
    if (dimension.kind === "numeric") checkNumeric(findings, dimension, path);
    const { persona } = dimension;
    const other = persona === undefined ? undefined : places.get(persona);
    if (other !== undefined) findings.add([...path, "persona"], `'${other}' has this place in the persona already.`);
    else if (persona !== undefined) places.set(persona, id);
  }
}

/** Whether a source is one of those that are listed, and nothing is called verified without one. */
export function checkSource(
  findings: Findings,
  { source, unverified }: { readonly source?: string | undefined; readonly unverified?: boolean | undefined },
  path: readonly (string | number)[],
): void {
  const known = Object.keys(findings.specification.sources ?? {});
  if (source === undefined && unverified === false)
    findings.add([...path, "unverified"], "Only what has a source can be verified: name it in `source`.");
  if (source === undefined || known.includes(source)) return;
  const others = known.length === 0 ? " List it in `sources`." : meant(source, known);
  findings.add([...path, "source"], `There is no source '${source}'.${others}`);
}

function checkNumeric(findings: Findings, dimension: Numeric, path: readonly string[]): void {
  const { bands } = dimension;
  const fault = rangeFault(dimension);
  if (fault !== undefined) findings.add([...path, ...fault.at], fault.message);
  else if (bands !== undefined) checkBands(findings, { dimension, bands, path });
}

/** What is wrong with the range of a numeric dimension, or with the distribution over it. */
function rangeFault({ from, to, bands, distribution }: Numeric): { at: string[]; message: string } | undefined {
  if (from !== undefined && to !== undefined && from > to) return { at: ["from"], message: `${from} is above ${to}.` };
  if (bands !== undefined) return undefined;
  const bounded = from !== undefined && to !== undefined;
  if (distribution === undefined)
    return bounded ? undefined : { at: [], message: "This needs `bands`, or `from` and `to`, or a `distribution`." };
  const { name } = distribution;
  if (!bounded && (name === "uniform" || name === "triangular" || name === "beta"))
    return { at: ["distribution"], message: `A ${name} distribution needs \`from\` and \`to\` beside it.` };
  const outside = name === "triangular" && bounded && (distribution.mode < from || distribution.mode > to);
  return outside
    ? { at: ["distribution", "mode"], message: `${distribution.mode} is not between ${from} and ${to}.` }
    : undefined;
}

interface Banded {
  readonly dimension: Numeric;
  readonly bands: readonly NumericBand[];
  readonly path: readonly string[];
}

function checkBands(findings: Findings, { dimension, bands, path }: Banded): void {
  const at = (place: number, ...rest: readonly string[]): readonly (string | number)[] => [
    ...path,
    "bands",
    place,
    ...rest,
  ];
  const { integer = true } = dimension;
  const labels = new Set<string>();
  for (const [place, band] of bands.entries()) {
    if (band.from > band.to) findings.add(at(place, "from"), `${band.from} is above ${band.to}.`);
    const broken = [band.from, band.to].find((bound) => integer && !Number.isInteger(bound));
    if (broken !== undefined)
      findings.add(at(place), `${broken} is no whole number. Write whole ones, or \`integer: false\` above.`);
    const label = bandLabel(band);
    if (labels.has(label)) findings.add(at(place), `There is a band '${label}' already.`);
    labels.add(label);
  }
  if (bands.every(({ share }) => share === 0)) findings.add([...path, "bands"], noShare);
  checkNeighbours(findings, { dimension, bands, path });
}

export const noShare = "At least one share must be above zero.";

/** Each band begins where the one below it ends, and the range is theirs. */
function checkNeighbours(findings: Findings, { dimension, bands, path }: Banded): void {
  const { integer = true, from, to } = dimension;
  const sorted = [...bands.entries()].sort(([, one], [, other]) => one.from - other.from || one.to - other.to);
  for (const [rank, [place, band]] of sorted.entries()) {
    const below = sorted[rank - 1]?.[1];
    if (below === undefined) continue;
    const expected = integer ? below.to + 1 : below.to;
    const fault = band.from < expected ? "overlaps with" : band.from > expected ? "leaves a gap after" : undefined;
    if (fault !== undefined) {
      const hint = fault === "overlaps with" ? "" : ", or a band without share (share: 0) in between";
      const message = `${bandLabel(band)} ${fault} ${bandLabel(below)}: ${expected} is expected${hint}.`;
      findings.add([...path, "bands", place, "from"], message);
    }
  }
  const [low, high] = [sorted[0]?.[1].from, Math.max(...bands.map((band) => band.to))];
  if (from !== undefined && from !== low) findings.add([...path, "from"], `The bands begin at ${low}: leave this out.`);
  if (to !== undefined && to !== high) findings.add([...path, "to"], `The bands end at ${high}: leave this out.`);
}
