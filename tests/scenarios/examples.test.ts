import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { actionText, type JournalEvent, type Study, transcriptOf } from "../../src/index.ts";
import { exampleFile, type Played, type Project, study, tempProject } from "../support/project.ts";

const names = [
  "01-interview",
  "02-tv-ad",
  "03-brainstorming",
  "04-focus-group",
  "05-debate",
  "06-town-hall",
  "07-interview-in-depth",
  "08-social-feed",
  "09-marketplace",
  "10-workplace",
  "11-mail-and-chat",
] as const;
const files = ["main.ts", "study.yaml"] as const;
const examples = names.flatMap((name) => files.map((file) => [name, file] as const));
type Tables = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;
const played = new Map<string, Played<Tables>>();
const projects: Project[] = [];

beforeAll(async () => {
  for (const [name, file] of examples) {
    const project = await tempProject();
    projects.push(project);
    const example = (await study(exampleFile(name, file))) as Study<Tables>;
    played.set(`${name}/${file}`, await project.play(example, { model: "builtin" }));
  }
}, 120_000);
afterAll(() => Promise.all(projects.map((project) => project[Symbol.asyncDispose]())));

const the = (name: string, file: string): Played<Tables> => played.get(`${name}/${file}`) as Played<Tables>;
const turns = (story: readonly JournalEvent[]) => story.filter((event) => event.type === "turn");

describe.each(examples)("example %s/%s on the built-in model", (name, file) => {
  it("finishes, and what answered is marked as no language model", () => {
    const { error, shown, story } = the(name, file);
    expect(error).toBeUndefined();
    expect(turns(story).length).toBeGreaterThan(2);
    expect(turns(story).every((turn) => turn.heuristic === true)).toBe(true);
    expect(shown.filter((event) => event.type === "diverged" || event.type === "warning")).toEqual([]);
  });

  it("has a transcript with all that was said, once each, and nothing that is not in the journal", () => {
    const { story } = the(name, file);
    const transcript = transcriptOf(story);
    expect(new Set(transcript.map(({ id }) => id)).size).toBe(transcript.length);
    const said = turns(story).flatMap((turn) =>
      turn.actions.flatMap((action, place) =>
        action.type === "DONE" ? [] : [`${turn.id}.${place} ${actionText(action)}`],
      ),
    );
    const acted = transcript.filter(({ kind }) => kind === "action").map(({ id, text }) => `${id} ${text}`);
    expect(acted.toSorted()).toEqual(said.toSorted());
    const told = story.filter(
      (event) => event.type === "broadcast" || (event.type === "stimulus" && !event.stimulus.via),
    );
    expect(transcript.filter(({ kind }) => kind === "stimulus").length).toBe(told.length);
  });
});

describe("what the examples bring home", () => {
  it("01: findings about somebody who was made from a description, with the events that they rest on", () => {
    for (const file of files) {
      const { result, story } = the("01-interview", file);
      const [findings] = result["findings"] ?? [];
      expect(findings).toMatchObject({ problem: expect.stringMatching(/\w/), tried: expect.any(Array) });
      const column = file === "main.ts" ? result["evidence"]?.flatMap(({ events }) => events) : findings?.["evidence"];
      const evidence = column as string[];
      expect(evidence.length).toBeGreaterThan(0);
      const transcript = transcriptOf(story).map(({ id }) => id);
      expect(transcript).toEqual(expect.arrayContaining(evidence));
      expect(turns(story)).toHaveLength(5);
    }
  });

  it("02: one choice for each of the eight people, counted, and a winner", () => {
    for (const file of files) {
      const { result, story } = the("02-tv-ad", file);
      const { choices = [], counts = [], winner } = result;
      expect(choices).toHaveLength(8);
      expect(new Set(choices.map(({ person }) => person)).size).toBe(8);
      for (const { ad, why } of choices) {
        expect(["A", "B", "C"]).toContain(ad);
        expect(why).toMatch(/\p{L}/u);
      }
      const votes = counts.map(({ count }) => Number(count));
      expect(votes.reduce((sum, count) => sum + count, 0)).toBe(8);
      expect(counts.length, "people disagree").toBeGreaterThan(1);
      expect(winner).toEqual(counts.filter(({ count }) => count === Math.max(...votes)));
      expect(turns(story)).toHaveLength(8);
    }
  });

  it("03: ideas with the people who had them, each of them one of the room", () => {
    for (const file of files) {
      const { result, story } = the("03-brainstorming", file);
      const people = story.flatMap((event) => (event.type === "person-created" ? [event.name] : []));
      const { ideas = [] } = result;
      expect(ideas.length).toBeGreaterThan(2);
      for (const { idea, who, benefit } of ideas) {
        expect(people).toContain(who);
        expect(`${idea} ${benefit}`).toMatch(/\w+ \w+/);
      }
      expect(new Set(ideas.map(({ who }) => who)).size).toBeGreaterThan(1);
    }
  });

  it("04: who took part in which topic, and what each wished for", () => {
    for (const file of files) {
      const { result, story } = the("04-focus-group", file);
      const { participation = [], wishes = [] } = result;
      expect(participation).toHaveLength(6);
      expect(participation.map(({ person }) => person)).not.toContain("Doreen Mumby");
      const spoke = participation.reduce((sum, row) => sum + Number(row["spoke"]), 0);
      const talked = turns(story).filter(({ actions, name }) =>
        actions.some(({ type }) => type === "TALK" && name !== "Doreen Mumby"),
      );
      expect(spoke).toBe(talked.length);
      expect(wishes.length).toBeGreaterThan(1);
    }
  });

  it("05: how everybody voted before and after, and by whose words they were moved", () => {
    for (const file of files) {
      const { result, story } = the("05-debate", file);
      const { votes = [], before = [], after = [] } = result;
      expect(votes).toHaveLength(6);
      for (const { changed, before: was, after: is } of votes) expect(changed).toBe(was !== is);
      const transcript = new Map(transcriptOf(story).map(({ id, from }) => [id, from]));
      const moved = votes.filter(({ by }) => by !== null);
      expect(moved.length, "somebody is moved").toBeGreaterThan(0);
      for (const { by, byWhom, person } of moved) {
        expect(transcript.get(String(by))).toBe(byWhom);
        expect(byWhom).not.toBe(person);
      }
      for (const counts of [before, after]) {
        expect(counts.reduce((sum, { count }) => sum + Number(count), 0)).toBe(6);
      }
    }
  });

  it("06: who asked what, how urgent it was, and the answer, each in its place", () => {
    for (const file of files) {
      const { result, story } = the("06-town-hall", file);
      const { questions = [] } = result;
      expect(questions).toHaveLength(3);
      const transcript = new Map(transcriptOf(story).map((entry) => [entry.id, entry]));
      for (const { person, question, asked, answer, answered, urgency } of questions) {
        expect(transcript.get(String(asked))).toMatchObject({ from: person, text: question });
        expect(transcript.get(String(answered))).toMatchObject({ from: "Oscar Ramsaran", text: answer });
        expect(urgency).toBeGreaterThan(0);
      }
    }
  });

  it("07: every question as it was put, with an answer that stands where the row says", () => {
    for (const file of files) {
      const { result, story } = the("07-interview-in-depth", file);
      const { answers = [] } = result;
      expect(answers.map(({ kind }) => kind)).toEqual(expect.arrayContaining(["question", "follow-up", "deviation"]));
      const transcript = new Map(transcriptOf(story).map(({ id, text }) => [id, text]));
      for (const { answer, event } of answers) if (answer !== "") expect(transcript.get(String(event))).toBe(answer);
    }
  });

  it("08: what was posted, who saw it, and what they did with it", () => {
    const { result, story } = the("08-social-feed", "main.ts");
    const { posts = [], exposures = [], engagement = [] } = result;
    const seen = story.flatMap((event) => (event.type === "exposed" ? event.posts : []));
    expect(exposures).toHaveLength(seen.length);
    expect(posts.reduce((sum, post) => sum + Number(post["exposures"]), 0)).toBe(seen.length);
    expect(engagement.filter(({ action }) => action === "post")).toHaveLength(posts.length);
    expect(new Set(engagement.map(({ action }) => action)).size).toBeGreaterThan(2);
  });

  it("09: what was traded and what it cost, and nothing made or lost", () => {
    const { result } = the("09-marketplace", "main.ts");
    const { trades = [], prices = [], holdings = [] } = result;
    expect(trades.length).toBeGreaterThan(0);
    expect(prices.length).toBeGreaterThan(0);
    const sum = (column: string): number => holdings.reduce((total, row) => total + Number(row[column]), 0);
    expect([sum("money"), sum("apples"), sum("bread")]).toEqual([135, 36, 12]);
  });

  it("10: who was where, each at a place that there is", () => {
    const { whereabouts = [] } = the("10-workplace", "main.ts").result;
    expect(new Set(whereabouts.map(({ person }) => person)).size).toBe(5);
    for (const { place } of whereabouts) expect(["Desks", "Kitchen", "Meeting room"]).toContain(place);
  });

  it("11: what was sent and written, from and to people of the team", () => {
    const { mails = [], messages = [] } = the("11-mail-and-chat", "main.ts").result;
    expect(mails.length + messages.length).toBeGreaterThan(3);
    const people = ["Lisa Brannigan", "Oscar Ramsaran", "Doreen Mumby", "Raghav Deshpande"];
    for (const { from } of [...mails, ...messages]) expect(people).toContain(from);
    for (const { channel } of messages) expect(["#release", "#coffee"]).toContain(channel);
  });

  it.each(names)("%s: the program and the file tell the same story", (name) => {
    const [program, file] = files.map((one) => the(name, one));
    const asked = (story: readonly JournalEvent[]) => story.filter((event) => event.type !== "extracted");
    expect(asked(file?.story ?? [])).toEqual(asked(program?.story ?? []));
    expect(file?.story.length).toBe(program?.story.length);
  });
});
