import { expect } from "vitest";
import { TinyTroupeError } from "../../../src/index.ts";
import { isAnswered, type Opening, type OpenOptions, open, type Stage, shownOf, told } from "./market.ts";

/** What holds of every run, whatever went wrong: its end, its turns, its deliveries, its rows, and what was seen of it. */
export function expectSound(run: Opening, earlier: readonly Opening[] = []): void {
  const answered = new Set([...earlier, run].flatMap(({ log }) => log.filter(isAnswered).map(({ key }) => key)));
  expectTypedEnd(run);
  expectEveryAttemptSeen(run);
  expectEveryAttemptKept(run, earlier);
  if (earlier.length === 0) expectShownWordsStand(run);
  expectWholeTurns(run, answered);
  expectEachDeliveredOnce(run);
  if (run.error !== undefined) return;
  expect(run.result.wares.length).toBeGreaterThan(0);
  for (const { ware, who } of run.result.wares) {
    expect(ware).toBe(who);
    expect(answered).toContain(/^text ([0-9a-f]{12})$/.exec(ware)?.[1]);
  }
}

function expectTypedEnd({ error }: Opening): void {
  if (error === undefined) return;
  expect(error).toBeInstanceOf(TinyTroupeError);
  expect(error).toMatchObject({ code: expect.stringMatching(/^[A-Z_]+$/), hint: expect.stringMatching(/\w/) });
}

/** Those who watch are told of every request, and of each what came of it. */
function expectEveryAttemptSeen(run: Opening): void {
  const started = shownOf(run, "call-started").length;
  const finished = shownOf(run, "call-finished").filter(({ origin }) => origin === "model").length;
  const failed = shownOf(run, "call-failed").filter(({ origin }) => origin === undefined).length;
  expect(started).toBe(run.log.length);
  expect(finished + failed).toBe(started);
  expect(finished).toBeLessThanOrEqual(run.log.filter(isAnswered).length);
}

/** Every request is in the journal, with what it used or that nobody knows: what a run cost is the sum of them. */
function expectEveryAttemptKept(run: Opening, earlier: readonly Opening[]): void {
  expect(run.attempts.length).toBe([...earlier, run].reduce((sum, { log }) => sum + log.length, 0));
  for (const { usage, atMost } of run.attempts) expect(usage ?? atMost).toBeDefined();
}

/** Whatever came of an attempt, when the next one begins only words of turns that stand are on the screen. */
function expectShownWordsStand(run: Opening): void {
  const said = new Map<string, string[]>();
  const taken = new Map<string, string[]>();
  const check = (person: string): void => {
    if (said.has(person)) expect(said.get(person)).toEqual(taken.get(person) ?? []);
    said.delete(person);
    taken.delete(person);
  };
  for (const event of run.shown) {
    if (event.type === "call-started") check(event.scope.replace("person:", ""));
    else if (event.type === "speaking-restarted") said.set(event.person, []);
    else if (event.type === "turn")
      taken.set(
        event.person,
        event.actions.flatMap(({ content }) => content ?? []),
      );
    else if (event.type === "speaking") {
      const words = said.get(event.person) ?? [];
      words[event.index] = (words[event.index] ?? "") + event.text;
      said.set(event.person, words);
    }
  }
  for (const person of said.keys()) check(person);
}

/** Every turn of the story is one whole answer, and no answer was taken twice. */
function expectWholeTurns(run: Opening, answered: ReadonlySet<string>): void {
  const marks = told(run, "turn").map(({ actions }) => {
    const talk = actions.findLast(({ type }) => type === "TALK")?.content ?? "";
    const mark = /[0-9a-f]{12}/.exec(talk)?.[0] ?? "";
    const words = (mark.match(/../g) ?? []).join(" ");
    const small = talk.startsWith("text ");
    expect(actions).toEqual([
      ...(small ? [] : [{ type: "THINK", content: `Thought ${mark} ${words}.` }]),
      { type: "TALK", content: small ? `text ${mark}` : `Said ${mark} ${words}, and nothing else.` },
      { type: "DONE" },
    ]);
    expect(answered).toContain(mark);
    return mark;
  });
  expect(new Set(marks).size).toBe(marks.length);
}

/** Each turn counts once, each of its words is delivered once, and nobody hears anything twice. */
function expectEachDeliveredOnce(run: Opening): void {
  const turns = told(run, "turn").map(({ id }) => id);
  const acted = told(run, "acted").map(({ turn }) => turn);
  expect(new Set(acted).size).toBe(acted.length);
  for (const turn of acted) expect(turns).toContain(turn);
  const delivered = told(run, "delivered").map(({ action }) => action);
  expect(new Set(delivered).size).toBe(delivered.length);
  expect(new Set(delivered.map((action) => action.replace(/\.\d+$/, "")))).toEqual(new Set(acted));
  const heard = told(run, "stimulus").map(({ person, stimulus }) => `${person} ${stimulus.via} ${stimulus.content}`);
  expect(new Set(heard).size).toBe(heard.length);
}

/** The same story and the same rows, as if nothing had happened. */
export function expectNoTrace(run: Opening, calm: Opening): void {
  expect(run.error).toBeUndefined();
  expect(run.story).toEqual(calm.story);
  expect(run.result).toEqual(calm.result);
  expect(run.transcript).toBe(calm.transcript);
}

/** Nobody who was sent away comes back before the time. Returns how many came back. */
export function expectWaits({ log }: Opening, waitMs: number): number {
  let back = 0;
  for (const { key, at, attempt, done } of log) {
    const next = log.find((entry) => entry.key === key && entry.attempt === attempt + 1);
    if (done === "answered" || next === undefined) continue;
    back += 1;
    expect(next.at - at).toBeGreaterThanOrEqual(waitMs);
  }
  return back;
}

/** Goes on with a run when all is well again: it comes to its end, and asks nothing whose answer it had. */
export async function expectToGoOn(stage: Stage, name: string, earlier: readonly Opening[], options: OpenOptions = {}) {
  const later = await open(stage, name, options);
  expectSound(later, earlier);
  expect(later.error).toBeUndefined();
  const had = new Set(earlier.flatMap(({ log }) => log.filter(isAnswered).map(({ key }) => key)));
  expect(later.log.filter(({ key }) => had.has(key))).toEqual([]);
  return later;
}
