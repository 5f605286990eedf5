import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { spreadOf } from "../../../../src/insight/network/spread.ts";
import type { Action } from "../../../../src/kernel/contracts/person.ts";
import { SocialFeed } from "../../../../src/world/kinds/places/feed/social-feed.ts";
import { TinyWorld } from "../../../../src/world/tiny-world.ts";
import { testContext } from "../../../support/context.ts";
import { done, player, type Script } from "../../world/cast.ts";

const rumour = "The bakery closes on Friday!";
const post = (content: string): Action => ({ type: "POST", content });
const to = (type: string, target: string, content?: string): Action => ({ type, target, ...(content && { content }) });

/** A feed of people who follow whom they are said to follow; by default all posts come by. */
function feedOf(scripts: Readonly<Record<string, Script>>, follows?: Readonly<Record<string, readonly string[]>>) {
  const context = testContext();
  const feed = new SocialFeed(follows === undefined ? {} : { follows: ({ id }) => follows[id] ?? [] });
  const people = Object.entries(scripts).map(([name, script]) => player(name, context, { script }));
  const world = new TinyWorld("Feed", people, { ...feed.parts, context: context.fork("world:feed") });
  const rows = (statement = "bakery close") =>
    spreadOf(context.events, statement).map(({ name, how, from, step, generation }) =>
      [name, how, from ?? "-", step, generation].join(" "),
    );
  return { world, people, rows };
}

/** Does these things turn by turn, and then nothing. */
const inTurn =
  (...turns: readonly (readonly Action[])[]): Script =>
  (_news, _options, turn) =>
    turns[turn] ?? [done];

describe("the spread of a statement in a social feed", () => {
  it("goes from whoever wrote it to those who are shown it, and on by those who pass it on", async () => {
    const known: Script = (news) =>
      news.some(({ content }) => content.includes("[ann-1]")) ? [to("REPOST", "[ann-1]")] : [post("Good morning.")];
    const { world, rows } = feedOf(
      { Ann: inTurn([post(rumour)]), Bob: known, Cleo: known, Dan: inTurn([done]) },
      { bob: ["ann"], cleo: ["bob"], dan: ["cleo", "bob"] },
    );
    await world.run(4);
    expect(rows()).toEqual(["Ann own - 1 0", "Bob read Ann 2 1", "Cleo read Bob 3 2", "Dan read Bob 3 2"]);
  });
  it("goes by comments as far as they are shown, and reaches the author by the news", async () => {
    const comment = (words: string) => inTurn([done], [to("COMMENT", "ann-1", words)]);
    const { world, rows } = feedOf(
      {
        ...{ Ann: inTurn([post("Nice weather.")], [done], [done]), Bob: comment(rumour), Cleo: comment("So nice.") },
        ...{ Dan: comment("Too nice."), Eve: inTurn([done], [done], [done]) },
      },
      { bob: ["ann"], cleo: ["ann"], dan: ["ann"], eve: ["late"] },
    );
    await world.run(3);
    // Two came after it below the post, whoever sees that now; its author is told of all three.
    expect(rows()).toEqual(["Bob own - 2 0", "Ann read Bob 3 1"]);
  });
  it("does not go by what did not come about, nor by what a page cuts off", async () => {
    const long = `${"Well, well. ".repeat(60)}${rumour}`;
    const { world, rows } = feedOf({
      ...{ Ann: inTurn([to("COMMENT", "nobody-1", rumour)]), Bob: inTurn([post(long)]) },
      Cleo: inTurn([done]),
    });
    await world.run(3);
    expect(rows()).toEqual(["Bob own - 1 0"]);
  });
  it("reaches whoever finds the words on a page, and nobody else, whatever people do", async () => {
    const deed = fc.record({
      type: fc.constantFrom("POST", "COMMENT", "COMMENT", "REPOST", "LIKE"),
      of: fc.nat(4),
      number: fc.integer({ min: 1, max: 2 }),
      says: fc.boolean(),
    });
    const names = ["P0", "P1", "P2", "P3", "P4"];
    const turns = fc.array(fc.array(deed, { maxLength: 3 }), { minLength: 4, maxLength: 4 });
    const lives = fc.tuple(turns, turns, turns, turns, turns);
    const links = fc.option(fc.array(fc.subarray(names), { minLength: 5, maxLength: 5 }), { nil: undefined });
    await fc.assert(
      fc.asyncProperty(lives, links, async (all, followed) => {
        const scripts = Object.fromEntries(
          names.map((name, place) => [
            name,
            inTurn(
              ...(all[place] ?? []).map((deeds) =>
                deeds.map(({ type, of, number, says }) => {
                  const words = says ? rumour : "Good morning.";
                  return type === "POST" ? post(words) : to(type, `p${of}-${number}`, words);
                }),
              ),
            ),
          ]),
        );
        const follows =
          followed && Object.fromEntries(followed.map((them, at) => [`p${at}`, them.map((one) => one.toLowerCase())]));
        const { world, people, rows } = feedOf(scripts, follows);
        await world.run(4);
        const came = (how: string) =>
          rows().flatMap((row) => (row.split(" ")[1] === how ? row.split(" ").slice(0, 1) : []));
        const isShown = (name: string) =>
          people.some((one) => one.name === name && one.heard.some(({ content }) => content.includes(rumour)));
        expect(came("read").filter((name) => !isShown(name))).toEqual([]);
        expect(names.filter(isShown).filter((name) => ![...came("read"), ...came("own")].includes(name))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});
