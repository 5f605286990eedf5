import { describe, expect, it } from "vitest";
import { defineStudy, type JournalEvent, SocialFeed } from "../../../src/index.ts";
import { countOfActions, type Part, playedInAllWays, rehearsed } from "../../support/kinds.ts";

const page = 2;

const study = defineStudy({
  name: "feed",
  seed: 5,
  run: async (simulation) => {
    const feed = new SocialFeed({ ranking: "likes", page, activity: 0.8 });
    const people = await simulation.loadPeople(["lisa", "oscar", "marcos", "doreen"], {
      faculties: [feed],
    });
    const world = simulation.world("Feed", people, feed.parts).broadcast("The library will close on Sundays.");
    await world.run(4);
    return { tables: feed.tables, pages: feed.exposures.length };
  },
});

/** Everybody writes; of what they see they like the first, comment on the second, pass on the last; now and then what cannot be done. */
const part: Part = (words, dice, mark) => {
  const ids = [...words.slice(words.lastIndexOf("Your feed:")).matchAll(/\[([a-zéí-]+-\d+)\] /gu)].map(([, id]) => id);
  const wrong = [
    [],
    [{ type: "LIKE", target: "nobody-1" }],
    [{ type: "TALK", target: null, content: `Hear ${mark}.` }],
  ];
  return [
    { type: "POST", content: `Post ${mark.match(/../g)?.join(" ")}.` },
    ...ids.slice(0, 1).map((target) => ({ type: "LIKE", target })),
    ...ids.slice(1, 2).map((target) => ({ type: "COMMENT", target, content: `Comment ${mark}.` })),
    ...ids.slice(-1).map((target) => ({ type: "REPOST", target })),
    ...(wrong[dice(3)] ?? []),
  ];
};

const ofType = <T extends JournalEvent["type"]>(story: readonly JournalEvent[], type: T) =>
  story.filter((event) => event.type === type) as Extract<JournalEvent, { type: T }>[];

describe("a social feed", () => {
  it("is the same story however it is played, and its rows say what happened", async () => {
    const { result, story, transcript } = await playedInAllWays(study, part);
    const { posts, exposures, engagement } = result.tables;
    const turns = ofType(story, "turn");
    expect(posts).toHaveLength(turns.length);

    const shown = ofType(story, "exposed");
    expect(shown.flatMap((event) => event.posts)).toEqual(expect.arrayContaining(exposures.map((row) => row["post"])));
    expect(shown).toHaveLength(result.pages);
    for (const { posts: ids, person } of shown) {
      expect(ids.length).toBeLessThanOrEqual(page);
      expect(ids.some((id) => id.startsWith(`${person}-`))).toBe(false);
    }
    const pairs = exposures.map(({ person, post }) => `${person} ${post}`);
    expect(new Set(pairs).size).toBe(pairs.length);

    const likes = engagement.filter(({ action }) => action === "like").length;
    expect(posts.reduce((sum, post) => sum + Number(post["likes"]), 0)).toBe(likes);
    expect(likes).toBeGreaterThan(0);
    const counted = countOfActions(story);
    const refused = ofType(story, "resolved").filter(({ outcome }) => outcome === "refused");
    const tried = ["POST", "LIKE", "COMMENT", "REPOST", "TALK"].reduce((sum, type) => sum + (counted[type] ?? 0), 0);
    expect(engagement.length + refused.length).toBe(tried);
    expect(refused.map(({ reason }) => reason)).toContain(
      "There is no post nobody-1. The ids of posts stand in [brackets].",
    );
    expect(transcript).toContain("did not come about: Nobody is near enough to hear you.");
    expect(transcript).toMatch(/Lisa Brannigan to [a-zéí-]+-1 \[LIKE\]\n/u);
  }, 60_000);

  it("is rehearsed believably: no talk, no floods, and something of each kind", async () => {
    const neighbours = defineStudy({
      name: "neighbours",
      seed: 8,
      run: async (simulation) => {
        const feed = new SocialFeed();
        const names = ["lisa", "oscar", "marcos", "minji", "doreen", "raghav", "rasha", "thandeka"];
        const people = await simulation.loadPeople(names, { faculties: [feed] });
        const world = simulation.world("Feed", people, feed.parts).broadcast("The library will close on Sundays.");
        await world.run(5);
        return feed.tables.engagement;
      },
    });
    const { story, result } = await rehearsed(neighbours);
    const counted = countOfActions(story);
    expect(counted).not.toHaveProperty("TALK");
    for (const type of ["POST", "LIKE", "COMMENT", "REPOST"]) expect(counted[type]).toBeGreaterThan(0);
    expect(ofType(story, "resolved")).toEqual([]);
    for (const { actions } of ofType(story, "turn")) {
      expect(actions.filter(({ type }) => type !== "THINK" && type !== "DONE").length).toBeLessThanOrEqual(5);
    }
    expect(result.length).toBeLessThan(2.5 * ofType(story, "turn").length);
  }, 60_000);
});
