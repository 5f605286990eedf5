import { resolve } from "node:path";
import {
  type AnswerComparison,
  answersCsv,
  compareAnswers,
  figuresCsv,
  loadClaims,
  validationReport,
  validationReportHtml,
} from "../../../../index.ts";
import { createPreparation } from "../../../live/preparation.ts";
import { refuseTaken } from "../../../new-file.ts";
import { reply } from "../../../reply.ts";
import type { Session } from "../../../session.ts";
import { proposeInto } from "./propose.ts";
import { showComparison } from "./show.ts";
import { type Tables, tablesOf, writeInto } from "./sides.ts";

/** The flags of `validate` for tables of answers. */
export interface BesideFlags {
  readonly describe?: string;
  readonly propose?: string;
  readonly claims?: string;
  readonly out?: string;
  readonly seed?: string;
  readonly resamples?: number;
}

/** Holds the answers of simulated people against those of people; a claim that fails is exit code 1. */
export async function besidePeople(
  session: Session,
  files: readonly [human: string, simulated: string],
  flags: BesideFlags,
): Promise<void> {
  const { describe, propose } = flags;
  if (propose !== undefined) return proposeInto(session, files, { file: propose, describe });
  const { folder } = session.environment;
  if (flags.out !== undefined) refuseTaken(session, flags.out, "--out");
  const claims = flags.claims === undefined ? undefined : await loadClaims(resolve(folder, flags.claims));
  const { human, simulated, proposed } = await tablesOf(session, files, describe);
  const comparison = await createPreparation(session.err, () => performance.now()).during(
    "Comparing",
    compareAnswers(human, simulated, {
      ...(claims !== undefined && { claims }),
      ...(flags.seed !== undefined && { seed: flags.seed }),
      ...(flags.resamples !== undefined && { resamples: flags.resamples }),
    }),
  );
  if (comparison.claims?.rows.some(({ status }) => status !== "passed")) session.exitCode = 1;
  if (!session.json) showComparison(session, comparison);
  if (flags.out !== undefined) await write(session, flags.out, { comparison, human, simulated, proposed });
  if (session.json)
    reply(session, {
      ...comparison,
      ...(proposed && { proposed: { text: proposed.text, assumptions: proposed.assumptions } }),
    });
}

interface Made extends Tables {
  readonly comparison: AnswerComparison;
}

async function write(
  session: Session,
  folder: string,
  { comparison, human, simulated, proposed }: Made,
): Promise<void> {
  await writeInto(session, folder, [
    ["report.md", validationReport(comparison)],
    ["report.html", await validationReportHtml(comparison, { answers: { human, simulated } })],
    ["figures.csv", figuresCsv(comparison)],
    ["answers.csv", answersCsv(human, simulated)],
    ["comparison.json", `${JSON.stringify(comparison, null, 2)}\n`],
    ...(proposed === undefined ? [] : [["data.yaml", proposed.text] as const]),
  ]);
}
