import type { Context } from "../../kernel/contracts/context.ts";
import { eachRow, type RowResult } from "../../kernel/rows/rows.ts";
import { concernsOneAnswer, isTinyTroupeError, TinyTroupeError } from "../../kernel/values/errors.ts";
import type { Draw } from "../draw.ts";
import { giveNames } from "./names/names.ts";
import { packagedStocks } from "./names/stock.ts";
import type { GeneratedPerson, GeneratePeopleOptions, PersonResult } from "./people.ts";
import { briefFor, writePerson } from "./person.ts";

/** A generation that is a part of a larger one, or goes on with one. */
interface Generation extends GeneratePeopleOptions {
  /** The name of whoever was drawn, in this part or in another. */
  readonly nameOf?: (id: string) => string | undefined;
  /** The name of a draw's place in the run: its id, unless told. */
  readonly placeOf?: (id: string) => string;
}

/** So many are begun at once at most; how many calls are in flight is the run's affair. */
const mostBegun = 500;

/**
 * Makes a person of each draw, one call each, side by side; the results stand in the order of the draws. Each has a place
 * of their own in the run, by the draw's id: however many there are and whichever comes first, an answer that was paid
 * for is found again. Who cannot be written fails alone; throws what concerns the whole run, once those who were begun
 * are home, and what all met where nobody could be written.
 */
export async function generatePeople(
  place: Context,
  draws: readonly Draw[],
  { nameOf, placeOf, ...options }: Generation,
): Promise<readonly PersonResult[]> {
  const names = await namesFor(place, draws, options);
  const brief = briefFor(place, options, { nameOf: nameOf ?? nameIn(draws, names), placeOf: placeOf ?? ((id) => id) });
  return eachPerson(draws, { names, onPerson: options.onPerson }, async (draw, name) => {
    return { draw, name, persona: await writePerson(brief, draw, name) };
  });
}

interface Told {
  readonly names: readonly string[];
  readonly onPerson: GeneratePeopleOptions["onPerson"];
}

/** Somebody of each draw, side by side: who fails is a result as well, told as it comes. */
export async function eachPerson(
  draws: readonly Draw[],
  { names, onPerson }: Told,
  make: (draw: Draw, name: string) => Promise<GeneratedPerson>,
): Promise<readonly PersonResult[]> {
  const named = draws.map((draw, index) => ({ draw, name: names[index] as string }));
  const resultOf = (row: RowResult<GeneratedPerson>, at: number): PersonResult =>
    "error" in row ? { ...(named[at] as (typeof named)[number]), error: row.error } : row.value;
  const rows = await eachRow(named, ({ draw, name }) => make(draw, name), {
    key: ({ draw }) => draw.id,
    concurrency: mostBegun,
    isOwn: failsAlone,
    onRow: (row, at) => onPerson?.(resultOf(row, at)),
  });
  return rows.map(resultOf);
}

/** A fault in the program, or what concerns the whole run, is nobody's own. */
const failsAlone = (error: unknown): boolean => concernsOneAnswer(error) || isTinyTroupeError(error, "PERSONA_INVALID");

/** The names of these draws, as `generatePeople` gives them. Throws PACKAGE_MISSING and OPTION_INVALID. */
export async function namesFor(
  { random }: Pick<Context, "random">,
  draws: readonly Draw[],
  { names, specification, about, taken }: Pick<GeneratePeopleOptions, "names" | "specification" | "about" | "taken">,
): Promise<readonly string[]> {
  if (names !== undefined && typeof names !== "function") {
    if (names.length === draws.length) return names;
    throw new TinyTroupeError("OPTION_INVALID", `There are ${names.length} names for ${draws.length} people.`, {
      data: { option: "names", value: names.length },
      hint: "Give one name for each draw, in their order, or leave `names` out.",
    });
  }
  const stocks = names ?? (await packagedStocks());
  return giveNames(draws, {
    random: random.fork("names"),
    stocks,
    specification,
    about,
    ...(taken !== undefined && { taken }),
  });
}

function nameIn(draws: readonly Draw[], names: readonly string[]): (id: string) => string | undefined {
  const byId = new Map(draws.map(({ id }, index) => [id, names[index]]));
  return (id) => byId.get(id);
}
