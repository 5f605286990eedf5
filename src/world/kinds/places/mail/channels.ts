import type { Actor } from "../../../../kernel/contracts/person.ts";
import type { PersonId } from "../../../../kernel/values/ids.ts";

/** A channel, and who reads it. */
export interface Channel {
  /** With its sign: `#launch`. */
  readonly name: string;
  readonly members: ReadonlyMap<PersonId, string>;
}

/** Who is in which channel. */
export class Channels {
  readonly #channels = new Map<string, { readonly name: string; readonly members: Map<PersonId, string> }>();

  constructor(names: readonly string[]) {
    for (const written of names) {
      const name = channelName(written);
      this.#channels.set(name.toLowerCase(), { name, members: new Map() });
    }
  }

  get all(): readonly Channel[] {
    return [...this.#channels.values()];
  }

  get(written: string): Channel | undefined {
    return this.#channels.get(channelName(written).toLowerCase());
  }

  /** False where they are in it already. */
  join({ id, name }: Actor, channel: Channel): boolean {
    const { members } = this.#kept(channel);
    if (members.has(id)) return false;
    members.set(id, name);
    return true;
  }

  /** False where they are not in it. */
  leave({ id }: Actor, channel: Channel): boolean {
    return this.#kept(channel).members.delete(id);
  }

  #kept({ name }: Channel) {
    return this.#channels.get(name.toLowerCase()) as { readonly members: Map<PersonId, string> };
  }
}

/** As a channel is written: with its sign, and nothing around it. */
const channelName = (written: string): string => `#${written.trim().replace(/^[#[]+|\]$/gu, "")}`;
