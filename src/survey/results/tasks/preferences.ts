import type { FeatureChoice } from "../../../statistics/models/conditional-logit.ts";
import { type Item, partsOf } from "../../instrument/items.ts";
import { byPart, type OwnFigure, overPeople, type TaskAnswers } from "./task-figure.ts";
import { effectsOf, optionUtilities } from "./utilities.ts";

type BestWorst = Extract<Item, { kind: "best-worst" }>;
type Pairwise = Extract<Item, { kind: "pairwise" }>;

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
