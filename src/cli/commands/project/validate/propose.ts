import { TinyTroupeError } from "../../../../index.ts";
import { refuseTaken, writeNewFile } from "../../../new-file.ts";
import { reply } from "../../../reply.ts";
import type { Session } from "../../../session.ts";
import { harmless } from "../../../terminal/text.ts";
import { describedBy, piece, showProposal } from "./sides.ts";

/** Writes how two tables would be read into a file, to be looked over and declared; nothing is compared. */
export async function proposeInto(
  session: Session,
  files: readonly [human: string, simulated: string],
  { file, describe }: { readonly file: string; readonly describe: string | undefined },
): Promise<void> {
  refuseTaken(session, file, "--propose");
  const { text, proposed, lacks } = await describedBy(session, files, describe);
  if (text === undefined)
    throw new TinyTroupeError("OPTION_INVALID", `--propose has nothing to propose: ${describe} is a description.`, {
      data: { option: "--propose", value: file },
      hint: "Leave --describe out, or name a questionnaire by it.",
    });
  const { out, outStyle: style } = session;
  if (proposed !== undefined && !session.json) showProposal(session, proposed);
  await writeNewFile(session, piece(text), file);
  const words = [
    ...(proposed?.assumptions ?? []),
    ...(["human", "simulated"] as const).flatMap((side, at) =>
      (lacks?.[side] ?? []).map((lack) => `${files[at]}: ${lack}`),
    ),
  ];
  if (session.json) return reply(session, { file, text, assumptions: words });
  if (proposed === undefined) for (const word of words) out.say(harmless(word), style.warn);
  out.say(harmless(`Look it over, then: tinytroupe validate ${files.join(" ")} --describe ${file}`), style.dim);
}
