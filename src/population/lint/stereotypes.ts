import { type LogOdds, logOdds } from "../../statistics/log-odds.ts";
import type { Member } from "../profile/people/people.ts";
import { keyOf, spellings, valuesAt } from "../profile/people/values.ts";
import type { PopulationFinding, StereotypeRow } from "./finding.ts";
import { tellingTexts, tellingWords } from "./texts.ts";

/** Groups, and all others beside them, of fewer people say nothing. */
const fewestPeople = 8;
/** People of the group who have the word. */
const fewestHaving = 5;
/** Standard errors; among some thousand words about one reaches this by chance. */
const farEnough = 3.3;
/** How much more often, at least. */
const timesMore = 2;

/**
 * Words that one sensitive group has far more often than all others: log-odds with a Dirichlet prior (Monroe, Colaresi
 * and Quinn, 2008) over how many people have a word, whatever else they say. Words that name the group itself are left
 * out.
 */
export function stereotypes(people: readonly Member[], paths: readonly string[]): readonly StereotypeRow[] {
  const having = new Map(people.map((person) => [person, wordsOfPerson(person)] as const));
  return paths.flatMap((path) => {
    const spelt = spellings();
    const groups = Map.groupBy(
      people.filter((person) => valuesAt(person, path).length === 1),
      (person) => spelt(valuesAt(person, path)[0] ?? ""),
    );
    const all = [...groups.values()].flat();
    return [...groups].flatMap(([group, members]) => {
      const inside = new Set(members);
      const others = all.filter((person) => !inside.has(person));
      if (members.length < fewestPeople || others.length < fewestPeople) return [];
      const rows = logOdds(countsOf(members, having), countsOf(others, having));
      const own = new Set(tellingWords(group));
      return rows
        .filter((row) => !own.has(row.word) && isFar(row, members.length, others.length))
        .map((row) => ({ path, group, people: members.length, others: others.length, ...row }));
    });
  });
}

/** The rows in words. */
export function stereotypeFindings(rows: readonly StereotypeRow[]): readonly PopulationFinding[] {
  return rows.map(({ path, group, word, count, people, elsewhere, others }) => ({
    ...{ rule: "stereotype" as const, severity: "warning" as const, path },
    message: `'${word}' is said of ${count} of ${people} ${keyOf(group)} people, and of ${elsewhere} of ${others} others`,
  }));
}

function isFar({ z, count, elsewhere }: LogOdds, people: number, others: number): boolean {
  return z >= farEnough && count >= fewestHaving && count / people >= (timesMore * elsewhere) / others;
}

/** Each word once a person: whoever repeats themselves counts as one. */
const wordsOfPerson = (person: Member): ReadonlySet<string> =>
  new Set(tellingTexts(person).flatMap(({ text }) => tellingWords(text)));

function countsOf(
  people: readonly Member[],
  having: ReadonlyMap<Member, ReadonlySet<string>>,
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const person of people)
    for (const word of having.get(person) ?? []) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}
