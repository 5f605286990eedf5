import type { FeatureChoice } from "../../../statistics/models/conditional-logit.ts";
import { bordaPoints } from "../../../statistics/rankings/counted.ts";
import { type Item, partsOf } from "../../instrument/items.ts";
import { withValue } from "../figures.ts";
import { byPart, type OwnFigure, overPeople, type TaskAnswers } from "./task-figure.ts";
import { effectsOf, optionUtilities } from "./utilities.ts";

type BestWorst = Extract<Item, { kind: "best-worst" }>;
type Pairwise = Extract<Item, { kind: "pairwise" }>;
type Ranked = Extract<Item, { kind: "rank" | "top" }>;

/** What people did with an option where it was shown: 1 for it, -1 against it, 0 neither. */
type Votes = Map<string, Map<string, number[]>>;

/**
 * What the tasks of a best–worst item come to: how often more an option is the best than the worst, as a share of the tasks in
 * which it stood (A. Finn and J. J. Louviere, 1992), and utilities by the best of each task and the worst of those left (A. A.
 * J. Marley and J. J. Louviere, 2005), with errors by person.
 */
export async function bestWorstFigures(item: BestWorst, given: TaskAnswers): Promise<readonly OwnFigure[]> {
  const options = item.options.map(({ id }) => id);
  const answers = byPart(given);
  const votes: Votes = new Map(options.map((option) => [option, new Map()]));
  const choices: FeatureChoice[] = [];
  for (const [place, task] of (item.tasks ?? []).entries()) {
    const worsts = Map.groupBy(answers.get(`${item.id}.${place + 1}.worst`) ?? [], sittingOf);
    for (const answer of answers.get(`${item.id}.${place + 1}.best`) ?? []) {
      const [best, worst] = [String(answer.value), worsts.get(sittingOf(answer))?.[0]?.value];
      if (worst === undefined) continue;
      for (const option of task)
        vote(votes, option, { person: answer.respondent, how: Number(option === best) - Number(option === worst) });
      const left = task.filter((option) => option !== best);
      const own = { cluster: answer.respondent, weight: given.sampleWeightOf(answer.respondent) };
      choices.push(
        { chosen: task.indexOf(best), among: task.map((option) => coded(options, option, 1)), ...own },
        { chosen: left.indexOf(String(worst)), among: left.map((option) => coded(options, option, -1)), ...own },
      );
    }
  }
  return [...(await scores(votes, given, [-1, 1])), ...(await optionUtilities(options, choices, given))];
}

/**
 * What pairs come to: in what share of its pairs an option is preferred, and utilities by Bradley and Terry's model (1952), with
 * errors by person.
 */
export async function pairFigures(item: Pairwise, given: TaskAnswers): Promise<readonly OwnFigure[]> {
  const options = item.options.map(({ id }) => id);
  const answers = byPart(given);
  const votes: Votes = new Map(options.map((option) => [option, new Map()]));
  const choices = partsOf(item).flatMap(({ id, options: both }) => {
    const pair = both.map((option) => option.id);
    return (answers.get(id) ?? []).map(({ value, respondent }): FeatureChoice => {
      for (const option of pair) vote(votes, option, { person: respondent, how: Number(option === value) });
      const among = pair.map((option) => coded(options, option, 1));
      return {
        chosen: pair.indexOf(String(value)),
        among,
        cluster: respondent,
        weight: given.sampleWeightOf(respondent),
      };
    });
  });
  return [...(await scores(votes, given, [0, 1])), ...(await optionUtilities(options, choices, given))];
}

/**
 * What orders come to: J.-C. de Borda's points (before how many others an option is; those that are left out share what is
 * left), and utilities by Plackett and Luce's model (the first among all, the next among the rest), with errors by person.
 */
export async function rankFigures(item: Ranked, given: TaskAnswers): Promise<readonly OwnFigure[]> {
  const options = item.options.map(({ id }) => id);
  const votes: Votes = new Map(options.map((option) => [option, new Map()]));
  const choices: FeatureChoice[] = [];
  for (const { value, respondent } of withValue(given.answers)) {
    const order = value as readonly string[];
    for (const option of options)
      vote(votes, option, { person: respondent, how: bordaPoints(order, option, options.length) });
    let left = options;
    for (const option of order.slice(0, options.length - 1)) {
      const among = left.map((one) => coded(options, one, 1));
      const own = { cluster: respondent, weight: given.sampleWeightOf(respondent) };
      choices.push({ chosen: left.indexOf(option), among, ...own });
      left = left.filter((one) => one !== option);
    }
  }
  const most = options.length - 1;
  return [...(await scores(votes, given, [0, most])), ...(await optionUtilities(options, choices, given))];
}

const sittingOf = ({ respondent, sample }: { readonly respondent: string; readonly sample: number }): string =>
  JSON.stringify([respondent, sample]);

const coded = (options: readonly string[], option: string, sign: number): readonly number[] =>
  effectsOf(options.indexOf(option), options.length).map((part) => sign * part);

function vote(votes: Votes, option: string, { person, how }: { readonly person: string; readonly how: number }): void {
  const own = votes.get(option);
  const given = own?.get(person);
  if (given === undefined) own?.set(person, [how]);
  else given.push(how);
}

async function scores(
  votes: Votes,
  given: TaskAnswers,
  ends: readonly [number, number],
): Promise<readonly OwnFigure[]> {
  const rows: OwnFigure[] = [];
  for (const [figure, own] of votes) rows.push({ result: "score", figure, ...(await overPeople(own, given, ends)) });
  return rows;
}
