import { describe, expect, it } from "vitest";
import { loadStudy } from "../../../src/index.ts";
import { type Project, tempProject } from "../../support/project.ts";
import { studyIssues } from "../../support/study-issues.ts";

const head = ["name: village", "seed: 7", "people: [lisa, oscar, marcos, minji]"];
const world = (...network: readonly string[]): string =>
  [
    ...head,
    "world:",
    "  name: Village",
    "  network:",
    ...network.map((line) => `    ${line}`),
    "steps:",
    "  - run: 1",
    "",
  ].join("\n");

async function playedOf(project: Project, text: string) {
  const study = await loadStudy(await project.write("study.yaml", text));
  const { story, error } = await project.play(study, { model: "builtin" });
  if (error !== undefined) throw error;
  return story.flatMap((event) => (event.type === "relation-set" || event.type === "relations-formed" ? [event] : []));
}
const relationsIn = async (project: Project, text: string) =>
  (await playedOf(project, text)).flatMap((event) => (event.type === "relations-formed" ? event.relations : []));

describe("a network in a study", () => {
  it("is listed, read from a file and drawn", async () => {
    await using project = await tempProject();
    await project.write("friends.csv", "from,to,type\nMarcos,Oscar,rival\n");
    const text = world(
      "file: friends.csv",
      "scaleFree: { links: 1, directed: true, type: follows }",
      "relations:",
      "  - { from: Lisa, to: Oscar, type: brother, back: sister, weight: 2 }",
      "  - { from: Lisa, to: Marcos }",
    );
    const relations = await relationsIn(project, text);
    expect(relations).toContainEqual(["lisa-brannigan", "oscar-ramsaran", "brother", 2]);
    expect(relations).toContainEqual(["oscar-ramsaran", "lisa-brannigan", "sister", 2]);
    expect(relations.filter(([, , type]) => type === "follows")).toHaveLength(3);
    expect(relations.filter(([, , type]) => type === "rival")).toHaveLength(1);
    expect(relations).toHaveLength(7);
    expect(await studyIssues(project, text)).toEqual([]);
  });
  it("says that the way back is a word, and no switch", async () => {
    await using project = await tempProject();
    const text = world("relations: [{ from: Lisa, to: Oscar, type: brother, back: true }]");
    expect((await studyIssues(project, text)).join()).toContain(
      "relations.0.back: This is true or false; a text is expected. It says what `from` is to `to`, as in `back: sister`.",
    );
  });
  it("brings its measures home as rows, as it is by then", async () => {
    await using project = await tempProject();
    const text = world(
      "relations: [{ from: Lisa, to: Oscar }, { from: Oscar, to: Lisa }, { from: Lisa, to: Marcos }]",
    ).replace("  - run: 1", "  - tables: [{ positions: who stands where }, { network: figures }, positions]");
    const study = await loadStudy(await project.write("study.yaml", text));
    const { result } = await project.play(study, { model: "builtin" });
    const found = result as Record<string, readonly Record<string, unknown>[]>;
    expect(found["positions"]).toEqual(found["who stands where"]);
    expect(found["figures"]).toMatchObject([{ people: 4, ties: 3, components: 2 }]);
    expect(found["who stands where"]?.map(({ name, degreeIn, degreeOut }) => [name, degreeIn, degreeOut])).toEqual([
      ["Lisa Brannigan", 1, 2],
      ["Oscar Ramsaran", 1, 1],
      ["Marcos Benítez Ovelar", 1, 0],
      ["곽민지", 0, 0],
    ]);
    expect(await studyIssues(project, text.replace("positions:", "position:"))).toEqual([
      expect.stringContaining(
        "A room keeps no table 'position'. Did you mean positions? It has: positions, network, homophily, communities, spread.",
      ),
    ]);
  });
  it("governs who hears whom instead of everyone", async () => {
    await using project = await tempProject();
    const text = world("hops: 2", "relations: [{ from: Lisa, to: Oscar }, { from: Oscar, to: Marcos }]").replace(
      "  - run: 1",
      "  - tell: { who: Lisa, what: The bakery closes. }\n  - run: 1",
    );
    const { story } = await project.play(await loadStudy(await project.write("study.yaml", text)), {
      model: "builtin",
    });
    const reached = story.flatMap((event) => (event.type === "delivered" && event.to !== "everyone" ? event.to : []));
    expect(story.map((event) => event.type)).not.toContain("access-changed");
    expect(reached.filter((person) => !/^(oscar|marcos)/.test(person))).toEqual([]);
    expect(reached.length).toBeGreaterThan(0);
  });
  it.each([
    ["smallWorld: { neighbours: 2, rewired: 0.1 }", 8],
    ["random: { degree: 3 }", 12],
    ["groups: { sizes: [2, 2], within: 1, between: 0 }", 4],
  ])("is drawn by %s", async (drawn, count) => {
    await using project = await tempProject();
    expect(await relationsIn(project, world(drawn))).toHaveLength(count);
  });
  it("is looked over without playing: names, keys, and its file", async () => {
    await using project = await tempProject();
    await project.write("friends.csv", "from,to\nLisa,Nobody\n");
    expect(await studyIssues(project, world("relations:", "  - { from: Lisa, to: Nobody }"))).toEqual([
      "8 world.network.relations.0.to: 'Nobody' names nobody of this study. Its people: Lisa Brannigan, Oscar Ramsaran, Marcos Benítez Ovelar, 곽민지.",
    ]);
    expect(await studyIssues(project, world("relations:", "  - { from: Lisa, to: Lisa }"))).toEqual([
      "8 world.network.relations.0.to: Nobody is related to themselves.",
    ]);
    expect(await studyIssues(project, world("smallworld: { neighbours: 2, rewired: 0.1 }"))).toEqual([
      "7 world.network.smallworld: There is no 'smallworld' here. Did you mean smallWorld?",
    ]);
    expect((await studyIssues(project, world("file: friends.csv"))).join()).toMatch(
      /^7 world\.network\.file: The network .*friends\.csv is not valid:\n.*friends\.csv:2:6: Nobody here is called 'Nobody'\./,
    );
    expect((await studyIssues(project, world("file: none.csv"))).join()).toMatch(/no such file/);
  });
  it.each([
    [
      "smallWorld: { neighbours: 3, rewired: 0.1 }",
      "smallWorld",
      "neighbours cannot be 3 here: it must be an even number from 0 to 3.",
    ],
    ["random: { degree: 9 }", "random", "degree cannot be 9 here: it must be a number from 0 to 3."],
    ["scaleFree: { links: 4 }", "scaleFree", "links cannot be 4 here: it must be a whole number from 1 to 3."],
    ["groups: { sizes: [2, 3], within: 1, between: 0 }", "groups", "sum of groups cannot be 5 here: it must be 4."],
  ])("is looked over without playing: what cannot be drawn among so many by %s", async (drawn, key, message) => {
    await using project = await tempProject();
    expect(await studyIssues(project, world(drawn))).toEqual([`7 world.network.${key}: Among 4 people, ${message}`]);
  });
  it("is that of a town hall, too: read, on record and measured", async () => {
    await using project = await tempProject();
    const hall = (relation: string) =>
      world(`relations: [${relation}]`)
        .replace("  name: Village", "  kind: town hall\n  speaker: Lisa\n  opening: We close.\n  whispers: 1")
        .replace("  - run: 1", "  - hold: { as: asked }\n  - tables: [positions]");
    const text = hall("{ from: Oscar, to: Marcos, type: brother }");
    expect(await studyIssues(project, text)).toEqual([]);
    const { story, result, error } = await project.play(await loadStudy(await project.write("hall.yaml", text)), {
      model: "builtin",
    });
    expect(error).toBeUndefined();
    expect(story.flatMap((event) => (event.type === "relations-formed" ? event.relations : []))).toEqual([
      ["oscar-ramsaran", expect.stringMatching(/^marcos/), "brother", 1],
    ]);
    expect(result).toMatchObject({ positions: [{ degreeOut: 0 }, { degreeOut: 1 }, { degreeIn: 1 }, {}] });
    expect((await studyIssues(project, hall("{ from: Oscar, to: Nobody }"))).join()).toContain(
      "world.network.relations.0.to: 'Nobody' names nobody of this study.",
    );
  });
});
