import { describe, expect, it } from "vitest";
import type { Model } from "../../../../src/kernel/contracts/model.ts";
import { TinyTroupeError } from "../../../../src/kernel/values/errors.ts";
import { TinyPerson } from "../../../../src/person/tiny-person.ts";
import { parsePersona } from "../../../../src/persona/schema.ts";
import { type DebateOptions, debate } from "../../../../src/world/kinds/talk/debate.ts";
import { TinyWorld } from "../../../../src/world/tiny-world.ts";
import { testContext } from "../../../support/context.ts";

interface Asked {
  readonly scope: string;
  readonly text: string;
}

type VoteOf = (name: string, asked: Asked) => { choice: string; by?: number | null } | Error;

/** People who say their name and how often they spoke, and vote as the function says. */
function debating(voteOf: VoteOf, options: Partial<DebateOptions<TinyPerson>> = {}, names = ["Ann", "Bob", "Cleo"]) {
  const votes: Asked[] = [];
  const spoke = new Map<string, number>();
  const model: Model = {
    id: "test/debate",
    limits: { contextTokens: 100_000, structured: true, images: false, following: "full" },
    generate: async ({ messages, purpose, schema, scope }) => {
      const text = messages.map(({ content }) => String(content)).join("\n");
      const name = scope.replace(
        /^person:(\w)(\w*).*$/,
        (_, first: string, rest: string) => first.toUpperCase() + rest,
      );
      const usage = { input: 1, output: 1 };
      if (purpose === "elicit") {
        votes.push({ scope, text });
        const vote = voteOf(name, { scope, text });
        if (vote instanceof Error) throw vote;
        const answer = { because: `${name} thinks so.`, by: null, ...vote };
        return {
          value: schema.parse(/What was said:/.test(text) ? answer : { ...answer, by: undefined }),
          usage,
          origin: "model",
        };
      }
      const turn = (spoke.get(name) ?? 0) + 1;
      spoke.set(name, turn);
      const state = {};
      const words = `${name} speaks ${turn}: one two three four five six.`;
      return {
        value: schema.parse({ state, actions: [{ type: "TALK", content: words }, { type: "DONE" }] }),
        usage,
        origin: "model",
      };
    },
  };
  const context = testContext({ model });
  const [ann, bob, ...audience] = names.map(
    (name) => new TinyPerson(parsePersona({ name }), context.fork(`person:${name.toLowerCase()}`), { memory: false }),
  ) as [TinyPerson, TinyPerson, ...TinyPerson[]];
  const venue = {
    world: (name: string, people: readonly TinyPerson[], parts = {}) =>
      new TinyWorld(name, people, { ...parts, context: context.fork("world:debate") }),
  };
  const held = debate(venue, { motion: "Tea is best.", sides: { for: [ann], against: [bob] }, audience, ...options });
  return { context, held, votes, ann, bob, audience };
}

const always =
  (choice: string): VoteOf =>
  () => ({ choice });
const isAfter = ({ text }: Asked) => text.includes("What was said:");

describe("a debate", () => {
  it("has the sides speak in turn, in order, the other side first in rebuttals, and nobody else", async () => {
    const { held } = debating(always("abstain"), { rebuttals: 2 });
    await held.hold();
    const said = held.world.transcript().filter(({ type }) => type === "TALK");
    expect(said.map(({ text }) => text.slice(0, 12))).toEqual([
      "Ann speaks 1",
      "Bob speaks 1",
      "Bob speaks 2",
      "Ann speaks 2",
      "Ann speaks 3",
      "Bob speaks 3",
    ]);
    const stages = held.world.transcript().filter(({ type }) => type === "STAGE_ENTERED");
    expect(stages.map(({ text }) => text)).toEqual([
      ...[
        "Vote before the debate",
        "Opening statements",
        "Rebuttals, 1 of 2",
        "Rebuttals, 2 of 2",
        "Vote after the debate",
      ],
    ]);
  });

  it("brings home who changed and by what, with the event of the words", async () => {
    const voteOf: VoteOf = (name, asked) =>
      name !== "Cleo" ? { choice: "abstain" } : isAfter(asked) ? { choice: "against", by: 2 } : { choice: "for" };
    const { held } = debating(voteOf);
    const rows = await held.hold();
    const [said] = held.world.transcript().filter(({ text }) => text.startsWith("Bob speaks 1"));
    expect(rows.find(({ person }) => person === "Cleo")).toEqual({
      ...{ person: "Cleo", side: "audience", before: "for", after: "against", changed: true },
      ...{ because: "Cleo thinks so.", by: said?.id, byWhom: "Bob" },
    });
    expect(rows.filter(({ changed }) => changed)).toHaveLength(1);
    expect(rows.map(({ side }) => side)).toEqual(["for", "against", "audience"]);
  });

  it("counts nobody's own words and no number of nothing as what moved them", async () => {
    const voteOf: VoteOf = (name) => ({ choice: "for", by: name === "Ann" ? 1 : 99 });
    const { held } = debating(voteOf);
    expect((await held.hold()).map(({ by }) => by)).toEqual([null, null, null]);
  });

  it("keeps secret votes secret: nobody learns of another's, and each remembers their own", async () => {
    const { held, ann, votes } = debating(always("for"));
    await held.hold();
    expect(votes.map(({ scope }) => scope)).toEqual(
      ["ann", "bob", "cleo", "ann", "bob", "cleo"].map((name) => `person:${name}/vote`),
    );
    const told = JSON.stringify(ann.memory.episodes());
    expect(told).toContain("I vote “for”");
    expect(told).not.toMatch(/(?:Bob|Cleo) (?:votes|thinks so)/);
  });

  it("has everybody hear open votes, before their own", async () => {
    const { held, votes } = debating(always("for"), { vote: "open" });
    await held.hold();
    const [ann, bob, cleo] = votes
      .slice(0, 3)
      .map(({ text }) => [...text.matchAll(/(\w+) votes/g)].map(([, who]) => who));
    expect([ann, bob, cleo]).toEqual([[], ["Ann"], ["Ann", "Bob"]]);
  });

  it("cuts a turn off after its words: nobody hears the rest, and the speaker is told", async () => {
    const { held, bob, context, votes } = debating(always("for"), { words: 4 });
    await held.hold();
    const heard = JSON.stringify(bob.memory.episodes());
    expect(heard).toContain("Ann speaks 1: one …");
    expect(heard).not.toContain("Ann speaks 1: one two");
    expect(JSON.stringify(context.events)).toContain("the time was up after 4 words");
    expect(votes.at(-1)?.text).toContain("1. Ann: Ann speaks 1: one\n");
  });

  it("makes one failed vote that person's alone, and throws what everybody met", async () => {
    const refused = new TinyTroupeError("MODEL_REFUSED", "No.", {
      data: { model: "x", text: "" },
      hint: "Ask otherwise.",
    });
    const { held } = debating((name) => (name === "Bob" ? refused : { choice: "for" }));
    const rows = await held.hold();
    expect(rows.map(({ before, after, changed }) => [before, after, changed])).toEqual([
      ["for", "for", false],
      [null, null, false],
      ["for", "for", false],
    ]);
    await expect(debating(() => refused).held.hold()).rejects.toMatchObject({ code: "MODEL_REFUSED" });
  });

  it("is held without a vote, too", async () => {
    const { held, votes } = debating(always("for"), { vote: "none" });
    expect(await held.hold()).toEqual([]);
    expect(votes).toEqual([]);
  });
});
