import type { Actor } from "../../../../kernel/contracts/person.ts";
import type { PersonId } from "../../../../kernel/values/ids.ts";
import type { Attempt, ResolutionScene, Ruling } from "../../../resolution/resolution.ts";
import { accepted, refused, type TypeRule } from "../by-type.ts";
import { oneLine } from "../one-line.ts";
import type { Channel, Channels } from "./channels.ts";
import { Directory } from "./directory.ts";

/** An e-mail that was sent, whenever it arrives. */
export interface SentMail {
  readonly step: number;
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly content: string;
}

/** What was written in a channel. */
export interface ChannelMessage {
  readonly step: number;
  readonly channel: string;
  readonly from: string;
  readonly content: string;
  /** Whose attention was called, by name. */
  readonly mentions: readonly string[];
}

/** What was sent and written so far. */
export interface Sent {
  readonly mails: SentMail[];
  readonly messages: ChannelMessage[];
}

/** How a message of a channel begins: what does not call somebody's attention waits until they look. */
export const inChannel = "In #";
export const byMail = "E-mail";

/** What becomes of what people send. */
export function messageRules(channels: Channels, sent: Sent): Readonly<Record<string, TypeRule>> {
  const directory = new Directory();
  const inChannelNamed =
    (act: (person: Actor, channel: Channel, writing: Writing) => Ruling): TypeRule =>
    ({ person, action: { target = "", content = "" } }, scene) => {
      const channel = channels.get(target);
      if (channel === undefined) return refused(`There is no channel ${target}. ${namesOf(channels)}`);
      return act(person, channel, { content, scene, directory, sent });
    };
  const nobody = () => refused("Nobody is in the room with you: write to them.");
  return {
    SEND_MAIL: (attempt, scene) => mailed(attempt, scene, { directory, sent }),
    WRITE_IN_CHANNEL: inChannelNamed((person, channel, writing) =>
      channel.members.has(person.id)
        ? written(person, channel, writing)
        : refused(`You are not in ${channel.name}: JOIN_CHANNEL first.`),
    ),
    JOIN_CHANNEL: inChannelNamed((person, channel) =>
      channels.join(person, channel) ? accepted : refused(`You are in ${channel.name} already.`),
    ),
    LEAVE_CHANNEL: inChannelNamed((person, channel) =>
      channels.leave(person, channel) ? accepted : refused(`You are not in ${channel.name}.`),
    ),
    TALK: nobody,
    REACH_OUT: nobody,
  };
}

interface Post {
  readonly directory: Directory;
  readonly sent: Sent;
}

function mailed(
  { person, action }: Attempt<Actor>,
  { people, step }: ResolutionScene<Actor>,
  { directory, sent }: Post,
): Ruling {
  const { target = "", content = "", args } = action;
  const { found, unknown } = directory.meant(target.split(/[,;]/u), people);
  const others = found.filter(({ id }) => id !== person.id);
  if (others.length === 0) return refused(`The e-mail came back: nobody else here is called ${target}.`);
  const subject = oneLine(String((args as { subject?: unknown }).subject ?? ""), 200);
  const to = others.map(({ name }) => name);
  sent.mails.push({ step, from: person.name, to, subject, content });
  const head = `${byMail} to ${to.join(", ")}; subject: ${subject}`;
  const back = `Your e-mail “${subject}” did not reach ${unknown.join(", ")}: nobody here is called so.`;
  return {
    outcome: "accepted",
    letters: [{ content: `${head}\n${content}`, to: others.map(({ id }) => id) }],
    ...(unknown.length > 0 && { narration: { text: back, to: [person.id], source: "The mail server" } }),
  };
}

interface Writing extends Post {
  readonly content: string;
  readonly scene: ResolutionScene<Actor>;
}

/** Those who are mentioned are meant; the others read along. */
function written(person: Actor, { name, members }: Channel, { content, scene, directory, sent }: Writing): Ruling {
  const readers = directory.here(members.keys(), scene.people).filter(({ id }) => id !== person.id);
  const isMeant = (reader: Actor): boolean => mentions(content, reader.name);
  const [meant, others] = [readers.filter(isMeant), readers.filter((reader) => !isMeant(reader))];
  const names = meant.map((reader) => reader.name);
  sent.messages.push({ step: scene.step, channel: name, from: person.name, content, mentions: names });
  const text = `In ${name}: ${content}`;
  const letter = (to: readonly Actor[], addressed: boolean) => ({ content: text, to: to.map(idOf), addressed });
  return { outcome: "accepted", letters: [letter(meant, true), letter(others, false)] };
}

const idOf = ({ id }: Actor): PersonId => id;

/** `@` and the name, or the first part of it; `@all` means everybody. */
function mentions(content: string, name: string): boolean {
  const text = content.toLowerCase();
  const [first = ""] = name.toLowerCase().split(" ");
  const called = [...text.matchAll(/@([\p{L}\p{N}_'-]+)/gu)].map((match) => match[1]);
  return called.includes(first) || called.includes("all") || called.includes("channel");
}

const namesOf = (channels: Channels): string =>
  `There are ${channels.all.map(({ name }) => name).join(", ") || "none"}.`;
