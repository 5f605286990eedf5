import type { Answer } from "../kernel/contracts/answers/answer.ts";
import type { Forkable } from "../kernel/contracts/asked/fork.ts";
import type { Context } from "../kernel/contracts/context.ts";
import { eachRow, type RowResult } from "../kernel/rows/rows.ts";
import { TinyTroupeError } from "../kernel/values/errors.ts";
import { valuesAt } from "../population/profile/people/values.ts";
import { dealtOrders } from "../statistics/designs/latin-square.ts";
import { type Ad, checkedAds } from "./ad.ts";
import { type AdOutcome, outcomeOf } from "./outcome.ts";
import type { AdFailure, AdRow, ChoiceRow } from "./rows.ts";
import { askedBy, type Orders, type Shown, showAds } from "./show.ts";

/** Which adverts are tested, on whom, and how. */
export interface AdTestOptions {
  readonly people: readonly Forkable[];
  /** From 2 to 26. */
  readonly ads: readonly Ad[];
  /** What the choice is about. Default: which of them makes them want to know more. */
  readonly question?: string;
  /** What is talked about before they are asked what they remember. */
  readonly between?: string;
  /** Dotted paths of the persona, such as `residence` or `occupation.title`, by which results are told apart. */
  readonly segments?: readonly string[];
  /** People at once. Default 16. */
  readonly concurrency?: number;
  readonly signal?: AbortSignal;
  /** Told of each person who comes home. */
  readonly onRow?: (done: { readonly person: string; readonly failed: boolean }) => unknown;
}

/** What came of a test: rows, and what they come to. */
export interface AdTest {
  readonly ads: readonly string[];
  readonly question: string;
  readonly rows: readonly AdRow[];
  readonly choices: readonly ChoiceRow[];
  readonly failures: readonly AdFailure[];
  readonly outcome: AdOutcome;
  /** Adverts of whose pictures people got the description, as the model takes no pictures. */
  readonly described?: readonly string[];
  /** No language model answered, at least in part: a rehearsal. */
  readonly heuristic?: true;
}

const usual = {
  question: "Which one of these adverts would most make you want to know more, if any?",
  between: "Before we go on, something else: what did you do last weekend, and what is still to be done this week?",
} as const;

/**
 * Shows adverts to people, each on a fork that leaves the person as they were: one by one, side by side, and later asked
 * after. Who sees them in which order is dealt from Williams' designs with the run's dice. A person's failure is in
 * `failures`; when nothing came of anybody, why is thrown, and so is what concerns all.
 * @throws OPTION_INVALID for adverts that are none, nobody, MODEL_UNSUPPORTED for pictures that the model does not
 * take and that have no description
 * @example
 * const ads = [{ name: "Fresh", text: "Bread like in 1950." }, { name: "Quick", text: "Bread in two minutes." }];
 * const { outcome } = await testAds(simulation.context, { people: [lisa, oscar], ads });
 * outcome.winner ?? outcome.verdict;
 */
export async function testAds(
  context: Context,
  { people, ads: given, segments = [], concurrency, signal, onRow, ...wished }: AdTestOptions,
): Promise<AdTest> {
  const ads = checkedAds(given);
  if (people.length === 0) throw nobody();
  checkSegments(people, segments);
  const described = describedOf(ads, context);
  const blind = described.length > 0;
  const showing = { ads, ...usual, ...wished, blind, ...(signal && { signal }) };
  const orders = ordersOf(people.length, ads.length, context);
  const placed = people.map((person, place) => ({ person, orders: orders[place] as Orders }));
  const nameOf = (place: number): string => people[place]?.name ?? "";
  const place = context.forkAsking("ad-test", askedBy(showing));
  const results = await eachRow<(typeof placed)[number], Shown>(
    placed,
    async ({ person, orders: own }) => {
      const shown = await showAds(person, showing, own);
      record(shown, person, place);
      return shown;
    },
    {
      key: ({ person }) => person.id,
      ...(concurrency !== undefined && { concurrency }),
      ...(signal && { signal }),
      ...(onRow && { onRow: (row, place) => onRow({ person: nameOf(place), failed: "error" in row }) }),
    },
  );
  const test = await testOf(results, { ads, people, segments, question: showing.question });
  return blind ? { ...test, described } : test;
}

/** What somebody answered is on record in a place of their own: people come home in any order. */
function record({ rows, choice, heuristic }: Shown, { id: person, name }: Forkable, place: Context): void {
  const { journal } = place.fork(`person:${person}`);
  const answers: readonly Answer[] = [
    ...rows.map(({ ad, appeal, reaction }) => ({ item: `appeal.${ad}`, value: appeal, words: reaction })),
    { item: "choice", value: choice.choice ?? "none", words: choice.why },
    ...rows.map(({ ad, recalled, memory }) => ({
      item: `recall.${ad}`,
      value: recalled ? "yes" : "no",
      words: memory,
    })),
  ].map((answer) => ({ ...answer, method: "direct" }));
  const marked = heuristic && { heuristic: true as const };
  for (const answer of answers)
    journal.record({ type: "answered", person, name, instrument: "ad test", answer, ...marked });
}

interface About {
  readonly ads: readonly Ad[];
  readonly people: readonly Forkable[];
  readonly segments: readonly string[];
  readonly question: string;
}

async function testOf(results: readonly RowResult<Shown>[], about: About): Promise<AdTest> {
  const { people, segments, question } = about;
  const ads = about.ads.map(({ name }) => name);
  const shown = results.flatMap((row, place) => {
    const person = people[place] as Forkable;
    return "value" in row ? [{ ...row.value, person }] : [];
  });
  const failures = results.flatMap((row, place) =>
    "error" in row ? [{ id: row.key, person: people[place]?.name ?? "", error: row.error }] : [],
  );
  const rows = shown.flatMap((one) => one.rows);
  const choices = shown.map(({ choice, person }) => ({ ...choice, segments: segmentsOf(person, segments) }));
  const heuristic = shown.some((one) => one.heuristic) && { heuristic: true as const };
  return { ads, question, rows, choices, failures, outcome: await outcomeOf(ads, rows, choices), ...heuristic };
}

/** Side by side somebody sees them in another order than alone. */
function ordersOf(people: number, ads: number, { random }: Context): readonly Orders[] {
  const dice = random.fork("ad test");
  const alone = dealtOrders(people, ads, dice.fork("alone"));
  const beside = dealtOrders(people, ads, dice.fork("beside"));
  return alone.map((order, place) => ({ alone: order, beside: beside[place] as readonly number[] }));
}

const notSaid = "(not said)";

function segmentsOf({ persona }: Forkable, paths: readonly string[]): Readonly<Record<string, string>> {
  const said = paths.map((path) => [path, String(valuesAt({ persona: persona as never }, path)[0] ?? notSaid)]);
  return Object.fromEntries(said);
}

/** A place that no persona has is misspelt. */
function checkSegments(people: readonly Forkable[], segments: readonly string[]): void {
  const strange = segments.find((path) => people.every((person) => segmentsOf(person, [path])[path] === notSaid));
  if (strange === undefined) return;
  throw new TinyTroupeError(
    "OPTION_INVALID",
    `Nobody's persona says '${strange}', so that nothing can be told apart by it.`,
    {
      data: { option: "segments", value: strange },
      hint: "Give dotted places of personas, such as gender, residence or occupation.title.",
    },
  );
}

function nobody(): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", "There is nobody to show adverts to.", {
    data: { option: "people", value: 0 },
    hint: "Give people of the run, as simulation.loadPeople gives them.",
  });
}

/** The adverts whose pictures have to be told in words. Throws before anything is asked where one has none. */
function describedOf(ads: readonly Ad[], context: Context): readonly string[] {
  const { id, limits } = context.models.actor;
  const pictures = ads.filter(({ image }) => image !== undefined);
  if (pictures.length === 0 || limits.images) return [];
  const untold = pictures.filter(({ description = "" }) => description.trim() === "").map(({ name }) => name);
  if (untold.length > 0) {
    const hint = `Say in a \`description\` what the picture of ${untold.join(", ")} shows (adverts as a list), or use a model that takes pictures.`;
    throw new TinyTroupeError("MODEL_UNSUPPORTED", `The model ${id} takes no pictures.`, {
      data: { model: id, feature: "images" },
      hint,
    });
  }
  const names = pictures.map(({ name }) => name);
  const message = `${id} takes no pictures: people get the description of ${names.join(", ")}.`;
  context.watch({ type: "warning", message });
  return names;
}
