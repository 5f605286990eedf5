import { Command } from "commander";
import { deletePerson } from "../../../../index.ts";
import { reply } from "../../../reply.ts";
import type { Session } from "../../../session.ts";
import { agreed } from "../../../terminal/agreement.ts";
import { harmless } from "../../../terminal/text.ts";
import { withExamples } from "../../flags.ts";

interface DeleteFlags {
  readonly yes?: boolean;
}

const help = `
Their file goes, and all that population.json says of them but the id: they are
not made again. Runs in which they took part are left as they are.`;

/** `tinytroupe population delete`: one person of a folder, for good. */
export function deletePersonCommand(session: Session): Command {
  const command = new Command("delete")
    .argument("<folder>", "a folder that 'population generate' made")
    .argument("<id>", "whom: an id, as 'population export' lists them")
    .description("delete a person of a folder, after a yes")
    .option("-y, --yes", "do not ask")
    .option("--json", "for programs; needs --yes")
    .action((folder: string, id: string, flags: DeleteFlags) => remove(session, { folder, id, flags }));
  return withExamples(command, ["population delete porto 0007"], ["population delete porto 0007 --yes"]).addHelpText(
    "after",
    help,
  );
}

interface Wanted {
  readonly folder: string;
  readonly id: string;
  readonly flags: DeleteFlags;
}

async function remove(session: Session, { folder, id, flags }: Wanted): Promise<void> {
  const question = harmless(`Delete the person ${id} of ${folder}? They cannot be had back.`);
  if (!(await agreed(session, question, flags))) return;
  const deleted = await deletePerson(folder, id);
  if (session.json) return reply(session, { ...deleted });
  session.out.say(harmless(`Deleted ${deleted.id}${deleted.file === undefined ? "" : ` (${deleted.file})`}.`));
  session.out.say("What may still hold something of them:");
  for (const line of deleted.remains) session.out.say(`- ${line}`);
}
