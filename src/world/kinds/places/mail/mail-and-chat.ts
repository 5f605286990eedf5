import type { ActionKind, Moment, Note } from "../../../../kernel/contracts/faculty.ts";
import type { Actor } from "../../../../kernel/contracts/person.ts";
import { checkKeys, type KeysOf } from "../../../../kernel/text/known-keys.ts";
import { immediate, nextStep } from "../../../delivery/policies/immediate.ts";
import type { DeliveryPolicy } from "../../../delivery/policies/policy.ts";
import type { WorldOptions } from "../../../options.ts";
import { eventDriven } from "../../../schedule/event-driven.ts";
import { type ScheduleName, scheduleOf } from "../../../schedule/named.ts";
import type { News, Schedule } from "../../../schedule/schedule.ts";
import type { KindRow, WorldKind } from "../../kind.ts";
import { byType } from "../by-type.ts";
import { openAccess } from "../open-access.ts";
import { showing } from "../showing.ts";
import { messageActions } from "./actions.ts";
import { type Channel, Channels } from "./channels.ts";
import { byMail, type ChannelMessage, inChannel, messageRules, type Sent, type SentMail } from "./rules.ts";

/** How people write to each other. */
export interface MailAndChatOptions {
  /** Channels, and who is in them at first: full names, or everybody. Default: there is e-mail alone. */
  readonly channels?: Readonly<Record<string, readonly string[] | "everyone">>;
  /** When an e-mail arrives. Default: before the next step. */
  readonly mail?: DeliveryPolicy;
  /** When a message in a channel arrives. Default: at once. */
  readonly chat?: DeliveryPolicy;
  /**
   * Who acts in a step. Default: whoever got an e-mail, is mentioned in a channel, or was told something from outside;
   * other messages wait until something wakes their readers.
   */
  readonly schedule?: ScheduleName | Schedule;
}

const known: KeysOf<MailAndChatOptions> = { channels: true, mail: true, chat: true, schedule: true };

/**
 * E-mail and chat channels: people who are not in one room write to each other. E-mails have a subject and are read in
 * the next step, channels have members, who join and leave, and `@name` wakes somebody.
 * @example
 * const mail = new MailAndChat({ channels: { "#launch": "everyone" } });
 * const team = await simulation.loadPeople(["minji", "raghav"], { faculties: [mail] });
 * await simulation.world("Mail", team, mail.parts).broadcast("The launch is on Friday.").run(3);
 * mail.members("#launch"); // => ["곽민지", "Raghav Deshpande"]
 */
export class MailAndChat implements WorldKind {
  readonly name = "mail and chat";
  readonly actions: readonly ActionKind[];
  readonly parts: WorldOptions;
  readonly #start: NonNullable<MailAndChatOptions["channels"]>;
  readonly #channels: Channels;
  readonly #sent: Sent = { mails: [], messages: [] };
  #known: readonly Actor[] = [];

  constructor(options: MailAndChatOptions = {}) {
    checkKeys(options, known, "the options of mail and chat");
    const { channels = {}, mail = nextStep(), chat = immediate(), schedule } = options;
    const inner = schedule === undefined ? eventDriven({ wakes }) : scheduleOf(schedule);
    this.#start = channels;
    this.#channels = new Channels(Object.keys(channels));
    this.actions = messageActions(this.#channels.all.length > 0);
    this.parts = {
      access: openAccess(),
      schedule: showing(inner, (_cast, { people }) => this.#welcome(people)),
      delivery: mailOrChat(mail, chat),
      resolution: byType(this.name, messageRules(this.#channels, this.#sent)),
    };
  }

  /** All e-mails that were sent, in order. */
  get mails(): readonly SentMail[] {
    return this.#sent.mails;
  }

  /** All that was written in channels, in order. */
  get messages(): readonly ChannelMessage[] {
    return this.#sent.messages;
  }

  /** The names of those who are in a channel, in the order of joining. */
  members(channel: string): readonly string[] {
    return [...(this.#channels.get(channel)?.members.values() ?? [])];
  }

  get tables() {
    const { mails, messages } = this.#sent;
    return {
      mails: mails.map(({ to, ...mail }): KindRow => ({ ...mail, to: to.join(", ") })),
      messages: messages.map(({ mentions, ...message }): KindRow => ({ ...message, mentions: mentions.join(", ") })),
    };
  }

  /** Which channels there are comes to mind in every turn. */
  async recall({ who }: Moment): Promise<readonly Note[]> {
    const { all } = this.#channels;
    if (all.length === 0) return [];
    const own = all.filter(({ members }) => members.has(who.id));
    const others = all.filter((channel) => !own.includes(channel));
    const parts = [
      ...(own.length > 0 ? [`you are in ${told(own)}`] : []),
      ...(others.length > 0 ? [`not in ${told(others)}`] : []),
    ];
    return [{ text: `Channels, and how many read them: ${parts.join("; ")}.` }];
  }

  #welcome(people: readonly Actor[]): void {
    if (people === this.#known) return;
    const known = new Set(this.#known);
    this.#known = people;
    for (const [name, members] of Object.entries(this.#start)) {
      const channel = this.#channels.get(name) as Channel;
      for (const person of people) {
        if (!known.has(person) && (members === "everyone" || members.includes(person.name))) {
          this.#channels.join(person, channel);
        }
      }
    }
  }
}

const told = (channels: readonly Channel[]): string =>
  channels.map(({ name, members }) => `${name} (${members.size})`).join(", ");

/** What is written in a channel for nobody in particular waits. */
const wakes = (_person: Actor, { stimulus, addressed }: News): boolean =>
  addressed || !(stimulus.type === "CONVERSATION" && stimulus.content.startsWith(inChannel));

function mailOrChat(mail: DeliveryPolicy, chat: DeliveryPolicy): DeliveryPolicy {
  return {
    name: `mail ${mail.name}, chat ${chat.name}`,
    ...((mail.needsCalendar || chat.needsCalendar) && { needsCalendar: true as const }),
    arrival: (parcel) => (parcel.content.startsWith(byMail) ? mail : chat).arrival(parcel),
  };
}
