import { describe, expect, it } from "vitest";
import { defineStudy, MailAndChat } from "../../../src/index.ts";
import { countOfActions, type Part, playedInAllWays, rehearsed } from "../../support/kinds.ts";

const study = defineStudy({
  name: "team",
  seed: 5,
  run: async (simulation) => {
    const messages = new MailAndChat({
      channels: { "#release": "everyone", "#coffee": ["Lisa Brannigan", "Doreen Mumby"] },
    });
    const people = await simulation.loadPeople(["lisa", "oscar", "marcos", "doreen"], { faculties: [messages] });
    const world = simulation.world("Team", people, messages.parts).broadcast("The release is two weeks late.");
    await world.run(4);
    return { ...messages.tables, coffee: messages.members("#coffee") };
  },
});

/** Everybody sends an e-mail, writes in a channel, and joins or leaves one; now and then what cannot be done. */
const part: Part = (_words, dice, mark) => {
  const words = mark.match(/../g)?.join(" ");
  const [one, other] = [dice(4), dice(4)].map((place) => ["Lisa Brannigan", "Oscar", "Marcos", "Nobody Known"][place]);
  return [
    { type: "SEND_MAIL", target: `${one}, ${other}`, subject: `About ${mark}`, content: `Mail ${words}.` },
    { type: "WRITE_IN_CHANNEL", target: ["#release", "#coffee", "#none"][dice(3)], content: `@doreen Chat ${words}.` },
    { type: dice(2) === 0 ? "JOIN_CHANNEL" : "LEAVE_CHANNEL", target: "#coffee" },
  ];
};

describe("e-mail and chat", () => {
  it("are the same story however they are played, and rows say what was sent", async () => {
    const { result, story, transcript } = await playedInAllWays(study, part);
    const counted = countOfActions(story);
    const refused = story.flatMap((event) => (event.type === "resolved" && event.outcome === "refused" ? [event] : []));
    expect(refused.length).toBeGreaterThan(0);
    const mails = result.mails.length;
    expect(mails).toBeGreaterThan(3);
    expect(mails).toBeLessThanOrEqual(counted["SEND_MAIL"] ?? 0);
    const sent = new Set(story.flatMap((event) => (event.type === "sent" ? [event.action] : [])));
    expect(sent.size).toBe(mails);
    expect(result.messages.length).toBeGreaterThan(0);
    expect(transcript).toMatch(/ to #release \[WRITE_IN_CHANNEL\] @doreen Chat /u);
    expect(transcript).toMatch(/\[SEND_MAIL\] subject: About /u);
  }, 60_000);

  it("are rehearsed believably: nobody talks into an empty room, and answers come to an end", async () => {
    const { result, story } = await rehearsed(study);
    const counted = countOfActions(story);
    expect(counted).not.toHaveProperty("TALK");
    expect(result.mails.length + result.messages.length).toBeGreaterThan(2);
    expect(result.mails.every(({ subject }) => !String(subject).startsWith("Re: Re: Re:"))).toBe(true);
    expect(story.filter((event) => event.type === "resolved")).toEqual([]);
    const turns = story.filter((event) => event.type === "turn").length;
    expect(result.mails.length + result.messages.length).toBeLessThanOrEqual(turns);
  }, 60_000);
});
