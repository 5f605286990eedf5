import { expect, it } from "vitest";
import { commandHere } from "../support/command-here.ts";
import { untilRequest } from "../support/counted.ts";
import { tempProject } from "../support/project.ts";
import { castServer, chatModel, openaiAt } from "../support/served.ts";

const guide = `name: short
sections:
  - { title: Home, minutes: 5, questions: [Where do you live?, Who lives with you?] }
  - { title: Work, minutes: 5, questions: [What is your work?, What goes wrong in it?] }
`;
const command = ["population", "interview", "--out", "talk.md", "--guide", "guide.yaml", "--model", "builtin"];

it("a human is asked for consent, stops, and goes on where they were", async () => {
  await using project = await tempProject();
  await project.write("guide.yaml", guide);
  const refused = await project.cli(command, {}, "no\n").ended;
  expect(refused.code, refused.stderr).toBe(0);
  await expect(project.read("talk.md")).rejects.toThrow();

  const long = "I live in a small flat above a bakery, ".repeat(4);
  const first = await project.cli(command, {}, `yes\n\n${long}\n${long}\n\nstop\n`).ended;
  expect(first.code, first.stderr).toBe(0);
  const begun = await project.read("talk.md");
  expect(begun).toContain('Consent: "yes"');
  expect(begun).toContain(`**1. Where do you live?**\n\n> ${long.trim()}\n> ${long.trim()}\n`);

  const second = await project.cli([...command, "--json"], {}, `skip\n${long}\n\nskip\n`).ended;
  expect(second.code, second.stderr).toBe(0);
  expect(JSON.parse(second.stdout)).toMatchObject({ simulated: false, answers: 4, complete: true });
  const whole = await project.read("talk.md");
  expect(whole.startsWith(begun)).toBe(true);
  expect(whole.match(/^\*\*\d+\. .*$/gm)).toEqual([
    "**1. Where do you live?**",
    "**2. Who lives with you?**",
    "**3. What is your work?**",
    "**4. What goes wrong in it?**",
  ]);
}, 60_000);

it("a simulated person is interviewed; what was killed goes on and becomes the same transcript", async () => {
  const transcripts: string[] = [];
  for (const killed of [false, true]) {
    await using project = await tempProject();
    await project.write("guide.yaml", guide);
    const args = [...command, "--with", "lisa", "--seed", "7"];
    if (killed) {
      const line = project.cli(args);
      await line.said("What is your work?");
      line.process.kill("SIGKILL");
      expect((await line.ended).signal).toBe("SIGKILL");
      expect(await project.read("talk.md")).toContain("**1. Where do you live?**");
    }
    const ended = await commandHere(project, [...args, "--json"]);
    expect(ended.code, ended.stderr).toBe(0);
    expect(JSON.parse(ended.stdout)).toMatchObject({ simulated: true, heuristic: true, complete: true });
    transcripts.push(await project.read("talk.md"));
  }
  expect(transcripts[0]).toContain("Simulated: Lisa");
  expect(transcripts[1]).toBe(transcripts[0]);
}, 60_000);

it("what was answered before a kill is paid for once, the interviewer's calls and the person's", async () => {
  await using server = await castServer();
  const counts: number[] = [];
  for (const killed of [false, true]) {
    await using project = await tempProject();
    await project.write("guide.yaml", guide);
    const before = server.requests.length;
    const args = [...command.slice(0, -1), chatModel, "--with", "lisa", "--seed", "7"];
    if (killed) {
      const { reached, director } = untilRequest((counts[0] ?? 0) - 3, () => undefined);
      server.direct(director);
      const line = project.cli(args, openaiAt(server.url));
      await Promise.race([reached, line.ended]);
      line.process.kill("SIGKILL");
      expect((await line.ended).signal).toBe("SIGKILL");
      server.direct(() => undefined);
    }
    const ended = await commandHere(project, args, openaiAt(server.url));
    expect(ended.code, ended.stderr).toBe(0);
    counts.push(server.requests.length - before);
  }
  const [whole = 0, broken = 0] = counts;
  expect(whole).toBeGreaterThan(8);
  // What was in flight, or not yet durable, at the kill can be asked twice.
  expect(broken - whole).toBeLessThanOrEqual(2);
}, 60_000);
