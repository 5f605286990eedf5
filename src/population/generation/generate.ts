import type { Context } from "../../kernel/contracts/context.ts";
import {
  concernsOneAnswer,
  errorRecord,
  isTinyTroupeError,
  metByAll,
  TinyTroupeError,
} from "../../kernel/values/errors.ts";
import type { Draw } from "../draw.ts";
import { giveNames } from "./names/names.ts";
import { packagedStocks } from "./names/stock.ts";
import type { GeneratePeopleOptions, PersonResult } from "./people.ts";
import { type Brief, briefFor, writePerson } from "./person.ts";

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
  refuseTwins(draws);
  const names = await namesFor(place, draws, options);
  const brief = briefFor(place, options, { nameOf: nameOf ?? nameIn(draws, names), placeOf: placeOf ?? ((id) => id) });
  const results: PersonResult[] = [];
  const errors: unknown[] = [];
  await eachOf(draws, async (draw, index) => {
    const name = names[index] as string;
    const result = await settle(brief, draw, name).catch((error: unknown) => {
      if (!failsAlone(error)) throw error;
      errors.push(error);
      return { draw, name, error: errorRecord(error) };
    });
    results[index] = result;
    await options.onPerson?.(result);
  });
  if (errors.length > 0 && errors.length === draws.length) throw metByAll(errors);
  return results;
}

/** A fault in the program, or what concerns the whole run, is nobody's own. */
const failsAlone = (error: unknown): boolean => concernsOneAnswer(error) || isTinyTroupeError(error, "PERSONA_INVALID");

async function settle(brief: Brief, draw: Draw, name: string): Promise<PersonResult> {
  return { draw, name, persona: await writePerson(brief, draw, name) };
}

/** The names of these draws, as `generatePeople` gives them. Throws PACKAGE_MISSING and OPTION_INVALID. */
export async function namesFor(
  { random }: Pick<Context, "random">,
  draws: readonly Draw[],
  { names, specification, taken }: Pick<GeneratePeopleOptions, "names" | "specification" | "taken">,
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
    ...(taken !== undefined && { taken }),
  });
}

function nameIn(draws: readonly Draw[], names: readonly string[]): (id: string) => string | undefined {
  const byId = new Map(draws.map(({ id }, index) => [id, names[index]]));
  return (id) => byId.get(id);
}

/** Does it for each, some hundreds side by side; after a throw nobody is begun any more. */
async function eachOf<T>(items: readonly T[], work: (item: T, index: number) => Promise<void>): Promise<void> {
  let next = 0;
  let stopped: { readonly error: unknown } | undefined;
  const worker = async (): Promise<void> => {
    while (stopped === undefined && next < items.length) {
      const index = next++;
      await work(items[index] as T, index).catch((error: unknown) => {
        stopped ??= { error };
      });
    }
  };
  await Promise.all(Array.from({ length: Math.min(mostBegun, items.length) }, worker));
  const { error } = (stopped ?? {}) as { readonly error?: unknown };
  if (error !== undefined) throw error;
}

function refuseTwins(draws: readonly Draw[]): void {
  const seen = new Set<string>();
  for (const { id } of draws) {
    if (seen.has(id)) {
      throw new TinyTroupeError("OPTION_INVALID", `Two draws have the id '${id}'.`, {
        data: { option: "draws", value: id },
        hint: "Give each draw an id of its own: answers are found again by it.",
      });
    }
    seen.add(id);
  }
}
