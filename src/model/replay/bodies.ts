import type { CallBodies } from "../../kernel/contracts/journal.ts";
import type { Message } from "../../kernel/contracts/model.ts";
import type { Digest } from "../../kernel/values/hash.ts";
import { type Asked, messageText } from "./keys.ts";

/** Remembers which messages and schemas are stored, so that each call hands over only what is new in it. */
export interface Bodies {
  unstored(asked: Asked, messages: readonly Message[]): CallBodies;
  /** A call that asked this is kept, and with it all that it refers to. */
  markStored(asked: Asked): void;
}

export function createBodies(): Bodies {
  const shapes = new Set<Digest>();
  /** A link is stored after those before it: the first unknown one is found from the end. */
  const firstUnstored = (asked: Asked): number => asked.links.findLastIndex(({ stored }) => stored) + 1;
  return {
    unstored: (asked, messages) => {
      const from = firstUnstored(asked);
      const fresh = asked.links.slice(from).map(({ link, previous, body }) => ({ link, previous, body }));
      const texts = new Map<Digest, string>();
      for (const [index, { body, text }] of asked.links.slice(from).entries()) {
        const message = messages[from + index];
        if (message !== undefined) texts.set(body, text ?? messageText(message));
      }
      if (!shapes.has(asked.shape.digest)) texts.set(asked.shape.digest, asked.shape.text);
      return { links: fresh, texts };
    },
    markStored: (asked) => {
      for (const link of asked.links.slice(firstUnstored(asked))) [link.stored, link.text] = [true, undefined];
      shapes.add(asked.shape.digest);
    },
  };
}
