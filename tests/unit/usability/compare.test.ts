import { describe, expect, it } from "vitest";
import { compareSystems, type FindingRow, type SessionRow, testReport } from "../../../src/index.ts";
import { createRandom } from "../../../src/kernel/values/random.ts";
import { meets } from "../../../src/usability/goals/goal.ts";
import { scenariosOf } from "../../../src/usability/goals/scenarios.ts";

const row = (over: Partial<SessionRow>): SessionRow => ({
  ...{ system: "old", goal: "buy", person: "Ann", session: 1, success: true, by: "check", end: "reached" },
  ...{ steps: 3, failures: 0, seconds: 9, ease: 6, path: "", did: "", showed: "", why: "" },
  ...over,
});

describe("two systems side by side", () => {
  const people = ["Ann", "Bo", "Cy", "Di", "Ed"];

  it("are held against each other pair by pair; who gives up early is not quick", async () => {
    const rows = people.flatMap((person, place) => [
      row({ person, steps: 4 + place }),
      row({
        ...{ person, system: "new", success: place > 2, steps: place > 2 ? 9 + 2 * place : 1 },
        ...{ did: `looked ${place}`, showed: "a wall", why: "lost" },
      }),
    ]);
    const { measures, parted } = await compareSystems([...rows, row({ person: "Flo" })], "old", "new");
    const by = Object.fromEntries(measures.map((one) => [one.measure, one]));
    expect(by["success"]).toMatchObject({
      pairs: 5,
      first: 1,
      second: 0.4,
      p: expect.closeTo(0.25, 9),
      note: "3 with the first alone, 0 with the second alone",
    });
    expect(by["steps"]).toMatchObject({ pairs: 2, first: 7.5, second: 16 });
    expect(by["failures"]).toMatchObject({ pairs: 5, p: null, note: expect.stringMatching(/\w/) });
    expect(
      parted.map(({ person, succeededWith, did, showed, why }) => [person, succeededWith, did, showed, why]),
    ).toEqual(["Ann", "Bo", "Cy"].map((person, place) => [person, "old", `looked ${place}`, "a wall", "lost"]));
    for (const { p, corrected } of measures) if (p !== null) expect(corrected).toBeGreaterThanOrEqual(p);
  });

  it("are reported with what stood in the way of each, and the exchange in which the one failed", async () => {
    const rows = people.flatMap((person) => [
      row({ person }),
      row({ person, system: "new", success: false, did: "CLICK Buy", showed: "No such page", why: "I cannot pay." }),
    ]);
    const exchange = { did: "CLICK Buy", showed: "No such page", said: "I cannot pay.", quote: "I cannot pay." };
    const findings = ["Ann", "Bo"].map((person) => ({
      ...{ system: "new", goal: "buy", person, session: 1, by: "rule", kind: "gave up", severity: 4 },
      ...{ what: "They left.", entry: "x#1", ...exchange },
    })) as FindingRow[];
    const test = { sessions: rows, findings, claims: [], failures: [], visits: [], unsupported: 0 };
    const comparison = await compareSystems(rows, "old", "new");
    const text = await testReport(test, { comparison });
    expect(text).toContain("| gave up | 4 | They left. | 0 | 2 | 1 |");
    expect(text).toContain("| buy | Ann | 1 | old | CLICK Buy | No such page | I cannot pay. |");
    expect(text).toContain(
      "1. They left.\n\nAnn did: CLICK Buy\n\nnew showed: No such page\n\nAnn said: I cannot pay.",
    );
  });

  it("count each person once, however often they came", async () => {
    const rows = (sessions: number) =>
      people.flatMap((person, place) =>
        Array.from({ length: sessions }, (_, nth) => [
          row({ person, session: nth + 1, seconds: 10 + place }),
          row({ person, session: nth + 1, system: "new", success: place > 3, seconds: 12 + 2 * place }),
        ]).flat(),
      );
    const [once, often] = [await compareSystems(rows(1), "old", "new"), await compareSystems(rows(6), "old", "new")];
    expect(often.measures[0]).toMatchObject({
      pairs: 30,
      people: 5,
      p: 0.125,
      note: expect.stringContaining("by people"),
    });
    expect(often.measures.map(({ p }) => p)).toEqual(once.measures.map(({ p }) => p));
  });

  it("say nothing of visits of which nobody knows, and refuse a name that nobody tried", async () => {
    const rows = [row({}), row({ system: "new", success: null })];
    const { measures } = await compareSystems(rows, "old", "new");
    const none = { first: null, second: null, difference: null, p: null };
    expect(measures[0]).toMatchObject({ pairs: 0, people: 0, ...none });
    expect(measures[1]).toMatchObject({ measure: "steps", pairs: 0, ...none });
    await expect(compareSystems(rows, "old", "newer")).rejects.toMatchObject({ code: "TARGET_UNKNOWN" });
  });
});

describe("scenarios", () => {
  const goals = ["a", "b", "c"].map((name) => ({ name, goal: name }));
  const systems = ["one", "two"].map((name) => ({
    ...{ name, about: "", place: "", moves: [] },
    open: async () => Promise.reject(),
  }));
  const people = Array.from({ length: 6 }, (_, place) => ({ id: `p${place}` }));

  it("cross people, goals and sessions, and those of one pair differ in the system alone", () => {
    const all = scenariosOf({ people, systems, goals, sessions: 2 }, createRandom("x"));
    expect(all).toHaveLength(6 * 3 * 2 * 2);
    expect(new Set(all.map(({ key }) => key)).size).toBe(all.length);
  });

  it("deal goals out evenly where each person gets some, whatever the seed", () => {
    for (const seed of ["1", "2", "3"]) {
      const dealt = scenariosOf(
        { people, systems: systems.slice(0, 1), goals, sessions: 1, goalsEach: 2 },
        createRandom(seed),
      );
      for (const { name } of goals) expect(dealt.filter(({ goal }) => goal.name === name)).toHaveLength(4);
      for (const { id } of people)
        expect(new Set(dealt.filter(({ person }) => person.id === id).map(({ goal }) => goal.name)).size).toBe(2);
    }
  });
});

describe("when a goal is reached", () => {
  const shown = (text: string, more = {}) => ({
    number: 1,
    id: "",
    move: { type: "X", args: {} },
    aloud: [],
    shown: { text, ...more },
    seconds: 0,
  });
  const visit = {
    system: "s",
    person: "p",
    goal: "g",
    first: { text: "Welcome", url: "http://s/" },
    end: "reached" as const,
    transcript: [],
  };

  it.each([
    [{ text: "WELCOME" }, true],
    [{ text: "order", url: "/done" }, true],
    [{ text: "order", url: "/cart" }, false],
    [{ text: "/order \\d+/" }, true],
    [{ text: "/ORDER \\d+/" }, false],
    [{ exitCode: 0 }, false],
  ])("%j: %s", (success, met) => {
    expect(meets({ ...visit, steps: [shown("Your order 12", { url: "http://s/done" })] }, success)).toBe(met);
  });
});
