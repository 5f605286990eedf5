import { describe, expect, it } from "vitest";
import { loadStudy, spreadOf } from "../../../src/index.ts";
import { type Project, tempProject } from "../../support/project.ts";
import { studyIssues } from "../../support/study-issues.ts";

/** A study of these people in this world; steps are lines of a list. */
const studyOf = (world: readonly string[], steps: readonly string[], head: readonly string[] = []): string =>
  [
    ...["name: village", "seed: 7", "people: [lisa, oscar, marcos, doreen]", ...head, "world:"],
    ...[...world.map((line) => `  ${line}`), "steps:", ...steps.map((step) => `  - ${step}`), ""],
  ].join("\n");

const village = ["name: Village", "network:", "  file: friends.csv"];
const friends = [
  ...["from,to,type", "Lisa,Oscar,friend", "Oscar,Lisa,friend", "Lisa,Doreen,friend", "Doreen,Lisa,friend"],
  ...["Marcos,Oscar,rival", "Oscar,Marcos,rival", ""],
].join("\n");
const follows = ["kind: social feed", "name: Feed", "follows:", "  file: friends.csv"];

async function project(): Promise<Project> {
  const made = await tempProject();
  await made.write("friends.csv", friends);
  return made;
}

async function played(at: Project, text: string) {
  const study = await loadStudy(await at.write("study.yaml", text));
  const { result, error, story, shown } = await at.play(study, {
    model: "builtin",
    ...(study.startAt && { startAt: study.startAt }),
  });
  if (error !== undefined) throw error;
  const warnings = shown.flatMap((event) => (event.type === "warning" ? [event.message] : []));
  return { story, warnings, tables: result as Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>> };
}

describe("the homophily of a network in a study", () => {
  it("has a row for each thing in which people are compared", async () => {
    await using at = await project();
    const step = "tables: { homophily: { by: [gender, age, occupation.title], as: likes } }";
    const { likes = [] } = (await played(at, studyOf(village, [step]))).tables;
    // By hand, after Newman: four of six ties stay among women or among men; by chance three would.
    expect(likes[0]).toEqual({
      ...{ attribute: "gender", kind: "nominal", same: 4 / 6, sameByChance: 0.5, ties: 6, unknown: 0 },
      ...{ assortativity: expect.closeTo(1 / 3, 12), modularity: expect.closeTo(1 / 6, 12) },
    });
    expect(likes.map(({ attribute, kind, modularity }) => [attribute, kind, modularity === null])).toEqual([
      ["gender", "nominal", false],
      ["age", "numeric", true],
      ["occupation.title", "nominal", false],
    ]);
  });
  it("can be of some relations alone, and says nothing of what is not there", async () => {
    await using at = await project();
    const steps = ["friend", "rival", "lover"].map(
      (type) => `tables: [{ homophily: { by: gender, types: [${type}], as: ${type} } }]`,
    );
    const { tables, warnings } = await played(at, studyOf(village, steps));
    expect(warnings).toEqual(["homophily: nobody is related as 'lover'. There are: friend, rival."]);
    expect(tables["friend"]).toMatchObject([{ same: 0.5, ties: 4 }]);
    expect(tables["rival"]).toMatchObject([{ same: 1, sameByChance: 1, assortativity: null, ties: 2 }]);
    expect(tables["lover"]).toMatchObject([{ same: null, sameByChance: null, assortativity: null, ties: 0 }]);
  });
  it("is known of whom people follow in a feed, with where they stand", async () => {
    await using at = await project();
    const { tables } = await played(
      at,
      studyOf(follows, ["run: 1", "tables: { positions: stand, network: figures, homophily: { by: gender } }"]),
    );
    expect(tables["figures"]).toMatchObject([{ people: 4, ties: 6, components: 1 }]);
    expect(tables["stand"]?.map(({ degreeIn }) => degreeIn)).toEqual([2, 2, 1, 1]);
    expect(tables["homophily"]).toMatchObject([{ same: 4 / 6 }]);
  });
  it("can be of what people answered, in a table with a row a person", async () => {
    await using at = await project();
    const steps = [
      "ask: { question: Would you buy a kettle? }",
      "extract: { objective: Whether they would., from: each, fields: { verdict: { options: [buy, wait] }, sure: { type: yes-no } }, as: verdicts }",
      "tables: { homophily: { by: [verdict, sure], table: verdicts, as: agree } }",
    ];
    const { tables } = await played(at, studyOf(village, steps));
    const said = new Map(tables["verdicts"]?.map(({ person, verdict }) => [person, verdict]));
    const alike = [...friends.matchAll(/^(\w+),(\w+),\w+$/gm)].slice(1).map(([, from = "", to = ""]) => {
      const verdictOf = (first: string) => [...said].find(([person]) => String(person).startsWith(first))?.[1];
      return verdictOf(from) === verdictOf(to);
    });
    expect(alike).toHaveLength(6);
    expect(tables["agree"]).toMatchObject([
      { attribute: "verdict", kind: "nominal", same: alike.filter(Boolean).length / 6, ties: 6, unknown: 0 },
      { attribute: "sure", kind: "nominal", ties: 6 },
    ]);
    const wrong = (homophily: string) =>
      studyIssues(
        at,
        studyOf(village, [...steps.slice(0, 2), "tables: [network]", `tables: { homophily: ${homophily} }`]),
      );
    expect(await wrong("{ by: verdict, table: verdict }")).toEqual([
      "12 steps.3.tables.homophily.table: There is no table 'verdict' before this step. Tables so far: verdicts, network.",
    ]);
    expect(await wrong("{ by: [verdict, gender], table: verdicts }")).toEqual([
      "12 steps.3.tables.homophily.by: The table 'verdicts' has no 'gender'. It has: person, verdict, sure.",
    ]);
    expect(await wrong("{ by: ties, table: network }")).toEqual([
      "12 steps.3.tables.homophily.table: The table 'network' has no 'person': nobody knows whose rows these are.",
    ]);
  });
  it("is refused where nobody has such a thing, with what may be meant, before and at the run", async () => {
    await using at = await project();
    const text = (by: string) => studyOf(village, ["run: 1", `tables: { homophily: { by: ${by} } }`]);
    const nobody = (by: string) => `Nobody of this study has a '${by}'.`;
    expect(await studyIssues(at, text("gendre"))).toEqual([
      `10 steps.1.tables.homophily.by: ${nobody("gendre")} Did you mean gender?`,
    ]);
    const [titel, skills, nowhere] = await studyIssues(at, text("[age, titel, skills, a..b]"));
    expect(titel).toBe(`10 steps.1.tables.homophily.by.1: ${nobody("titel")} Did you mean occupation.title?`);
    expect(skills).toContain("by.2: 'skills' is a list or a group of keys: what is compared is a text or a number.");
    expect(skills).toContain("There are: age, gender, ");
    expect(nowhere).toContain(`by.3: ${nobody("a..b")}`);
    expect((await studyIssues(at, text("occupation"))).join()).toContain(
      "Did you mean occupation.title or occupation.organization or occupation.description?",
    );
    await expect(played(at, text("gendre"))).rejects.toMatchObject({
      code: "STUDY_INVALID",
      message: expect.stringMatching(
        /study\.yaml:10:\d+ steps\.1\.tables\.homophily\.by: Nobody of this study has a 'gendre'\./,
      ),
    });
  });
  it("is not looked for in a file where a fragment may say it", async () => {
    await using at = await project();
    await at.write("team.json", JSON.stringify({ type: "Fragment", persona: { team: "blue" } }));
    const text = studyOf(village, ["tables: { homophily: { by: team } }"]).replace(
      "[lisa, oscar",
      "[{ file: lisa, fragments: [team.json] }, oscar",
    );
    expect(await studyIssues(at, text)).toEqual([]);
    expect((await played(at, text)).tables["homophily"]).toMatchObject([{ unknown: 3, ties: 0 }]);
  });
});

describe("the communities of a network in a study", () => {
  const names = "lisa oscar marcos doreen raghav rasha".split(" ");
  /** Two circles of three, Lisa's and Rasha's, and one who knows somebody of both. */
  const circles = [
    ...["from,to,type", "Lisa,Oscar,friend", "Oscar,Marcos,friend", "Marcos,Lisa,friend", "Marcos,Doreen,rival"],
    ...["Doreen,Raghav,friend", "Raghav,Rasha,friend", "Rasha,Doreen,friend", ""],
  ].join("\n");
  const circled = async () => {
    const at = await tempProject();
    await at.write("friends.csv", circles);
    return at;
  };
  const text = (...steps: readonly string[]) =>
    studyOf(village, steps).replace("[lisa, oscar, marcos, doreen]", `[${names.join(", ")}]`);

  it("have a row for each person, of all relations or of some alone", async () => {
    await using at = await circled();
    const study = text(
      "tables: [communities, { communities: { types: [rival], as: foes } }]",
      "tables: { communities: by another name }",
      "tally: { table: communities, by: community, as: sizes }",
      "tables: { communities: { types: [lover], as: none } }",
    );
    expect(await studyIssues(at, study)).toEqual([]);
    const { tables, warnings } = await played(at, study);
    const groups = Map.groupBy(tables["communities"] ?? [], ({ community }) => community);
    expect([...groups.values()].map((rows) => rows.map(({ person }) => String(person).split(" ")[0]).sort())).toEqual([
      ["Lisa", "Marcos", "Oscar"],
      ["Doreen", "Raghav", "Rasha"],
    ]);
    // By hand, after Newman and Girvan: of seven ties three are within each circle, which has half of all ends.
    expect(tables["communities"]?.[0]).toEqual({
      ...{ person: "Lisa Brannigan", community: 1, size: 3, modularity: expect.closeTo(6 / 7 - 1 / 2, 12) },
    });
    expect(tables["by another name"]).toEqual(tables["communities"]);
    expect(tables["sizes"]).toMatchObject([{ count: 3 }, { count: 3 }]);
    expect(tables["foes"]?.map(({ size }) => size)).toEqual([2, 2, 1, 1, 1, 1]);
    expect(tables["none"]).toHaveLength(6);
    expect(tables["none"]).toMatchObject([{ size: 1, modularity: null }, {}, {}, {}, {}, {}]);
    expect(warnings).toEqual(["communities: nobody is related as 'lover'. There are: friend, rival."]);
  });
  it("have the columns that later steps can use, people by their names among them", async () => {
    await using at = await circled();
    const study = (by: string) =>
      text("tables: [communities]", `tables: { homophily: { by: ${by}, table: communities } }`);
    expect(await studyIssues(at, study("size"))).toEqual([]);
    expect((await played(at, study("size"))).tables["homophily"]).toMatchObject([{ unknown: 0, ties: 7 }]);
    expect((await studyIssues(at, study("group"))).join()).toContain("It has: person, community, size, modularity.");
  });
});

describe("the spread of a statement in a study", () => {
  const told = ["tell: { who: Lisa, what: The bakery closes on Friday. }", "run: 3"];
  it("is what programs find: by words in any order and form, or by a pattern", async () => {
    await using at = await project();
    const { tables, story } = await played(
      at,
      studyOf(village, [
        ...told,
        "tables: [{ spread: { statement: closing bakeries } }, { spread: { statement: /BAKER/i, as: talk } }]",
        "tally: { table: talk, by: how, as: ways }",
      ]),
    );
    const found = (statement: string | RegExp) =>
      spreadOf(story, statement).map(({ name, how, passedOn }) => ({ person: name, how, passedOn }));
    expect(tables["spread"]).toMatchObject(found("closing bakeries"));
    expect(tables["talk"]).toMatchObject(found(/BAKER/i));
    expect(tables["spread"]).toMatchObject([
      { person: "Lisa Brannigan", how: "outside", from: null, step: null, generation: 0 },
    ]);
    expect(tables["ways"]?.length).toBeGreaterThan(0);
  });
  it("leaves out what all are asked in its words, where that is wanted", async () => {
    await using at = await project();
    const { tables } = await played(
      at,
      studyOf(village, [
        "broadcast: Does the bakery close on Friday?",
        "tables: [{ spread: { statement: bakery closes } }, { spread: { statement: bakery closes, broadcasts: false, as: talk } }]",
      ]),
    );
    expect(tables["spread"]?.map(({ how }) => how)).toEqual(Array.from({ length: 4 }, () => "broadcast"));
    expect(tables["talk"]).toEqual([]);
  });
  it("is known of every kind of world, with moments where there is a calendar", async () => {
    await using at = await project();
    const steps = [
      ...told,
      "tables: { spread: { statement: bakery } }",
      "tally: { table: spread, by: time, as: moments }",
    ];
    const { tables } = await played(at, studyOf(["name: Room"], steps, ["startAt: 2030-01-07T07:00"]));
    expect(tables["spread"]?.[0]).toMatchObject({
      person: "Lisa Brannigan",
      time: expect.stringContaining("2030-01-07T07:00"),
    });
    for (const world of ["kind: workplace\n  places: [A]", "kind: mail and chat", "kind: social feed"]) {
      const { spread = [] } = (await played(at, studyOf([world], steps.slice(0, 3)))).tables;
      expect(spread[0], world).toMatchObject({ person: "Lisa Brannigan" });
    }
  });
  it("has the columns that later steps can use", async () => {
    await using at = await project();
    const by = (column: string) =>
      studyOf(village, ["tables: { spread: { statement: x } }", `tally: { table: spread, by: ${column}, as: c }`]);
    const columns = "person how from step generation passedOn event".split(" ");
    for (const column of columns) expect(await studyIssues(at, by(column)), column).toEqual([]);
    const { spread = [] } = (await played(at, studyOf(village, [...told, "tables: { spread: { statement: bakery } }"])))
      .tables;
    expect(Object.keys(spread[0] ?? {})).toEqual(columns);
    expect((await studyIssues(at, by("time"))).join()).toMatch(
      /^10 steps\.1\.tally\.by: The table 'spread' has no 'time'\./,
    );
  });
  it.each([
    ['{ spread: { statement: "" } }', "spread.statement: This is empty."],
    ['{ spread: { statement: "?!" } }', "spread.statement: There is no word in this that somebody could say."],
    ["{ spread: { statement: /a(/ } }", "spread.statement: This is no pattern: Invalid regular expression"],
    ["{ spread: { statement: /bakery/gi } }", "spread.statement: A pattern has no 'gi' behind it: i takes letters"],
    ["{ spread: { statment: x } }", "spread.statment: There is no 'statment' here. Did you mean statement?"],
    ["[spread]", "0: Say the spread of what, as in `spread: { statement: The bakery closes }`."],
    ["[homophily]", "0: Say what is compared, as in `homophily: { by: gender }`."],
    ["[{ spread: { statement: x } }, { spread: { statement: y } }]", "1.spread: There is a table 'spread' already"],
    ["[{ homophilly: { by: age } }]", "0.homophilly: There is no 'homophilly' here. Did you mean homophily?"],
    ["[{ trades: { by: age } }]", "0.trades: This is a group of keys; a text is expected. It is another name for"],
    ["[network, { positions: network }]", "1.positions: There is a table 'network' already"],
    ["{ homophily: { of: age } }", "homophily.of: There is no 'of' here. Possible: by, table, types, as."],
    ["{ communities: { by: age } }", "communities.by: There is no 'by' here. Possible: types, as."],
    ["[communities, communities]", "1: There is a table 'communities' already"],
    ["{}", "tables: This is empty."],
  ])("says what is wrong with %s", async (tables, message) => {
    await using at = await project();
    const found = await studyIssues(at, studyOf(village, [`tables: ${tables}`]));
    expect(found.join("\n")).toContain(message);
    expect(found.every((issue) => issue.startsWith("9 "))).toBe(true);
  });
  it.each([
    [["name: Room"], "This room has no network: give the world a `network`."],
    [
      ["kind: town hall", "speaker: Lisa", "opening: Hello."],
      "This town hall has no network: give the world a `network`.",
    ],
    [["kind: social feed"], "This social feed has no network: say whom people follow, in `follows`."],
    [
      ["kind: workplace", "places: [A]"],
      "This workplace has no network: a room or a town hall with a `network` has one, and a social feed with `follows`.",
    ],
  ])("tells where there would be a network: %j", async (world, message) => {
    await using at = await project();
    const found = await studyIssues(at, studyOf(world, ["tables: [positions, { homophily: { by: age } }]"]));
    expect(found).toEqual([
      expect.stringContaining(`tables.0: ${message}`),
      expect.stringContaining(`tables.1.homophily: ${message}`),
    ]);
  });
  it("needs a world", async () => {
    await using at = await project();
    const text = "name: x\npeople: [lisa]\nsteps:\n  - tables: { spread: { statement: x } }\n";
    expect(await studyIssues(at, text)).toEqual([expect.stringMatching(/^4 steps\.0\.tables: This needs a world\./)]);
  });
});
