import { describe, expect, it } from "vitest";
import type { Action, Stimulus } from "../../../../src/kernel/contracts/person.ts";
import { delayed } from "../../../../src/world/delivery/policies/delayed.ts";
import { MailAndChat, type MailAndChatOptions } from "../../../../src/world/kinds/places/mail/mail-and-chat.ts";
import { TinyWorld } from "../../../../src/world/tiny-world.ts";
import { testContext } from "../../../support/context.ts";
import { done, once, player, type Script, talk } from "../cast.ts";

const write = (type: string, target: string, content?: string, subject?: string): Action => ({
  type,
  target,
  ...(content !== undefined && { content }),
  args: { target, ...(content !== undefined && { content }), ...(subject !== undefined && { subject }) },
});

function teamOf(scripts: Readonly<Record<string, Script>>, options: MailAndChatOptions = {}) {
  const context = testContext();
  const mail = new MailAndChat(options);
  const people = Object.entries(scripts).map(([name, script]) => player(name, context, { script }));
  const world = new TinyWorld("Team", people, { ...mail.parts, context: context.fork("world:team") });
  const acted = () =>
    context.events.flatMap((event) => (event.type === "acted" ? [`${event.step} ${event.person}`] : []));
  return { context, mail, people, world, acted };
}

const contents = (heard: readonly Stimulus[] | undefined, type: string) =>
  heard?.filter((one) => one.type === type).map(({ content }) => content);

describe("e-mail", () => {
  const sends = once([write("SEND_MAIL", "Bob, Cleo; Nobody Known", "Soup or\nbread?", "Lunch\n today")]);

  it("is read in the next step, wakes its readers, and comes back where nobody is called so", async () => {
    const { people, mail, world, acted } = teamOf({
      Ann: sends,
      Bob: once([done]),
      Cleo: once([done]),
      Dan: once([done]),
    });
    world.broadcast("Hello.");
    await world.run(4);
    expect(acted()).toEqual(["1 ann", "1 bob", "1 cleo", "1 dan", "2 ann", "2 bob", "2 cleo"]);
    const text = "E-mail to Bob, Cleo; subject: Lunch today\nSoup or\nbread?";
    expect(contents(people[1]?.heard, "CONVERSATION")).toEqual(["Hello.", text]);
    expect(people[1]?.heard.at(-1)?.source).toBe("Ann");
    expect(contents(people[3]?.heard, "CONVERSATION")).toEqual(["Hello."]);
    expect(contents(people[0]?.heard, "VISUAL")).toEqual([
      "Your e-mail “Lunch today” did not reach Nobody Known: nobody here is called so.",
    ]);
    expect(mail.tables.mails).toEqual([
      { step: 1, from: "Ann", to: "Bob, Cleo", subject: "Lunch today", content: "Soup or\nbread?" },
    ]);
  });

  it("arrives when its delivery says", async () => {
    const { world, acted } = teamOf(
      { Ann: sends, Bob: once([done]), Cleo: once([done]) },
      { mail: delayed({ steps: 3 }) },
    );
    world.broadcast("Hello.");
    await world.run(6);
    expect(acted()).toContain("4 bob");
    expect(acted()).not.toContain("2 bob");
  });

  it("to nobody, and talk into an empty room, are refused", async () => {
    const tries = once([write("SEND_MAIL", "Ann", "Me?", "Hm"), talk("Anybody?")]);
    const { people, world } = teamOf({ Ann: tries, Bob: once([done]) });
    world.broadcast("Hello.");
    await world.run(1);
    expect(contents(people[0]?.heard, "FEEDBACK")).toEqual([
      "Your SEND_MAIL did not come about: The e-mail came back: nobody else here is called Ann.",
      "Your TALK did not come about: Nobody is in the room with you: write to them.",
    ]);
  });
});

describe("a channel", () => {
  const channels = { "#launch": ["Ann", "Bob", "Cleo"], random: "everyone" } as const;

  it("is read by its members; a mention wakes, all else waits", async () => {
    const says = once([write("WRITE_IN_CHANNEL", "#launch", "We go on Friday, @bob?")]);
    const { people, mail, world, acted } = teamOf(
      { Ann: says, Bob: once([done], [done]), Cleo: once([done], [done]), Dan: once([done]) },
      { channels },
    );
    world.broadcast("Hello.");
    await world.run(3);
    expect(acted()).toEqual(["1 ann", "1 bob", "1 cleo", "1 dan", "2 bob"]);
    for (const reader of [people[1], people[2]]) {
      expect(contents(reader?.heard, "CONVERSATION")).toEqual(["Hello.", "In #launch: We go on Friday, @bob?"]);
    }
    expect(contents(people[3]?.heard, "CONVERSATION")).toEqual(["Hello."]);
    expect(mail.tables.messages).toEqual([
      { step: 1, channel: "#launch", from: "Ann", content: "We go on Friday, @bob?", mentions: "Bob" },
    ]);
    const [entry] = world.transcript().filter(({ type }) => type === "WRITE_IN_CHANNEL");
    expect(entry?.to).toEqual(["#launch"]);
  });

  it("is joined and left, and closed to those who are not in it", async () => {
    const { people, mail, world } = teamOf(
      {
        Ann: once([write("LEAVE_CHANNEL", "#launch"), write("WRITE_IN_CHANNEL", "#launch", "Still here?")]),
        Dan: once([write("JOIN_CHANNEL", "#launch"), write("JOIN_CHANNEL", "#launch"), write("JOIN_CHANNEL", "#none")]),
      },
      { channels },
    );
    world.broadcast("Hello.");
    await world.run(1);
    expect(mail.members("#launch")).toEqual(["Dan"]);
    expect(mail.members("#random")).toEqual(["Ann", "Dan"]);
    expect(contents(people[0]?.heard, "FEEDBACK")).toEqual([
      "Your WRITE_IN_CHANNEL did not come about: You are not in #launch: JOIN_CHANNEL first.",
    ]);
    expect(contents(people[1]?.heard, "FEEDBACK")).toEqual([
      "Your JOIN_CHANNEL did not come about: You are in #launch already.",
      "Your JOIN_CHANNEL did not come about: There is no channel #none. There are #launch, #random.",
    ]);
  });
});
