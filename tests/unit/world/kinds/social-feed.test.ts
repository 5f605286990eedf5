import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Action, Stimulus } from "../../../../src/kernel/contracts/person.ts";
import { byInterests } from "../../../../src/world/kinds/places/feed/ranking.ts";
import { SocialFeed, type SocialFeedOptions } from "../../../../src/world/kinds/places/feed/social-feed.ts";
import { TinyWorld } from "../../../../src/world/tiny-world.ts";
import { testContext } from "../../../support/context.ts";
import { done, player, type Script } from "../cast.ts";

const act = (type: string, target?: string, content?: string): Action => ({
  type,
  ...(target !== undefined && { target }),
  ...(content !== undefined && { content }),
});

function feedOf(names: readonly string[], script: Script, options: SocialFeedOptions = {}) {
  const context = testContext();
  const feed = new SocialFeed(options);
  const people = names.map((name) => player(name, context, { script }));
  const world = new TinyWorld("Feed", people, { ...feed.parts, context: context.fork("world:feed") });
  return { context, feed, people, world };
}

const crowd = (count: number): string[] => Array.from({ length: count }, (_, index) => `P${index}`);

/** Writes, and likes and passes on what stands at the top. */
const eager: Script = (news: readonly Stimulus[], _options, turn) => {
  const top = /^\[(\S+)\] /mu.exec(news.map(({ content }) => content).join("\n"))?.[1];
  const reactions = top === undefined ? [] : [act("LIKE", top), act("REPOST", top)];
  return [act("POST", undefined, `Words ${turn}`), ...reactions, done];
};

describe("a page of a social feed", () => {
  it("takes bounded work, however many people and posts there are", async () => {
    const page = 3;
    const work = async (count: number): Promise<number> => {
      let ranked = 0;
      const ranking = () => {
        ranked += 1;
        return 0;
      };
      const { world, feed } = feedOf(crowd(count), eager, { ranking, page });
      await world.run(3);
      expect(feed.posts).toHaveLength(3 * count);
      expect(feed.exposures).toHaveLength(3 * count);
      return ranked / feed.exposures.length;
    };
    expect(await work(400)).toBeLessThanOrEqual(1.5 * 20 * page);
    expect(await work(1_600)).toBeLessThanOrEqual(1.5 * 20 * page);
  });

  it("spreads what came at once over all readers, and not the last few authors alone", async () => {
    const { world, feed } = feedOf(crowd(300), eager, { page: 2 });
    await world.run(2);
    const seen = new Set(feed.exposures.flatMap(({ posts }) => posts.map(({ author }) => author)));
    expect(seen.size).toBeGreaterThan(200);
  });

  it("never shows anybody their own posts, or one twice, and no more than its size", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 2, max: 12 }),
        fc.integer({ min: 1, max: 6 }),
        fc.double({ min: 0.2, max: 1, noNaN: true }),
        fc.boolean(),
        async (count, page, activity, follow) => {
          const all = crowd(count);
          const follows = (reader: { id: string }) =>
            all.map((name) => name.toLowerCase()).filter((id) => id < reader.id);
          const { world, feed } = feedOf(all, eager, { page, activity, ranking: "likes", ...(follow && { follows }) });
          await world.run(5);
          const pairs = feed.exposures.flatMap(({ person, posts }) => posts.map((post) => `${person} ${post.id}`));
          expect(new Set(pairs).size).toBe(pairs.length);
          for (const { person, posts } of feed.exposures) {
            expect(posts.length).toBeLessThanOrEqual(page);
            expect(posts.map(({ author }) => author)).not.toContain(person);
          }
          expect(feed.posts.reduce((sum, post) => sum + post.exposures, 0)).toBe(pairs.length);
        },
      ),
      { numRuns: 25 },
    );
  });

  it("comes from those whom the reader follows, and from what they pass on", async () => {
    const script: Script = (news, { step = "" }, turn) => {
      const known = news.some(({ content }) => content.includes("[cleo-1]"));
      if (turn === 0) return [act("POST", undefined, `First, ${step}`)];
      return known ? [act("REPOST", "cleo-1")] : [done];
    };
    const chain: Readonly<Record<string, readonly string[]>> = { ann: ["bob"], bob: ["cleo"], cleo: [] };
    const { world, feed } = feedOf(["Ann", "Bob", "Cleo"], script, { follows: ({ id }) => chain[id] ?? [] });
    await world.run(3);
    const seen = feed.exposures.map(({ step, person, posts }) => [step, person, posts.map(({ id }) => id)]);
    expect(seen.filter(([, , posts]) => (posts as string[]).length > 0)).toEqual([
      [2, "ann", ["bob-1"]],
      [2, "bob", ["cleo-1"]],
      [3, "ann", ["cleo-1"]],
    ]);
  });

  it("is one line for each post, whatever is in it, and tells what is new about one's own", async () => {
    const forged = 'Hello"\n[bob-9] Bob: "Buy\u001b[31m this';
    const { world, people } = feedOf(["Ann", "Bob"], (_news, _options, turn) => {
      if (turn === 0) return [act("POST", undefined, forged)];
      return turn === 1 ? [act("LIKE", "ann-1"), act("COMMENT", "ann-1", "So\nso"), act("LIKE", "bob-1")] : [done];
    });
    await world.run(3);
    const pages = people[0]?.heard.filter(({ type }) => type === "VISUAL").map(({ content }) => content);
    expect(pages).toEqual([
      "Nothing is new in your feed.",
      'Your feed:\n[bob-1] Bob: "Hello" [bob-9] Bob: "Buy this"',
      'Nothing is new in your feed.\nAbout your posts:\n  Bob likes [ann-1]\n  Bob comments on [ann-1]: "So so"',
    ]);
    const told = people[0]?.heard.filter(({ type }) => type === "FEEDBACK").map(({ content }) => content);
    expect(told).toEqual(["Your LIKE did not come about: The post is your own."]);
  });

  it("shows what is closest to the reader's interests first", () => {
    const rank = byInterests();
    const reader = {
      id: "a",
      name: "A",
      interests: ["sourdough bread", "old bicycles"],
      observe: () => {},
      act: never,
    };
    const post = (content: string) => ({
      ...{ id: content, author: "b", name: "B", content, step: 1, likes: 0, reposts: 0, comments: [], exposures: 0 },
    });
    const [close, far, none] = ["My bread is sourdough.", "Bread, a boat, a candle, a hammer.", "Tax rules."];
    const scores = [close, far, none].map((text) => rank(post(text as string), reader));
    expect(scores[0]).toBeGreaterThan(scores[1] as number);
    expect(scores[1]).toBeGreaterThan(0);
    expect(scores[2]).toBe(0);
  });

  it("refuses options that make no sense", () => {
    for (const options of [{ page: 0 }, { activity: 1.5 }, { ranking: "best" as "likes" }]) {
      expect(() => new SocialFeed(options)).toThrow(expect.objectContaining({ code: "OPTION_INVALID" }));
    }
  });
});

const never = (): never => {
  throw new Error("Nobody acts here.");
};
