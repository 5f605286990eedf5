import { z } from "zod";
import type { ChainLink } from "../../kernel/contracts/journal.ts";
import type { Message, Part } from "../../kernel/contracts/model.ts";
import { TinyTroupeError } from "../../kernel/values/errors.ts";
import { canonicalJson, type Digest, digest } from "../../kernel/values/hash.ts";

/** A text and its digest, as the store keeps them. */
export interface Stored {
  readonly digest: Digest;
  readonly text: string;
}

/** A link of a chain of messages. It lives as long as its message, and so does what is known of it. */
export interface Link extends ChainLink {
  /** A call that has it is kept, and with it all links before. */
  stored: boolean;
  /** What its body is the digest of, until it is stored. */
  text: string | undefined;
}

/** What a call asked, in digests: all that decides whether it is the same question. */
export interface Asked {
  readonly key: Digest;
  readonly model: string;
  /** One link a message. */
  readonly links: readonly Link[];
  /** Last link, or empty without messages. */
  readonly head: Digest;
  readonly shape: Stored;
  readonly parameters: string;
}

export interface Question {
  readonly model: string;
  readonly messages: readonly Message[];
  readonly shape: Stored;
  readonly parameters: string;
}

/** Digests of questions; what was seen before is not read again, so that a key costs what is new in its prompt. */
export interface Keys {
  asked(question: Question): Asked;
  /** The schema as JSON Schema text. Throws `OPTION_INVALID` for one that JSON cannot say. */
  shapeOf(schema: z.ZodType): Stored;
}

/** Keys with caches of their own, held by the messages and schemas themselves. */
export function createKeys(): Keys {
  const links = new WeakMap<Message, Link>();
  const shapes = new WeakMap<z.ZodType, Stored>();
  const linkAfter = (previous: Digest, message: Message): Link => {
    const known = links.get(message);
    if (known?.previous === previous) return known;
    const { body, text } = known ?? bodyOf(message);
    const link = { link: digest(`${previous}\n${body}`), previous, body, stored: false, text };
    links.set(message, link);
    return link;
  };
  return {
    asked: ({ model, messages, shape, parameters }) => {
      const chain: Link[] = [];
      let head: Digest = "";
      for (const message of messages) {
        const link = linkAfter(head, message);
        chain.push(link);
        head = link.link;
      }
      const key = digest(JSON.stringify([model, head, shape.digest, parameters]));
      return { key, model, links: chain, head, shape, parameters };
    },
    shapeOf: (schema) => {
      const known = shapes.get(schema);
      if (known !== undefined) return known;
      const shape = stored(schemaText(schema));
      shapes.set(schema, shape);
      return shape;
    },
  };
}

function bodyOf(message: Message): Pick<Link, "body" | "text"> {
  const text = messageText(message);
  return { body: digest(text), text };
}

export function stored(text: string): Stored {
  return { digest: digest(text), text };
}

/** A message as its digest sees it and as the store keeps it: pictures by digest, cache marks left out. */
export function messageText({ role, content }: Message): string {
  if (typeof content === "string") return `{"content":${JSON.stringify(content)},"role":"${role}"}`;
  return canonicalJson({ role, content: content.map(partData) });
}

function partData(part: Part): unknown {
  return part.type === "text"
    ? { type: part.type, text: part.text }
    : { type: part.type, mediaType: part.mediaType, digest: part.digest };
}

function schemaText(schema: z.ZodType): string {
  try {
    return canonicalJson(z.toJSONSchema(schema, { io: "input" }));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new TinyTroupeError("OPTION_INVALID", `A model cannot fill this schema: ${reason}`, {
      data: { option: "schema" },
      hint: "Ask for what JSON can say (text, numbers, booleans, lists, objects) and convert the answer afterwards.",
      cause,
    });
  }
}
