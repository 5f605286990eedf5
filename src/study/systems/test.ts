import { dirname, join, resolve } from "node:path";
import { folderWithin, placed } from "../../insight/export/place.ts";
import type { System } from "../../kernel/contracts/systems/system.ts";
import { readTextFile } from "../../kernel/text/files/read-text.ts";
import { issuesInWords } from "../../kernel/text/issues.ts";
import { readWritten, type Written } from "../../kernel/text/written.ts";
import type { TinyPerson } from "../../person/tiny-person.ts";
import type { Simulation } from "../../simulation/simulation.ts";
import { chatSystem } from "../../systems/http/chat.ts";
import { searchSystem } from "../../systems/http/search.ts";
import { programSystem } from "../../systems/program/program.ts";
import { websiteSystem } from "../../systems/web/website.ts";
import { casesOf, casesText } from "../../usability/cases.ts";
import { compareSystems, type SystemComparison } from "../../usability/compare.ts";
import type { Goal } from "../../usability/goals/goal.ts";
import { groupedFindings, outcomesOf, visitUnits } from "../../usability/report/figures.ts";
import { testReport, testReportHtml } from "../../usability/report/report.ts";
import { type SystemTest, testSystems } from "../../usability/test-systems.ts";
import { defineStudy, type Study } from "../define.ts";
import { invalidStudy } from "../document/parse.ts";
import { entrancesOf } from "../entrances.ts";
import { type SystemDocument, TestDocument } from "./document.ts";

/** In bytes. */
const largestTest = 1024 * 1024;

/** A test that is read from a file. */
export interface LoadedTest {
  readonly study: Study;
  /** The systems that it names, to be used by others too. */
  readonly systems: readonly System[];
}

/**
 * A test of systems from a YAML or JSON file, as a study that plays it: it brings home tables, and leaves a report (in
 * Markdown and as a page) and the cases that failed among the run's results. Throws STUDY_INVALID, FILE_UNREADABLE,
 * SYSTEM_REFUSED.
 */
export async function loadTest(file: string): Promise<LoadedTest> {
  const { document } = await readTestDocument(file);
  // Programs are started elsewhere, where a path from here would lead nowhere.
  const folder = dirname(resolve(file));
  const systems = document.systems.map((system) => systemOf(system, { allow: document.allow, folder }));
  return { study: testStudy(document, systems, folder), systems };
}

/** A test as its file writes it, and where in the file each part stands. */
export async function readTestDocument(
  file: string,
): Promise<{ readonly document: TestDocument } & Pick<Written, "placed">> {
  const text = await readTextFile(file, { mostBytes: largestTest });
  const { value, faults, placed } = await readWritten(text, { aliases: 100 });
  if (faults.length > 0) throw invalidStudy(faults, file);
  const parsed = TestDocument.safeParse(value);
  if (parsed.success) return { document: parsed.data, placed };
  throw invalidStudy(issuesInWords(parsed.error.issues, { whole: value, schema: TestDocument }).map(placed), file);
}

interface Place {
  readonly allow: readonly string[];
  /** Where the file lies. */
  readonly folder: string;
}

/** What a file names as a system, which may be touched where the file says so; SYSTEM_REFUSED and OPTION_INVALID. */
export function systemOf(document: SystemDocument, { allow, folder }: Place): System {
  if ("chat" in document) {
    const { chat: url, ...rest } = document;
    return chatSystem({ ...told(rest), url, allow });
  }
  if ("search" in document) {
    const { search: url, fields = {}, ...rest } = document;
    return searchSystem({ ...told(rest), fields: told(fields), url, allow });
  }
  if ("program" in document) {
    const { program, args = [], ...rest } = document;
    const fromHere = (called: string): string => (/[\\/]/.test(called) ? resolve(folder, called) : called);
    return programSystem({
      ...told(rest),
      ...{ command: fromHere(program), args: args.map((word) => word.replaceAll("{folder}", folder)) },
      allow: allow.map(fromHere),
    });
  }
  const { website: url, ...rest } = document;
  return websiteSystem({ ...told(rest), url, allow });
}

/** A goal as its file writes it. */
export const goalOf = ({ success, ...goal }: TestDocument["goals"][number]): Goal => ({
  ...goal,
  ...(success && { success: told(success) }),
});

/** What is left out in a file is left out of the options, too. */
function told<T extends object>(given: T): { [Key in keyof T]: Exclude<T[Key], undefined> } {
  const entries = Object.entries(given).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [Key in keyof T]: Exclude<T[Key], undefined> };
}

function testStudy(document: TestDocument, systems: readonly System[], folder: string): Study {
  const { name, about, seed, model, judge, budget } = document;
  return defineStudy({
    ...told({ name, about, seed, model, judge, budget: budget && told(budget) }),
    folder,
    run: async (simulation) => {
      const people = await testersOf(document, simulation);
      const { goals, claims = {}, situations, goalsEach, sessions, steps, opinions, concurrency, perMinute } = document;
      const test = await testSystems({
        ...{
          people,
          systems,
          goals: goals.map(goalOf),
        },
        ...told({ situations, goalsEach, sessions, steps, opinions, concurrency, perMinute }),
        propositions: Object.entries(claims).map(([named, claim]) => ({
          name: named,
          claim,
          answer: "truth" as const,
        })),
      });
      return broughtHome(test, { document, simulation });
    },
  });
}

async function testersOf({ people = [], population }: TestDocument, simulation: Simulation) {
  const entrances = await entrancesOf({ people }, simulation);
  const cast: TinyPerson[] = [];
  for (const entrance of entrances) cast.push(await entrance.enter([]));
  if (population === undefined) return cast;
  const { folder, first } = population;
  return [...cast, ...(await simulation.loadPeople([folder], told({ first })))];
}

/** The tables of a test; a dry run leaves no files. */
async function broughtHome(
  test: SystemTest,
  { document, simulation }: { readonly document: TestDocument; readonly simulation: Simulation },
) {
  const [first, second] = document.systems.map(({ name }) => name);
  const wanted = (name: string | undefined): boolean => test.sessions.some(({ system }) => system === name);
  const comparison =
    first !== undefined && second !== undefined && wanted(first) && wanted(second)
      ? await compareSystems(test.sessions, first, second)
      : undefined;
  const files = simulation.context.simulating === true ? [] : await written(test, { document, simulation, comparison });
  return {
    sessions: test.sessions,
    ...(test.claims.length > 0 && { claims: test.claims }),
    outcomes: await outcomesOf(test.sessions),
    units: visitUnits,
    ...(comparison && { comparison: comparison.measures }),
    ...(comparison && comparison.parted.length > 0 && { parted: comparison.parted }),
    findings: groupedFindings(test.findings),
    ...(test.failures.length > 0 && { missing: test.failures }),
    reports: files.map((file) => ({ file })),
  };
}

interface Writing {
  readonly document: TestDocument;
  readonly simulation: Simulation;
  readonly comparison: SystemComparison | undefined;
}

async function written(test: SystemTest, { document, simulation, comparison }: Writing): Promise<readonly string[]> {
  const options = {
    ...{ title: document.name, provenance: await simulation.provenance() },
    ...(comparison && { comparison }),
  };
  const folder = simulation.resultsFolder;
  const texts = {
    "report.md": await testReport(test, options),
    "report.html": await testReportHtml(test, options),
    "failed-cases.jsonl": casesText(casesOf(test)),
  };
  await folderWithin(folder, []);
  const files = Object.entries(texts).map(([name, text]) => [join(folder, name), Buffer.from(text)] as const);
  for (const [file, bytes] of files) await placed(file, bytes, true);
  return files.map(([file]) => file);
}
