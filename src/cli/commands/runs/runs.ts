import { Command } from "commander";
import type { Session } from "../../session.ts";
import { withExamples } from "../flags.ts";
import { costCommand } from "../money/cost.ts";
import { deleteCommand } from "./delete.ts";
import { exportCommand } from "./export.ts";
import { likenessCommand } from "./likeness.ts";
import { listCommand } from "./list.ts";
import { askCommand } from "./reading/ask.ts";
import { queryCommand } from "./reading/query.ts";
import { transcriptCommand } from "./reading/transcript.ts";
import { showCommand } from "./show.ts";

const help = `
Where a run is wanted, the beginning of its name will do, and without one it is
the last played.`;

/** `tinytroupe runs`: what was played, from the journal. */
export function runsCommand(session: Session): Command {
  const runs = withExamples(
    new Command("runs")
      .summary("list, show, read, ask, measure, export and delete runs, and what they cost")
      .description("What was played, from the journal.")
      .addHelpText("after", help),
    ["runs list --limit 5"],
    ["runs show brainstorming"],
    ["runs transcript | less -R"],
    ['runs ask brainstorming "Who changed their mind, and why?"'],
    ['runs query "select name, count(*) from turns group by name"'],
    ["runs export > run.jsonl"],
    ["runs delete --older-than 30d"],
  );
  const commands = [
    listCommand,
    showCommand,
    transcriptCommand,
    askCommand,
    queryCommand,
    likenessCommand,
    costCommand,
    exportCommand,
    deleteCommand,
  ];
  for (const command of commands) runs.addCommand(command(session));
  return runs;
}
