import { resolve } from "node:path";
import { gatherReplies, loadInstrument, repliesCsv, summariseSurvey, summariseTasks } from "../../../index.ts";
import { refuseTaken, writeNewFile } from "../../new-file.ts";
import { reply } from "../../reply.ts";
import type { Session } from "../../session.ts";
import { harmless } from "../../terminal/text.ts";
import { summaryLines, taskLines } from "./taken.ts";

/** Where what people answered goes. */
export interface GatherFlags {
  readonly out?: string;
}

/** `survey gather`: what people saved on the page of a questionnaire, in one table; a file that is wrong is exit code 1. */
export async function gatherSurvey(
  session: Session,
  { survey, replies }: { readonly survey: string; readonly replies: readonly string[] },
  { out }: GatherFlags,
): Promise<void> {
  const { folder } = session.environment;
  if (out !== undefined) refuseTaken(session, out, "--out");
  const instrument = await loadInstrument(resolve(folder, survey));
  const gathered = await gatherReplies(
    instrument,
    replies.map((one) => resolve(folder, one)),
  );
  const summary = await summariseSurvey(instrument, gathered.answers, { respondents: gathered.respondents });
  const tasks = await summariseTasks(instrument, gathered.answers, { respondents: gathered.respondents });
  if (gathered.refused.length > 0) session.exitCode = 1;
  if (session.json) reply(session, { ...gathered, summary, tasks });
  else {
    const complete = gathered.respondents.filter(({ end }) => end === "complete").length;
    const told = `${instrument.name} · ${gathered.respondents.length} people, ${complete} complete`;
    session.out.say(harmless(told), session.outStyle.dim);
    session.out.print(...summaryLines(session, { instrument, summary }), ...taskLines(session, tasks));
    for (const { file: wrong, faults } of gathered.refused)
      session.err.say(harmless(`${wrong} is left out: ${faults.slice(0, 5).join(" ")}`), session.errStyle.warn);
  }
  if (out !== undefined) await writeNewFile(session, piece(repliesCsv(gathered)), out);
}

async function* piece(text: string): AsyncIterable<string> {
  yield text;
}
