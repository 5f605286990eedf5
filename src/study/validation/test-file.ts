import { access } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { fileReason } from "../../kernel/text/reasons.ts";
import { type Issue, isTinyTroupeError } from "../../kernel/values/errors.ts";
import { manifestFile } from "../../population/folder/manifest.ts";
import { checkedGoals } from "../../usability/goals/goal.ts";
import type { TestDocument } from "../systems/document.ts";
import { goalOf, readTestDocument, systemOf } from "../systems/test.ts";
import { type FileKind, type Found, nothing } from "./found.ts";
import { castIn } from "./people.ts";

/** What is wrong with a test of systems, and with the files that it names. No system is touched. */
export async function inTest({ file }: FileKind): Promise<Found> {
  const { document, placed } = await readTestDocument(file);
  const folder = dirname(file);
  const found = nothing();
  await castIn(document.people ?? [], { folder, found, world: undefined });
  found.issues.push(
    ...systemIssues(document, folder),
    ...issuesOf(() => checkedGoals(document.goals.map(goalOf)), "goals"),
    ...(await populationIssues(document, folder)),
  );
  return { issues: found.issues.map(placed), warnings: found.warnings.map(placed), needs: found.needs };
}

/** Systems that the file does not let anybody touch, and two of one name. */
function systemIssues({ systems, allow }: TestDocument, folder: string): readonly Issue[] {
  return systems.flatMap((system, place) => {
    const isTwin = systems.findIndex(({ name }) => name === system.name) < place;
    return [
      ...issuesOf(() => systemOf(system, { allow, folder }), `systems.${place}`),
      ...(isTwin ? [{ path: `systems.${place}.name`, message: `Two systems are called '${system.name}'.` }] : []),
    ];
  });
}

async function populationIssues({ population }: TestDocument, folder: string): Promise<readonly Issue[]> {
  if (population === undefined) return [];
  const path = resolve(folder, population.folder);
  return access(manifestFile(path)).then(
    () => [],
    (cause: unknown) => {
      const message = `There is no population in ${path}: ${fileReason(cause)}.`;
      return [{ path: "population.folder", message }];
    },
  );
}

function issuesOf(check: () => unknown, path: string): readonly Issue[] {
  try {
    check();
    return [];
  } catch (error) {
    if (!isTinyTroupeError(error, "OPTION_INVALID", "SYSTEM_REFUSED")) throw error;
    return [{ path, message: `${error.message} ${error.hint}` }];
  }
}
