import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fitted } from "../../../src/experiment/measure/fitted.ts";
import { sessionsIn } from "../../../src/experiment/measure/sessions.ts";
import { loadExperiment, noConfiguration, runExperiment } from "../../../src/index.ts";
import type { JournalEvent } from "../../../src/kernel/contracts/events.ts";
import type { ModelRequest } from "../../../src/models.ts";
import { createMemoryStore } from "../../../src/stores.ts";
import { says } from "../../support/person.ts";
import { scriptedModel } from "../../support/scripted-model.ts";

const experiment = `
experiment: 1
name: kettles
study:
  people: [lisa, oscar]
  steps:
    - ask: { question: What do you say to a kettle? }
    - survey:
        as: sheet
        method: direct
        variants: [{ name: backwards, options: reversed }]
        instrument:
          survey: 1
          name: kettles
          items:
            - { id: owns, kind: yes-no, text: Do you own a kettle? }
            - { id: colours, kind: rank, text: Which colour first?, options: [red, blue, grey] }
            - { id: why, kind: text, text: Why?, if: { item: owns, is: "yes" } }
arms: { control: {}, pot: { reword: { kettle: pot } } }
metrics:
  owns: { scale: { kind: nominal, options: ["yes", "no"] }, from: { item: owns } }
  grey: { scale: { kind: number, low: 1, high: 3 }, from: { item: colours, option: grey, survey: kettles } }
  why: { scale: { kind: text }, from: { item: why } }
  said: { from: { count: TALK, saying: kettle } }
  likes it: { from: { proposition: They like it. } }
`;

/** Lisa owns one; everybody ranks grey second, says what they were asked for, and likes it by 7. */
const answering = ({ scope, purpose, messages }: ModelRequest<unknown>): unknown => {
  if (purpose === "judge") return verdictOn(JSON.stringify(messages).includes("My pot.") ? "My pot." : "My kettle.");
  if (!scope.includes("/fork:")) return says(`My ${JSON.stringify(messages).includes("to a pot") ? "pot" : "kettle"}.`);
  const answer = scope.includes("colours") ? ["red", "grey", "blue"] : scope.includes("lisa") ? "Yes" : "No";
  return { thoughts: "Well.", answer: scope.includes("why") ? "It whistles." : answer };
};
const verdictOn = (quote: string) => ({ claim: { why: "They say so.", evidence: [{ entry: 2, quote }], score: 7 } });

describe("a metric", () => {
  it("is an answer, what it says of one option, a count, and how true a claim is", async () => {
    const file = join(await mkdtemp(join(tmpdir(), "measured-")), "experiment.yaml");
    await writeFile(file, experiment);
    const { observations, played } = await runExperiment(await loadExperiment(file), {
      ...{ model: scriptedModel(answering), store: createMemoryStore(), configuration: noConfiguration },
    });
    expect(played.map(({ error }) => error)).toEqual([undefined, undefined]);
    const valuesOf = (metric: string, arm = "control"): readonly unknown[] =>
      observations
        .filter((row) => row.metric === metric && row.arm === arm && row.order === undefined)
        .map(({ person, value, missing }) => `${person} ${missing ?? value}`);
    expect(valuesOf("owns")).toEqual(["lisa-brannigan yes", "oscar-ramsaran no"]);
    expect(valuesOf("grey")).toEqual(["lisa-brannigan 2", "oscar-ramsaran 2"]);
    expect(valuesOf("why")).toEqual(["lisa-brannigan It whistles.", "oscar-ramsaran not-asked"]);
    expect(valuesOf("said")).toEqual(["lisa-brannigan 1", "oscar-ramsaran 1"]);
    expect(valuesOf("said", "pot")).toEqual(["lisa-brannigan 0", "oscar-ramsaran 0"]);
    expect(valuesOf("likes it")).toEqual(["lisa-brannigan 7", "oscar-ramsaran 7"]);
    const backwards = observations.filter(({ metric, order }) => metric === "owns" && order === "backwards");
    expect(backwards).toHaveLength(4);
  });

  it.each([
    [{ kind: "nominal", options: ["yes", "no"] }, true, "yes"],
    [{ kind: "number", low: 0, high: 1 }, true, 1],
    [{ kind: "ordinal", options: ["1", "2"] }, 2, "2"],
    [{ kind: "number", low: 1, high: 5 }, "4", 4],
    [{ kind: "number", low: 1, high: 5 }, 6, undefined],
    [{ kind: "nominal", options: ["A", "B"] }, "C", undefined],
  ] as const)("has by the scale %j of %j the value %j", (scale, value, expected) => {
    expect(fitted(scale as never, value)).toBe(expected);
  });

  it("knows who met, and whoever met one of them", () => {
    const world = (name: string, ...people: readonly string[]) => ({ type: "world-created", world: name, people });
    const story = [
      world("a", "ann", "bob"),
      world("b", "cy", "dan"),
      world("c", "eve"),
      { type: "person-entered", world: "b", person: "bob" },
    ] as unknown as JournalEvent[];
    expect([...sessionsIn(story, "cell")]).toEqual(["ann", "bob", "cy", "dan"].map((person) => [person, "cell/a"]));
  });
});
