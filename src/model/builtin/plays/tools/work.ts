import type { Scene } from "../../speech/scene.ts";
import { type Appointment, appointments, type Given, ofCalendars } from "./appointments.ts";
import { errand, ofPlaces } from "./errands.ts";
import { feedWork, ofFeeds } from "./feeds.ts";
import { letterWork, ofLetters } from "./letters.ts";
import { ofSystems, systemWork } from "./systems/use.ts";
import { ofTables, tableWork } from "./tables.ts";
import { marketWork, ofMarkets } from "./trades.ts";

/** What people do with a set of actions that belong together, and nothing of it by chance alone. */
export interface Work {
  readonly kinds: ReadonlySet<string>;
  /** Where people have these, they write and do not talk. */
  readonly insteadOfTalk?: true;
  /** It comes after what is said: who goes is not heard any more. */
  readonly afterTalk?: true;
  do(scene: Scene, given: Given): readonly Appointment[];
}

const all: readonly Work[] = [
  { kinds: ofCalendars, do: (scene, { fresh }) => appointments(scene, fresh) },
  { kinds: ofTables, do: (scene, { fresh }) => tableWork(scene, fresh) },
  { kinds: ofFeeds, insteadOfTalk: true, do: feedWork },
  { kinds: ofLetters, insteadOfTalk: true, do: letterWork },
  { kinds: ofMarkets, do: marketWork },
  { kinds: ofSystems, insteadOfTalk: true, do: systemWork },
  { kinds: ofPlaces, afterTalk: true, do: errand },
];

/** What people do with the actions that they have. */
export function workWith(types: ReadonlySet<string>): readonly Work[] {
  return all.filter(({ kinds }) => [...kinds].some((kind) => types.has(kind)));
}
