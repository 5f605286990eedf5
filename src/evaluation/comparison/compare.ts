import { setImmediate as breath } from "node:timers/promises";
import { checkKeys } from "../../kernel/text/known-keys.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import { createRandom } from "../../kernel/values/random.ts";
import type { AnswerSet, RespondentAnswers } from "../people/answers.ts";
import type { ItemDescription } from "../people/description/document.ts";
import { type Chances, type Compared, compareItem } from "./compare-item.ts";
import type { Drawn } from "./figures.ts";
import { individualFigures } from "./individuals/agreement.ts";
import { type Linkage, linkageOf, twinsIn } from "./individuals/twins.ts";
import { missingFigure, refusalFigures, straightLining } from "./missing.ts";
import { meanScore, orderOfItems } from "./overall.ts";
import { drawsOf, halvesOf, twinsOf } from "./sampling/draws.ts";
import { type Floor, floors } from "./sampling/reference.ts";
import { type Unit, unitsOf } from "./sampling/units.ts";
import { spaceOf } from "./spaces/space-of.ts";
import { testsOf } from "./tests.ts";

/** How answers are compared. */
export interface CompareAnswersOptions {
  /** Of the dice for draws and halves. Default 1. */
  readonly seed?: number | string;
  /** How often people are drawn again for intervals. Default 1,000. */
  readonly resamples?: number;
  /** How often the people are parted in halves. Default 100. */
  readonly halves?: number;
  /** Of all intervals. Default 0.95. */
  readonly level?: number;
  /** Which answers that know nobody a simulation has to be better than. Default: whichever is nearest to the people. */
  readonly floor?: Floor;
  /** A group has so many people on each side to be looked at. Default 10. */
  readonly fewest?: number;
  readonly signal?: AbortSignal;
}

/** What was settled, defaults included. */
export type Settled = Required<Omit<CompareAnswersOptions, "signal">>;

const known = {
  ...({ seed: true, resamples: true, halves: true, level: true, floor: true } as const),
  ...({ fewest: true, signal: true } as const),
};

/** The figures of a comparison with their draws, for whoever goes on with them. */
export interface Figures {
  readonly drawn: readonly Drawn[];
  readonly settled: Settled;
  /** People who have a twin on the other side. */
  readonly linked: number;
  readonly linkage: Linkage;
}

/** All figures of two sets of answers to the same items. Throws OPTION_INVALID. */
export async function figuresOf(
  human: AnswerSet,
  simulated: AnswerSet,
  options: CompareAnswersOptions = {},
): Promise<Figures> {
  checkKeys(options, known, "the options of a comparison");
  const settled = settledOf(options);
  const random = createRandom(settled.seed).fork("comparison");
  const linkage = linkageOf(human, simulated);
  const isLinking = linkage === "declared" || linkage === "ids";
  const twins = isLinking ? twinsOf(human.people, simulated.people) : simulated.people.map(() => undefined);
  const sizes = [human.people.length, simulated.people.length] as const;
  const chances: Chances = {
    draws: drawsOf(sizes, twins, { random, resamples: settled.resamples }),
    halves: halvesOf(sizes[0], { random: random.fork("halves"), halves: settled.halves }),
    ...{ level: settled.level, floor: settled.floor },
  };
  const [drawn, items]: [Drawn[], Compared[]] = [[], []];
  for (const [name, item] of Object.entries(human.items)) {
    await breath();
    options.signal?.throwIfAborted();
    const compared = sidesOf({ human, simulated }, name, item);
    items.push(compared);
    drawn.push(...(await ofItem({ human, simulated, twins }, { compared, item, chances, fewest: settled.fewest })));
  }
  drawn.push(...(await ofFamilies({ human, simulated }, items, chances)), meanScore(drawn, items, settled.level));
  return { drawn, settled, linked: twins.filter((twin) => twin !== undefined).length, linkage };
}

type Sets = { readonly human: AnswerSet; readonly simulated: AnswerSet };

function sidesOf({ human, simulated }: Sets, name: string, { scale }: ItemDescription): Compared {
  const space = spaceOf(name, scale, [...human.people, ...simulated.people]);
  const [people, others] = [human, simulated].map((side) => unitsOf(name, space, side.people));
  return { item: name, sides: { space, human: people ?? [], simulated: others ?? [] } };
}

/** What is told of items that are on one scale. */
async function ofFamilies(
  { human, simulated }: Sets,
  items: readonly Compared[],
  chances: Chances,
): Promise<readonly Drawn[]> {
  const families = Map.groupBy(items, ({ item }) => human.items[item]?.family);
  const found: Drawn[] = [];
  for (const [family, members] of families) {
    if (family === undefined || !isOneScale(members.flatMap(({ item }) => human.items[item] ?? []))) continue;
    const names = members.map(({ item }) => item);
    const sides = { human: human.people, simulated: simulated.people };
    found.push(await straightLining(family, names, { sides, chance: chances }), orderOfItems(family, members, chances));
  }
  return found;
}

interface One {
  readonly compared: Compared;
  readonly item: ItemDescription;
  readonly chances: Chances;
  readonly fewest: number;
}

async function ofItem(
  { human, simulated, twins }: Sets & { readonly twins: readonly (number | undefined)[] },
  { compared, item, chances, fewest }: One,
): Promise<readonly Drawn[]> {
  const { item: name, sides } = compared;
  const people = { human: human.people, simulated: simulated.people };
  const isLinked = twins.some((twin) => twin !== undefined);
  const asked = { item: name, scale: item.scale, space: sides.space };
  return [
    ...compareItem(compared, chances),
    ...(await testsOf(compared, item, chances.level)).map((row) => ({ row, draws: new Float64Array() })),
    await missingFigure(name, people, chances),
    ...(await refusalFigures(name, people, chances)),
    ...(isLinked ? individualFigures(asked, twinsIn(sides, human.people, twins), chances) : []),
    ...groupsOf(people, fewest).flatMap((group) => {
      const of = (side: readonly RespondentAnswers[]) => (unit: Unit) =>
        side[unit.place]?.attributes[group.attribute] === group.group;
      const own = {
        ...sides,
        human: sides.human.filter(of(people.human)),
        simulated: sides.simulated.filter(of(people.simulated)),
      };
      return compareItem({ item: name, group, sides: own }, chances);
    }),
  ];
}

/** Groups of people by one attribute, of which both sides have enough. */
function groupsOf(
  {
    human,
    simulated,
  }: { readonly human: readonly RespondentAnswers[]; readonly simulated: readonly RespondentAnswers[] },
  fewest: number,
): readonly { readonly attribute: string; readonly group: string }[] {
  const by = (side: readonly RespondentAnswers[], attribute: string) =>
    Map.groupBy(side, ({ attributes }) => attributes[attribute] ?? null);
  return Object.keys(human[0]?.attributes ?? {}).flatMap((attribute) => {
    const [people, others] = [by(human, attribute), by(simulated, attribute)];
    return [...people].flatMap(([group, members]) => {
      const enough = Math.min(members.length, others.get(group)?.length ?? 0) >= fewest;
      return group !== null && enough ? [{ attribute, group }] : [];
    });
  });
}

/** Three items or more on the same steps. */
function isOneScale(items: readonly ItemDescription[]): boolean {
  const scales = new Set(items.map(({ scale }) => JSON.stringify(scale)));
  return items.length > 2 && scales.size === 1 && items[0]?.scale.kind === "ordinal";
}

function settledOf({
  seed = 1,
  resamples = 1_000,
  halves = 100,
  level = 0.95,
  floor = "nearest",
  fewest = 10,
}: CompareAnswersOptions): Settled {
  const checks: readonly (readonly [string, unknown, boolean, string])[] = [
    [
      "resamples",
      resamples,
      Number.isInteger(resamples) && resamples >= 100 && resamples <= 100_000,
      "a whole number from 100 to 100,000",
    ],
    [
      "halves",
      halves,
      Number.isInteger(halves) && halves >= 10 && halves <= 10_000,
      "a whole number from 10 to 10,000",
    ],
    ["level", level, level > 0.5 && level < 1, "a share between 0.5 and 1, as 0.95"],
    ["floor", floor, floors.includes(floor), `one of ${floors.join(", ")}`],
    ["fewest", fewest, Number.isInteger(fewest) && fewest >= 2, "a whole number from 2"],
  ];
  const wrong = checks.find(([, , holds]) => !holds);
  if (wrong === undefined) return { seed, resamples, halves, level, floor, fewest };
  const [option, value, , hint] = wrong;
  const message = `The option ${option} of a comparison cannot be ${String(value)}.`;
  throw new TinyTroupeError("OPTION_INVALID", message, { data: { option, value }, hint: `Give ${hint}.` });
}
