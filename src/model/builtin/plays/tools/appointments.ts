import { absent } from "../../fill/author.ts";
import type { Scene } from "../../speech/scene.ts";

type Draft = Readonly<Record<string, unknown>>;

/** An action with its arguments, by the name of its kind. */
export interface Appointment {
  readonly type: string;
  readonly args: Draft;
}

/** What the person has to go by. */
export interface Given {
  /** What is new to the person, and the present, as the prompt tells it. */
  readonly fresh: string;
  /** What they would say. */
  readonly words: string | undefined;
  /** All that they wrote before. */
  readonly written: string;
  /** What they can do. */
  readonly kinds: ReadonlySet<string>;
}

/** What people do with a calendar, and nothing by chance alone. */
export const ofCalendars: ReadonlySet<string> = new Set([
  "CREATE_EVENT",
  "ANSWER_INVITATION",
  "MOVE_EVENT",
  "CANCEL_EVENT",
  "LIST_EVENTS",
  "FIND_FREE_TIME",
]);

const invitation = /(?:invites you to|has moved) “[^”]*” \(([^)\s]+)\)/gu;
const declined = /has declined “[^”]*” \(([^)\s]+)\)/u;
const collided = /CREATE_EVENT failed \(CONFLICT\)/u;
const clock = /Time: \w+ (\d{4}-\d{2}-\d{2}) \d{2}:\d{2}/u;
const spokenOf =
  /calend|schedul|appointment|\bmeet(?:ing)?\b|termin|kalender|besprechung|agenda|rendez-vous|réunion|reuni[óã]|cita\b|일정|회의|약속|予定|会議|約束|موعد|اجتماع|تقويم/iu;

/**
 * What somebody does with a calendar in this turn: answers what they were invited to, takes another hour where one was
 * taken, and plans what was spoken of, at most once. Without a clock nobody knows which day to write.
 * @param fresh what is new to the person, and the present, as the prompt tells it
 */
export function appointments(scene: Scene, fresh: string): readonly Appointment[] {
  const { conversation, dice } = scene;
  const invited = new Set([...fresh.matchAll(invitation)].flatMap((match) => match[1] ?? []));
  if (invited.size > 0) return [...invited].slice(-3).map((event) => answer(scene, event));
  const today = clock.exec(fresh)?.[1];
  if (today === undefined) return [];
  const refused = declined.exec(fresh)?.[1];
  if (refused !== undefined && dice.next() < 0.4) {
    return [{ type: "MOVE_EVENT", args: { event: refused, start: soon(scene, today), end: absent } }];
  }
  if (collided.test(fresh)) return [created(scene, today)];
  const recently = conversation.said.slice(-3_000);
  if (!spokenOf.test(conversation.last?.text ?? "") || recently.includes('"CREATE_EVENT"')) return [];
  if (!recently.includes('"FIND_FREE_TIME"') && dice.next() < 0.25) {
    const people = scene.others.slice(0, 3);
    return [{ type: "FIND_FREE_TIME", args: { minutes: 60, from: absent, to: absent, people } }];
  }
  return dice.next() < 0.6 ? [created(scene, today)] : [];
}

function answer({ character, dice }: Scene, event: string): Appointment {
  const accepts = dice.next() < 0.75 + 0.2 * character.temper.agreeableness;
  return { type: "ANSWER_INVITATION", args: { event, answer: accepts ? "accept" : "decline" } };
}

function created(scene: Scene, today: string): Appointment {
  const title = scene.conversation.topics.find((topic) => !spokenOf.test(topic) && !/invit/iu.test(topic)) ?? "Meeting";
  const more = { place: absent, description: absent, attendees: scene.others.slice(0, 4) };
  return { type: "CREATE_EVENT", args: { title, start: soon(scene, today), end: absent, ...more } };
}

/** An hour in which people meet, on a working day of the next week. */
function soon({ dice }: Scene, today: string): string {
  const date = new Date(Date.parse(`${today}T00:00:00Z`) + (1 + dice.integer(4)) * day);
  const weekend = [0, 6].includes(date.getUTCDay()) ? 2 : 0;
  const working = new Date(date.getTime() + weekend * day).toISOString().slice(0, 10);
  return `${working} ${String(9 + dice.integer(8)).padStart(2, "0")}:00`;
}

const day = 86_400_000;
