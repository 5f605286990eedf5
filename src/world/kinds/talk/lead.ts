import type { Actor } from "../../../kernel/contracts/person.ts";
import type { TinyWorld } from "../../tiny-world.ts";
import { calledUpon } from "../casting.ts";
import { type Spoken, stepOf } from "./spoken.ts";

/** Who leads a talk: somebody here, or a voice by its name. */
export interface Lead {
  readonly name: string;
  /** Puts this into their own words, where they have some; everybody hears it. The words as they were said. */
  say(words: string, what: Move): Promise<string>;
  /** Asks what the guide does not have, if they want to; nothing when they are content. */
  deviate(topic: string, silent: readonly Actor[]): Promise<readonly Spoken[]>;
}

/** What somebody who leads is about to do. */
export type Move = "open" | "ask" | "follow up" | "probe" | "close";

/** Reads the guide out. */
function voiceLead<P extends Actor>(world: TinyWorld<P>, name: string): Lead {
  return {
    name,
    say: async (words) => {
      world.broadcast(words, { from: name });
      return words;
    },
    deviate: async () => [],
  };
}

/**
 * Somebody who leads in their own words. Each move comes to them as a thought, and they take a turn; when nothing is
 * said in it, the guide's words are read out in their name.
 */
function personLead<P extends Actor>(world: TinyWorld<P>, person: P): Lead {
  const turn = async (thought: string): Promise<readonly Spoken[]> => {
    person.observe({ type: "THOUGHT", content: thought, source: person.name });
    return stepOf(world, { schedule: calledUpon([person]) });
  };
  return {
    name: person.name,
    say: async (words, move) => {
      const said = await turn(`${moves[move]} “${words}”`);
      if (said.length > 0) return said.map((one) => one.words).join(" ");
      world.broadcast(words, { from: person.name });
      return words;
    },
    deviate: (topic, silent) => {
      const quiet = silent.length === 0 ? "" : ` Nothing so far from ${silent.map(({ name }) => name).join(", ")}.`;
      return turn(`${deviation} “${topic}”${quiet}`);
    },
  };
}

/** A person, or a name. */
export function leadOf<P extends Actor>(world: TinyWorld<P>, given: P | string): Lead {
  return typeof given === "string" ? voiceLead(world, given) : personLead(world, given);
}

const moves: Readonly<Record<Move, string>> = {
  open: "I begin, and say to everybody in my own words:",
  ask: "The next question of my guide. I put it to everybody in my own words, and do not answer it myself:",
  "follow up": "I ask further, in my own words, and do not answer it myself:",
  probe: "Some have kept silent. I turn to them, in my own words:",
  close: "I come to the end, and say to everybody in my own words:",
};

const deviation =
  "If something that was said deserves a closer look, I ask about it now, in one question; if not, I say nothing and we move on. We talk about:";
