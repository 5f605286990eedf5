import { TinyTroupeError } from "../../index.ts";
import type { Session } from "../session.ts";

/** A yes to what is going to be deleted; OPTION_INVALID where nobody can give one. */
export async function agreed(
  session: Session,
  question: string,
  { yes }: { readonly yes?: boolean },
): Promise<boolean> {
  if (yes) return true;
  if (!session.interactive || session.json) {
    throw new TinyTroupeError("OPTION_INVALID", `${question} Nobody is here to say yes.`, {
      data: { option: "--yes" },
      hint: "Say it beforehand, with --yes.",
    });
  }
  const answer = await session.confirm(question);
  if (!answer) session.out.print("Nothing was deleted.");
  return answer;
}
