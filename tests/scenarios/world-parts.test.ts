import { afterAll, beforeAll, expect, it } from "vitest";
import {
  byModel,
  defineStudy,
  delayed,
  eavesdropping,
  eventDriven,
  gameMaster,
  interested,
  lossy,
  type Schedule,
  type ScheduleName,
  urgencyAuction,
} from "../../src/index.ts";
import { markIn, markOf, wordsOf } from "../support/fake-provider/cast.ts";
import type { Director, FakeProvider } from "../support/fake-provider/server.ts";
import { sameStory } from "../support/faults/same-story.ts";
import { tempProject } from "../support/project.ts";
import { castServer, chatModel, openaiAt } from "../support/served.ts";

let server: FakeProvider;
beforeAll(async () => {
  server = await castServer();
});
afterAll(() => server[Symbol.asyncDispose]());

/** A world in which much is left to chance, and a model decides what becomes of what is said. */
const studyOf = (schedule: ScheduleName | Schedule) =>
  defineStudy({
    name: "parts",
    seed: 11,
    run: async (simulation) => {
      const people = await simulation.loadPeople("lisa", "oscar", "marcos", "minji", "doreen");
      const room = simulation.world("Square", people, {
        schedule,
        visibility: eavesdropping(0.5),
        delivery: lossy(0.2, { otherwise: delayed({ steps: 1 }) }),
        resolution: gameMaster({ rules: "Nobody may talk about kettles.", contested: () => true }),
      });
      room.makeEveryoneAccessible().broadcast("A stranger asks the way to the station.");
      room.wake("Oscar", { inSteps: 3 });
      await room.run(4, { stopWhenQuiet: false });
      return room.transcript();
    },
  });

/** Some refuse, some bid in a way that cannot be read; each round has another order of completion. */
function weather(round: number): Director {
  return (request) => {
    const mark = markOf(request);
    const [dice = 0, ...delays] = (mark.match(/../g) ?? []).map((digits) => Number.parseInt(digits, 16));
    const afterMs = (delays[round] ?? 0) / 16;
    const words = wordsOf(request);
    if (words.includes("game master of")) return { afterMs, text: decided(words) };
    if (dice < 30) return { afterMs, text: "I would rather not.", finish: "refusal" };
    if (words.includes("How much do you want to speak"))
      return { afterMs, text: JSON.stringify({ urgency: dice % 10, reason: mark }) };
    return { afterMs, ...(dice < 120 && { text: toSomebody(mark) }) };
  };
}

function decided(words: string): string {
  const tried = words.slice(words.indexOf("What they try to do now"));
  const numbers = [...tried.matchAll(/\\n(\d+)\. /g)].map(([, number]) => Number(number));
  const outcomes = ["accepted", "accepted", "refused", "changed"];
  const decisions = numbers.map((action) => {
    const outcome = outcomes[Number.parseInt(markIn(`${words}${action}`).slice(0, 2), 16) % 4];
    return {
      action,
      outcome,
      reason: `Reason ${action}.`,
      instead: outcome === "changed" ? "Never mind." : null,
      narration: null,
    };
  });
  return JSON.stringify({ decisions });
}

function toSomebody(mark: string): string {
  const target = ["Lisa", "Oscar Ramsaran", "Raghav", "Nobody"][Number.parseInt(mark.slice(10), 16) % 4];
  const state = { goals: null, context: null, attention: mark, emotions: null };
  const said = { type: "TALK", target, content: `Have you heard of ${mark.match(/../g)?.join(" ")}?` };
  return JSON.stringify({ state, actions: [said, { type: "DONE" }] });
}

const happened = new Set<string>();

it.each([
  ["simultaneous", "simultaneous"],
  ["sequential", "sequential"],
  ["shuffled", "shuffled"],
  ["round robin", "round robin"],
  ["urgency auction by model", urgencyAuction({ bidder: byModel(), speakers: 2 })],
  ["urgency auction by rules", urgencyAuction({ speakers: 2 })],
  ["event driven", eventDriven()],
  ["event driven, one after the other, by interest", eventDriven({ inTurn: true, wakes: interested })],
] as const)(
  "%s: the same story, whoever is faster and however many are asked at once",
  async (_name, schedule) => {
    const study = studyOf(schedule);
    await using first = await tempProject();
    const plays = [];
    for (const [round, concurrency] of [1, 64].entries()) {
      await using other = await tempProject();
      const project = round === 0 ? first : other;
      server.direct(weather(round));
      const play = await project.play(study, { model: chatModel, variables: openaiAt(server.url), concurrency });
      expect(play.error).toBeUndefined();
      if (round > 0) sameStory(project.store, first.store);
      plays.push(play);
      for (const { type } of play.shown) happened.add(type);
    }
    for (const { result } of plays) expect(result).toEqual(plays[0]?.result);
  },
  60_000,
);

it("what was compared had happened", () => {
  const kinds = ["bid", "woken", "sent", "lost", "overheard", "resolved", "failed", "undelivered", "delivered"];
  expect([...happened]).toEqual(expect.arrayContaining(kinds));
});
