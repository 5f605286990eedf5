import { expect, it } from "vitest";
import { townHall } from "../../../../src/world/kinds/talk/town-hall.ts";
import { TinySocialNetwork } from "../../../../src/world/network/social-network.ts";
import type { Bidder } from "../../../../src/world/schedule/auction/bidder.ts";
import { always, done, type Player, type Script, talk } from "../cast.ts";
import { actingIn, heardBy, stage } from "./venue.ts";

const silent: Script = always(done);
/** Reads out what is on their mind, else answers what they heard last. */
const speaks: Script = (news) => {
  const last = news.at(-1);
  return [talk(last?.type === "THOUGHT" ? (/“(.*)”/.exec(last.content)?.[1] ?? "") : `As to “${last?.content}”: no.`)];
};

it("lets the most urgent ask first, and the speaker answer; all hear both", async () => {
  const played = stage({
    Sam: speaks,
    Ann: always(talk("Why?", "Sam")),
    Bob: always(talk("When?", "Sam")),
    Cleo: silent,
  });
  const { Sam, Ann, Bob, Cleo } = played.people as Record<"Sam" | "Ann" | "Bob" | "Cleo", Player>;
  const bidder: Bidder = ({ person }) => ({ urgency: { Ann: 3, Bob: 7 }[person.name] ?? 0 });
  const hall = townHall(played.venue, {
    speaker: Sam,
    audience: [Ann, Bob, Cleo],
    opening: "We close.",
    questions: 1,
    bidder,
  });
  expect(await hall.hold()).toEqual([
    {
      ...{ person: "Bob", urgency: 7, question: "When?", answer: "As to “When?”: no." },
      ...{
        asked: expect.stringMatching(/^person:bob#\d+\.0$/),
        answered: expect.stringMatching(/^person:sam#\d+\.0$/),
      },
    },
  ]);
  expect(actingIn(played)).toEqual(["sam", "bob", "sam"]);
  for (const one of [Ann, Cleo])
    expect(heardBy(one)).toEqual(expect.arrayContaining(["Bob: When?", "Sam: As to “When?”: no."]));
});

it("ends when nobody wants to ask", async () => {
  const played = stage({ Sam: speaks, Ann: always(talk("Why?")) });
  const { Sam, Ann } = played.people as Record<"Sam" | "Ann", Player>;
  const hall = townHall(played.venue, {
    speaker: Sam,
    audience: [Ann],
    opening: "We close.",
    bidder: () => ({ urgency: 0 }),
  });
  expect(await hall.hold()).toEqual([]);
  expect(actingIn(played)).toEqual(["sam"]);
});

/** A hall in which Dan asks, and Bob whispers after that. */
function whispering() {
  const dan: Script = always(talk("When?"));
  const played = stage({ Sam: speaks, Ann: silent, Bob: always(talk("Psst.")), Cleo: silent, Dan: dan });
  const [speaker, ...audience] = Object.values(played.people) as [Player, ...Player[]];
  const bidder: Bidder = ({ person, round }) => ({
    urgency: person.name === (round.step === 2 ? "Dan" : "Bob") ? 5 : 0,
  });
  return { played, audience, options: { speaker, audience, opening: "We close.", questions: 1, whispers: 1, bidder } };
}

it("lets whispers reach the seats beside, and nobody else", async () => {
  const { played, audience, options } = whispering();
  await townHall(played.venue, options).hold();
  expect(actingIn(played)).toEqual(["sam", "dan", "sam", "bob"]);
  const heard = audience.filter((one) => heardBy(one).includes("Bob: Psst."));
  expect(heard.map(({ name }) => name)).toEqual(["Ann", "Cleo"]);
});

it("lets whispers go along a network, while all hear who has the floor", async () => {
  const { played, audience, options } = whispering();
  const network = new TinySocialNetwork([options.speaker, ...audience]).addRelation("Bob", "Dan", { type: "brother" });
  await townHall(played.venue, { ...options, network, moderator: "Cleo" }).hold();
  const hearing = (words: string) => audience.filter((one) => heardBy(one).includes(words)).map(({ name }) => name);
  expect(hearing("Bob: Psst.")).toEqual(["Dan"]);
  expect(hearing("Dan: When?")).toEqual(["Ann", "Bob", "Cleo"]);
  expect(hearing("Cleo: Who has a question for Sam?")).toEqual(expect.arrayContaining(["Ann", "Bob", "Dan"]));
  const unmade = { ...options, network, visibility: (() => network) as never };
  expect(() => townHall(played.venue, unmade)).toThrow(expect.objectContaining({ code: "OPTION_INVALID" }));
});
