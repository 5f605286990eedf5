import { afterAll, beforeAll, expect, it } from "vitest";
import { loadStudy } from "../../src/index.ts";
import { markOf, wordsOf } from "../support/fake-provider/cast.ts";
import type { Director, FakeProvider } from "../support/fake-provider/server.ts";
import { sameStory } from "../support/faults/same-story.ts";
import { type Project, tempProject } from "../support/project.ts";
import { castServer, chatModel, openaiAt } from "../support/served.ts";

let server: FakeProvider;
beforeAll(async () => {
  server = await castServer();
});
afterAll(() => server[Symbol.asyncDispose]());

const first = "Ada Ben Cara Dan Eva Finn Gita Hugo".split(" ");
const people = first.map((name, place) => ({
  name: `${name} Berg`,
  gender: place % 2 === 0 ? "female" : "male",
  residence: place < 4 ? "Northside" : "Harbour",
  drives: place < 6,
}));
/** Each follows the one before, and Hugo follows Ada, too, who follows nobody. */
const pairs = [...people.slice(1).map(({ name }, place) => [name, people[place]?.name]), ["Hugo Berg", "Ada Berg"]];

const feed = `name: bridge
seed: 3
people:
${people.map((persona) => `  - persona: ${JSON.stringify(persona)}`).join("\n")}
world: { kind: social feed, name: Town, follows: { file: follows.csv } }
steps:
  - tell: { who: Ada, what: The bridge will be closed from Monday on. }
  - run: 5
  - tables:
      - positions
      - exposures
      - homophily: { by: [residence, gender, drives], as: likes }
      - spread: { statement: closing bridges, as: rumour }
  - tally: { table: rumour, by: step, as: pace }
`;

async function town(): Promise<Project> {
  const project = await tempProject();
  await project.write("follows.csv", `from,to\n${pairs.map((pair) => pair.join(",")).join("\n")}\n`);
  await project.write("feed.yaml", feed);
  return project;
}

/** Whoever has heard of the bridge writes of it, or passes on what stands on their page, once. */
const gossip =
  (round: number): Director =>
  (request) => {
    const schema = request.schema as { properties?: { actions?: unknown } } | undefined;
    if (schema?.properties?.actions === undefined) return undefined;
    const [words, mark] = [wordsOf(request), markOf(request)];
    const afterMs = round === 0 ? 0 : Number.parseInt(mark.slice(2 * round, 2 * round + 2), 16) / 8;
    const shown = /\[([\p{L}-]+-\d+)\] [^"]*"[^"]*bridge/u.exec(words)?.[1];
    const told = words.includes("from Monday on");
    const deed = shown
      ? [{ type: "REPOST", target: shown }]
      : [{ type: "POST", content: told ? `Look, the bridge closes! ${mark}` : `Good morning. ${mark}` }];
    const state = { goals: null, context: null, attention: null, emotions: null };
    return { afterMs, text: JSON.stringify({ state, actions: [...deed, { type: "DONE" }] }) };
  };

type Rows = readonly Readonly<Record<string, unknown>>[];
type Tables = Readonly<Record<"positions" | "exposures" | "likes" | "rumour" | "pace", Rows>>;

it("news go through a feed along those whom people follow, however many are asked at once", async () => {
  await using one = await town();
  await using other = await town();
  const options = { model: chatModel, variables: openaiAt(server.url) };
  server.direct(gossip(0));
  const whole = await one.play(await loadStudy(`${one.folder}/feed.yaml`), { ...options, concurrency: 1 });
  expect(whole.error).toBeUndefined();
  const { positions, exposures, likes, rumour, pace } = whole.result as Tables;
  // Ada's own words stand at the root: she was told. Ben reads them, Cara what he passes on; Hugo reads Ada.
  expect(rumour.map(({ person, how, from, step, generation }) => [person, how, from, step, generation])).toEqual([
    ["Ada Berg", "outside", null, null, 0],
    ["Ben Berg", "read", "Ada Berg", 2, 1],
    ["Hugo Berg", "read", "Ada Berg", 2, 1],
    ["Cara Berg", "read", "Ben Berg", 3, 2],
    ["Dan Berg", "read", "Cara Berg", 4, 3],
    ["Eva Berg", "read", "Dan Berg", 5, 4],
  ]);
  const follows = new Set(pairs.map((pair) => pair.join(" > ")));
  for (const { person, from, step } of rumour.slice(1)) {
    expect(follows).toContain(`${person} > ${from}`);
    const seen = exposures.filter((row) => row["person"] === person && row["author"] === "Ada Berg");
    expect(seen.map((row) => row["step"])).toContain(step);
  }
  expect(pace).toContainEqual({ step: 2, count: 2, share: 0.4 });
  expect(positions.map(({ degreeIn }) => degreeIn)).toEqual([2, 1, 1, 1, 1, 1, 1, 0]);
  // Of eight ties six stay in a quarter, and none among women or among men.
  expect(likes.map(({ attribute, same }) => [attribute, same])).toEqual([
    ["residence", 6 / 8],
    ["gender", 0],
    ["drives", 6 / 8],
  ]);
  server.direct(gossip(1));
  const wide = await other.play(await loadStudy(`${other.folder}/feed.yaml`), { ...options, concurrency: 64 });
  expect(wide.result).toEqual(whole.result);
  sameStory(other.store, one.store);
}, 60_000);

/** As if nothing were installed that draws. */
const withoutPlots = `import { registerHooks } from "node:module";
registerHooks({
  resolve: (name, context, next) => {
    if (name.startsWith("vega")) throw Object.assign(new Error(name), { code: "ERR_MODULE_NOT_FOUND" });
    return next(name, context);
  },
});
`;

it("stand with a picture in the report of the study, or in words alone where nothing draws", async () => {
  await using project = await town();
  const report = "  - report: { task: How did it get around?, table: rumour, who: person, as: findings }\n";
  await project.write("told.yaml", `${feed}${report}`);
  const page = async (variables = {}) => {
    const { code, stdout, stderr } = await project.cli(["run", "told.yaml", "--model", "builtin"], variables).ended;
    expect(code, stderr).toBe(0);
    return project.read((/\S+findings\.html/.exec(stdout)?.[0] ?? "").slice(project.folder.length + 1));
  };
  expect(await page()).toMatch(/<figure><svg[\s\S]*How many it had reached/);
  const hooks = await project.write("without-plots.mjs", withoutPlots);
  const words = await page({ NODE_OPTIONS: `--import ${hooks}` });
  expect(words).toContain("How did it get around?");
  expect(words).not.toContain("<svg");
}, 60_000);

it("are rehearsed, priced, written as files and drawn from the command line", async () => {
  await using project = await town();
  const run = await project.cli(["run", "feed.yaml", "--model", "builtin", "--quiet"]).ended;
  expect([run.code, run.stderr.includes("Error")]).toEqual([0, false]);
  expect(run.stdout).toContain("rumour (1)");
  const written = /\S+rumour\.csv/.exec(run.stdout)?.[0] ?? "";
  expect(await project.read(written.slice(project.folder.length + 1))).toMatch(
    /^person,how,from,step,generation,passedOn,event,simulated\r?\nAda Berg,outside,,,0,0,person:ada-berg#1,true\r?\n$/,
  );
  const drawn = written.replace("rumour.csv", "likes.csv");
  const report = ["report", "--data", drawn, "--who", "attribute", "--model", "builtin", "--task", "Who is alike?"];
  const { code, stderr } = await project.cli([...report, "-o", "likes.html"]).ended;
  expect(code, stderr).toBe(0);
  expect(await project.read("likes.html")).toContain("Ties between equals");
  const dry = await project.cli(["run", "feed.yaml", "--model", chatModel, "--dry-run", "--json"], openaiAt(server.url))
    .ended;
  expect([dry.code, JSON.parse(dry.stdout)]).toMatchObject([0, { ok: true }]);
  const wrong = await project.write("wrong.yaml", feed.replace("[residence, gender,", "[residence, gendr,"));
  const refused = await project.cli(["run", wrong, "--model", "builtin"]).ended;
  expect(refused.code).not.toBe(0);
  expect(refused.stderr).toMatch(
    /wrong\.yaml:19:38 steps\.2\.tables\.2\.homophily\.by\.1: Nobody .* 'gendr'\. Did you mean gender\?/,
  );
}, 120_000);
