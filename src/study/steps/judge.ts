import { literalClaim } from "../../judge/claim.ts";
import { judgeEach, verdictRows } from "../../judge/judge-each.ts";
import type { Proposition } from "../../judge/proposition.ts";
import { readyPropositions } from "../../judge/stock.ts";
import type { JudgeStep } from "../document/reading.ts";
import { originOf, readableIn, type Scene, subjectOf } from "./scene.ts";
import { addedColumns } from "./tables.ts";

/** Judges what happened by claims into a table, a row a claim: of everybody, or of the world as one. */
export async function judgeTable(step: JudgeStep, scene: Scene): Promise<void> {
  const { by, samples, as } = step;
  const from = originOf(step, scene);
  const isEach = from === "each";
  const readable = readableIn(from, scene, "judge");
  const judged = await judgeEach(isEach ? readable : [subjectOf(from, scene)], claimsOf(step), {
    label: `judge ${as}`,
    ...(by !== undefined && { by }),
    ...(samples !== undefined && { samples }),
  });
  const rows = verdictRows(judged).map(({ id: _, subject, proposition, kind, evidence, ...row }) => ({
    ...(isEach && { [addedColumns.person]: subject }),
    ...{ claim: proposition, verdict: kind },
    ...row,
    ...(evidence && { quotes: evidence }),
  }));
  scene.tables.set(as, rows);
}

/** What a step claims: its own claims that are true or not, those that are scored, and ready-made ones. */
function claimsOf({ claims = {}, scores = {}, ready = [] }: JudgeStep): readonly Proposition[] {
  const own = (all: Readonly<Record<string, string>>, answer: Proposition["answer"]) =>
    Object.entries(all).map(([name, claim]) => ({ ...literalClaim(name, claim), answer }));
  const known = readyPropositions();
  return [
    ...own(claims, "truth"),
    ...own(scores, "score"),
    ...ready.flatMap((name) => known.find((one) => one.name === name) ?? []),
  ];
}
