import type { Missing } from "../../kernel/contracts/answers/answer.ts";
import { shareDifference } from "../../statistics/counts/proportions.ts";
import { isMeasured } from "../../statistics/measured.ts";
import { effectiveSize } from "../../statistics/moments.ts";
import type { RespondentAnswers } from "../people/answers.ts";
import { type ComparisonFigure, centred, type Drawn, fewestAnswers, figureId, intervalOf } from "./figures.ts";
import type { Draw } from "./sampling/draws.ts";

type Chance = { readonly draws: readonly Draw[]; readonly level: number };
type Sides = { readonly human: readonly RespondentAnswers[]; readonly simulated: readonly RespondentAnswers[] };
type Holds = (person: RespondentAnswers) => boolean | undefined;

/** Who is asked and has no answer; whom an item does not concern is not counted. */
const unasked: readonly Missing[] = ["not-asked", "not-applicable"];

/** How many of those who were asked an item have no answer, on each side. */
export function missingFigure(item: string, sides: Sides, chance: Chance): Promise<Drawn> {
  const holds: Holds = ({ answers }) => {
    const answer = answers[item];
    if (answer === undefined || ("missing" in answer && unasked.includes(answer.missing))) return undefined;
    return answer.value === null;
  };
  return shareFigure({ item, measure: "missing", part: "missing" }, holds, { sides, chance });
}

/** How many of those who were asked an item refused to answer it; none where nobody refused anything. */
export async function refusalFigures(item: string, sides: Sides, chance: Chance): Promise<readonly Drawn[]> {
  const reasonOf = ({ answers }: RespondentAnswers): Missing | "answered" | undefined => {
    const answer = answers[item];
    return answer === undefined ? undefined : "missing" in answer ? answer.missing : "answered";
  };
  if (![...sides.human, ...sides.simulated].some((person) => reasonOf(person) === "refused")) return [];
  const holds: Holds = (person) => {
    const reason = reasonOf(person);
    return reason === undefined || unasked.includes(reason as Missing) ? undefined : reason === "refused";
  };
  return [await shareFigure({ item, measure: "refused", part: "missing" }, holds, { sides, chance })];
}

/** How many give the same answer to all items of a family, of those who answer all. */
export function straightLining(
  family: string,
  items: readonly string[],
  of: { sides: Sides; chance: Chance },
): Promise<Drawn> {
  const holds: Holds = ({ answers }) => {
    const values = items.map((item) => answers[item]?.value ?? null);
    return values.includes(null) ? undefined : values.every((value) => value === values[0]);
  };
  return shareFigure({ measure: `straight-lining:${family}`, part: "missing" }, holds, of);
}

async function shareFigure(
  { item, measure, part }: Pick<ComparisonFigure, "measure" | "part"> & { readonly item?: string },
  holds: Holds,
  { sides, chance }: { readonly sides: Sides; readonly chance: Chance },
): Promise<Drawn> {
  const [human, simulated] = [counted(sides.human, holds), counted(sides.simulated, holds)];
  const head = { id: figureId(item, measure), ...(item !== undefined && { item }), measure, part };
  const row: ComparisonFigure = { ...head, n: human.length, simulatedN: simulated.length };
  if (human.length === 0 || simulated.length === 0)
    return { row: { ...row, reason: "nobody of one side was asked all of it" }, draws: new Float64Array() };
  const [one, other] = [shareOf(human), shareOf(simulated)];
  const drawn = chance.draws.map((draw) => shareOf(simulated, draw.simulated) - shareOf(human, draw.human));
  const draws = centred(Float64Array.from(drawn), other - one);
  const [people, others] = [human, simulated].map((side) => effectiveSize(side.map(({ weight }) => weight)));
  const [n, m] = [people as number, others as number];
  const { level } = chance;
  const interval = intervalOf(draws, { level, size: Math.min(n, m), low: -1, high: 1 });
  if (interval.low === undefined && Math.min(n, m) >= fewestAnswers - 1e-9) {
    // Sides that are each of one mind are the same in every draw: R. G. Newcombe's interval holds there, and no draw does.
    const found = await shareDifference({ count: one * n, n }, { count: other * m, n: m }, level);
    const ends = isMeasured(found) && { low: found.interval.low, high: found.interval.high };
    return { row: { ...row, human: one, simulated: other, value: other - one, ...ends }, draws: new Float64Array() };
  }
  return { row: { ...row, human: one, simulated: other, value: other - one, ...interval }, draws };
}

interface Counted {
  readonly place: number;
  readonly weight: number;
  readonly holds: boolean;
}

function counted(people: readonly RespondentAnswers[], holds: Holds): readonly Counted[] {
  return people.flatMap((person, place) => {
    const found = holds(person);
    return found === undefined ? [] : [{ place, weight: person.weight, holds: found }];
  });
}

/** NaN where nobody of them was drawn. */
function shareOf(all: readonly Counted[], times?: Uint8Array): number {
  let [sum, total] = [0, 0];
  for (const { place, weight, holds } of all) {
    const counts = weight * (times === undefined ? 1 : (times[place] as number));
    total += counts;
    if (holds) sum += counts;
  }
  return sum / total;
}
