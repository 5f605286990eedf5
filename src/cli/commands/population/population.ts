import { Command } from "commander";
import type { Session } from "../../session.ts";
import { withExamples } from "../flags.ts";
import { compareCommand } from "./audit/compare.ts";
import { lintCommand } from "./audit/lint.ts";
import { profileCommand } from "./audit/profile.ts";
import { deletePersonCommand } from "./folder/delete.ts";
import { exportCommand } from "./folder/export.ts";
import { interviewCommand } from "./interview.ts";
import { newCommand } from "./new.ts";
import { fromCommand } from "./people/from.ts";
import { generateCommand } from "./people/generate.ts";
import { sampleCommand } from "./sample.ts";

const help = `
A specification is a YAML or JSON file, or the name of one that comes with the
package: shares, tables of who goes with whom, and what is impossible.`;

/** `tinytroupe population`: people who match their target. */
export function populationCommand(session: Session): Command {
  const population = withExamples(
    new Command("population")
      .summary("draw and make people who match a specification, and look over who there is")
      .description("Populations: people who match what was asked, proved by a table.")
      .addHelpText("after", help),
    ["population new buyers.yaml"],
    ["population sample buyers.yaml --size 200"],
    ["population sample buyers.yaml --out draws.csv"],
    ["population generate usa --size 50 --out people"],
    ['population from talks/ --consent "simulated talks" --out people'],
    ["population lint people/"],
    ["population profile people/ --html report.html"],
    ["population compare people/ buyers.yaml"],
  );
  const commands = [
    newCommand,
    sampleCommand,
    generateCommand,
    fromCommand,
    lintCommand,
    profileCommand,
    compareCommand,
    exportCommand,
    deletePersonCommand,
    interviewCommand,
  ];
  for (const command of commands) population.addCommand(command(session));
  return population;
}
