import { join } from "node:path";
import { expect, it } from "vitest";
import { loadPopulation } from "../../src/index.ts";
import { commandHere } from "../support/command-here.ts";
import { untilRequest } from "../support/counted.ts";
import { tempProject } from "../support/project.ts";
import { castServer, chatModel, openaiAt } from "../support/served.ts";

const size = 40;
const concurrency = 4;
const rows = Array.from({ length: size }, (_, index) => `r${index + 1},${20 + index},tram ${index}`);
const consent = ["--consent", "simulated interviews"];

it("people of a survey's rows: a kill costs nobody twice, later rows are added, and consent is asked for first", async () => {
  await using server = await castServer(() => ({ afterMs: 5 }));
  await using project = await tempProject();
  await project.write("survey.csv", ["id,age,commute", ...rows.slice(0, size - 5)].join("\n"));
  const args = ["population", "from", "survey.csv", "--depth", "sketch", "--out", "pilot", "--json"];
  const flags = ["--model", chatModel, "--concurrency", String(concurrency)];
  const start = (...more: string[]) => project.cli([...args, ...flags, ...more], openaiAt(server.url));

  const refused = await start().ended;
  expect(JSON.parse(refused.stdout).error).toMatchObject({
    code: "CONSENT_MISSING",
    hint: expect.stringContaining("--consent"),
  });
  expect(server.requests.length).toBe(0);

  const { reached, director } = untilRequest(15, () => ({ afterMs: 5 }));
  server.direct(director);
  const line = start(...consent);
  await Promise.race([reached, line.ended]);
  line.process.kill("SIGKILL");
  expect((await line.ended).signal).toBe("SIGKILL");
  server.direct(() => ({ afterMs: 5 }));
  await project.write("survey.csv", ["id,age,commute", ...rows].join("\n"));
  const ended = await start(...consent).ended;
  expect(ended.code, ended.stderr).toBe(0);
  expect(server.requests.length - size).toBeLessThanOrEqual(2 * concurrency);
  expect(JSON.parse(ended.stdout)).toMatchObject({ method: "rows", size, simulated: true });
  const { people, missing } = await loadPopulation(join(project.folder, "pilot"));
  expect(missing).toEqual([]);
  expect(people.map(({ draw }) => draw.id)).toEqual(rows.map((row) => row.split(",")[0]));
  expect(people[3]?.persona.age).toBe(23);
  expect(people[3]?.origin).toMatchObject({ kind: "survey", source: "survey.csv", subject: "r4" });
}, 60_000);

it("one row is one person, by one call, and who cannot be made is named beside", async () => {
  await using project = await tempProject();
  await project.write("survey.csv", "id,name,age\n1,Anna,34\n2,Ben,abc\n");
  const { code, stdout } = await project.cli(
    ["population", "from", "survey.csv", ...consent, "--out", "pilot", "--model", "builtin"],
    {},
  ).ended;
  expect(code).toBe(1);
  expect(stdout).toContain("1 person in pilot · 1 call · $0 · simulated");
  expect(stdout).toMatch(/Ben +The persona is not valid/);
});

it("an interview becomes a person with the consent that stands in its file, and a dry run says the price", async () => {
  await using project = await tempProject();
  await project.write(
    "guide.yaml",
    "name: g\nsections: [{ title: Home, minutes: 5, questions: [Where do you live?] }]\n",
  );
  const asked = ["population", "interview", "--out", "talks/anna.md", "--guide", "guide.yaml", "--model", "builtin"];
  const long = "I live in a small flat above a bakery in Porto and I am 44, ".repeat(3);
  expect((await project.cli(asked, {}, `yes\n${long}\n\n`).ended).code).toBe(0);
  const args = ["population", "from", "talks", "--out", "people", "--json"];
  const priced = await commandHere(
    project,
    [...args, "--dry-run", "--model", chatModel],
    openaiAt("http://127.0.0.1:9"),
  );
  expect(priced.code, priced.stderr).toBe(0);
  expect(JSON.parse(priced.stdout)).toMatchObject({ dryRun: true, total: { calls: 1 } });
  await expect(project.read("people/population.json")).rejects.toThrow();
  const made = await commandHere(project, [...args, "--model", "builtin"]);
  expect(made.code, made.stderr).toBe(0);
  const file = JSON.parse(await project.read("people/people/anna.json"));
  expect(file.origin).toMatchObject({
    ...{ kind: "interview", source: "anna.md", subject: "anna" },
    consent: { given: true, scope: expect.stringContaining("interviewed") },
  });
}, 60_000);
