import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { noConfiguration, twins, validateFiles } from "../../../src/index.ts";
import type { ModelRequest } from "../../../src/kernel/contracts/model.ts";
import { createMemoryStore } from "../../../src/stores.ts";
import { parseStudyDocument } from "../../../src/study/document/parse.ts";
import { studyOf } from "../../../src/study/interpret.ts";
import { promptOf, says } from "../../support/person.ts";
import { type Project, tempProject } from "../../support/project.ts";
import { scriptedModel } from "../../support/scripted-model.ts";

let project: Project;
beforeEach(async () => {
  project = await tempProject();
  await project.write("kettles.yaml", instrument);
});
afterEach(() => project[Symbol.asyncDispose]());

const instrument = `
survey: 1
name: kettles
items:
  - { id: owns, kind: yes-no, text: Do you own a kettle? }
  - { id: colours, kind: checkbox, text: Which colours?, options: [red, blue, grey], if: { item: owns, is: "yes" } }
`;

const study = (steps: string, head = "people: [lisa, oscar]"): string => `
name: kettle study
${head}
world: { name: Kitchen }
steps:
${steps}`;

/** Lisa owns one, in red and blue. */
const answering = ({ scope }: ModelRequest<unknown>): unknown => {
  if (!scope.includes("/fork:")) return says("A kettle is a kettle.");
  const answer = scope.includes("colours") ? ["red", "blue"] : scope.includes("lisa") ? "Yes" : "No";
  return { thoughts: "I look into the cupboard.", answer };
};

async function play(yaml: string) {
  const model = scriptedModel(answering);
  const played = await project.play(studyOf(parseStudyDocument(parse(yaml)), project.folder), {
    ...{ model, folder: project.folder },
  });
  return { ...played, requests: model.requests };
}

const asked = "  - survey: { file: kettles.yaml, method: direct, as: owners";

describe("a questionnaire in a study", () => {
  it("is answered on forks, by rows that later steps count, and started again asks nothing", async () => {
    const steps = `  - broadcast: Kettles are dear.
${asked}, answers: all, figures: shares }
  - tally: { table: owners, by: colours, as: colours }
  - run: 1
${asked.replace("owners", "after")}, who: Lisa }`;
    const first = await play(study(steps));
    expect(first.error).toBeUndefined();
    const { owners, all, shares, colours, after } = first.result as Record<string, unknown[]>;
    expect(owners).toEqual([
      { person: "Lisa Brannigan", end: "complete", checks: 0, owns: "yes", colours: ["red", "blue"] },
      { person: "Oscar Ramsaran", end: "complete", checks: 0, owns: "no", colours: null },
    ]);
    expect(all?.[3]).toEqual({
      ...{ person: "Oscar Ramsaran", item: "colours", value: null, missing: "not-asked" },
      ...{ other: null, words: null, method: "flow" },
    });
    expect(shares?.[0]).toMatchObject({ segment: "all", item: "owns", figure: "yes", n: 2, value: 0.5 });
    expect(colours).toEqual([
      { colours: "red", count: 1, share: 0.5 },
      { colours: "blue", count: 1, share: 0.5 },
    ]);
    const prompts = first.requests.filter(({ scope }) => scope.includes("/fork:")).map(promptOf);
    expect(prompts.map((prompt) => prompt.includes("A kettle is a kettle."))).toEqual([
      ...[false, false, false],
      ...[true, true],
    ]);
    const turns = first.requests.filter(({ scope }) => !scope.includes("/fork:")).map(promptOf);
    for (const prompt of turns) expect(prompt).not.toContain("Do you own a kettle?");
    expect(after).toHaveLength(1);
    const again = await play(study(steps));
    expect([again.requests.length, again.result]).toEqual([0, first.result]);
    // Another asking before it moves none of those that have a name.
    const more = await play(study(`${asked.replace("owners", "first")} }\n${steps}`));
    expect(more.requests).toHaveLength(3);
  });

  it("asks people of a folder, in variants and samples, and tells what these do", async () => {
    await mkdir(join(project.folder, "people"));
    for (const name of ["Ann", "Bo", "Cy"])
      await project.write(`people/${name}.json`, JSON.stringify({ name: `${name} Lee` }));
    const { result, error } = await play(
      study(`${asked}, population: people, samples: 2, effects: moved,
      variants: [{ name: short, texts: { owns: "A kettle?" } }] }`),
    );
    expect(error).toBeUndefined();
    const { owners, moved } = result as Record<string, readonly Record<string, unknown>[]>;
    expect(owners?.map(({ person, variant, sample }) => `${person} ${variant} ${sample}`).toSorted()).toEqual(
      ["Ann", "Bo", "Cy"].flatMap((name) =>
        ["as-written 0", "as-written 1", "short 0", "short 1"].map((round) => `${name} Lee ${round}`),
      ),
    );
    expect(moved?.[0]).toMatchObject({ variant: "short", item: "owns", figure: "yes", n: 3, difference: 0 });
  });

  it("is answered in arms: who was told nothing gives the very same answer", async () => {
    const model = scriptedModel(answering);
    const document = parseStudyDocument(parse(study(`  - broadcast: Kettles are dear.\n  - run: 1\n${asked} }`)));
    const { runs } = await twins(studyOf(document, project.folder), {
      ...{ model, folder: project.folder, store: createMemoryStore(), configuration: noConfiguration },
      arms: {
        control: {},
        told: { at: "kitchen/1", change: ({ people: [lisa] }) => lisa?.think("I hate kettles.") },
      },
    });
    const [control, told] = runs;
    expect(told?.result).toMatchObject({ owners: (control?.result as { owners: unknown } | undefined)?.owners });
    // Lisa's turn, and her two items.
    expect(told?.ledger.paid.calls).toBe(3);
  });

  it("is looked over before anybody is asked", async () => {
    const complaints = async (steps: string, head?: string) => {
      await project.write("study.yaml", study(steps, head));
      const [report] = await validateFiles(join(project.folder, "study.yaml"));
      return report?.issues.map(({ path, message, line }) => `${line} ${path}: ${message}`).join("\n") ?? "";
    };
    expect(await complaints(`${asked} }`)).toBe("");
    expect(await complaints(`${asked}, instrument: {} }`)).toMatch(/survey: Give the questionnaire as a `file`/);
    expect(await complaints(`${asked}, first: 2 }`)).toMatch(/survey\.first: This is about a `population`/);
    expect(await complaints(`${asked}, effects: moved }`)).toMatch(/survey\.effects: This compares `variants`/);
    expect(await complaints(`${asked}, population: none }`)).toMatch(/survey\.population: Cannot read the population/);
    expect(await complaints(`${asked.replace("kettles", "pots")} }`)).toMatch(
      /^6 steps\.0\.survey\.file: Cannot read /,
    );
    const count = `${asked} }\n  - tally: { table: owners, by: colour, as: counts }`;
    expect(await complaints(count)).toMatch(/^7 steps\.1\.tally\.by: .* has no 'colour'\. It has: .*owns, colours/);
    const { error, requests } = await play(study(count));
    expect([requests.length, error]).toEqual([0, expect.objectContaining({ code: "STUDY_INVALID" })]);
    const inline = asked.replace(
      "file: kettles.yaml",
      "instrument: { survey: 1, name: k, items: [{ id: a, kind: tea, text: b }] }",
    );
    expect(await complaints(`${inline} }`)).toMatch(/^6 steps\.0\.survey\.instrument\.items\.0\.kind: /);
  });
});
