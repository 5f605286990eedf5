// What a provider is sent, in its tokens: messages and the strict schema, and how much of it an earlier call had sent.
import { encode } from "gpt-tokenizer/encoding/o200k_base";
import { createStrictSchemas } from "../../src/model/structured/strict-schema.ts";
import type { ModelRequest } from "../../src/models.ts";

/** What one call cost, in o200k tokens. */
export interface Sent {
  readonly tokens: number;
  /** The same of each part: the schema, then the messages in their order. */
  readonly parts: readonly number[];
  /** Those after the longest beginning that it has in common with any earlier call. */
  readonly fresh: number;
  /** Share of its bytes that are the same, from the first on, as in the asker's call before it. */
  readonly sameAsBefore: number;
}

interface Call {
  readonly scope: string;
  readonly purpose: ModelRequest<unknown>["purpose"];
  readonly sent: Sent;
}

interface Piece {
  readonly text: string;
  readonly tokens: readonly number[];
}

interface Branch {
  readonly piece: Piece;
  readonly next: Map<string, Branch>;
}

/** Takes calls in their order. The schema stands first, as with the providers, and each message in a frame of its own. */
export class Wire {
  readonly calls: Call[] = [];
  readonly #strict = createStrictSchemas({ bounds: true });
  readonly #pieces = new Map<string, Piece>();
  readonly #roots = new Map<string, Branch>();
  readonly #last = new Map<string, readonly Piece[]>();

  take(request: ModelRequest<unknown>): Sent {
    const schema = { name: "answer", strict: true, schema: this.#strict(request.schema).json };
    const frames = request.messages.map((message) => `<|${message.role}|>\n${textOf(message.content)}\n`);
    const pieces = [JSON.stringify(schema), ...frames].map((text) => this.#piece(text));
    const parts = pieces.map((piece) => piece.tokens.length);
    const tokens = parts.reduce((sum, part) => sum + part, 0);
    const before = this.#last.get(request.scope) ?? [];
    const sent = {
      tokens,
      parts,
      fresh: this.#fresh(pieces),
      sameAsBefore: commonBytes(before, pieces) / bytes(pieces),
    };
    this.#last.set(request.scope, pieces);
    this.calls.push({ scope: request.scope, purpose: request.purpose, sent });
    return sent;
  }

  /** Walks down the pieces that were sent before; of the first that was not, tokens may still be in common with others. */
  #fresh(pieces: readonly Piece[]): number {
    let branches = this.#roots;
    let fresh = 0;
    let known = true;
    for (const piece of pieces) {
      const found = branches.get(piece.text);
      const branch = found ?? { piece, next: new Map() };
      if (found === undefined) {
        const longest = known ? [...branches.values()].map((other) => common(other.piece.tokens, piece.tokens)) : [];
        fresh += piece.tokens.length - Math.max(0, ...longest);
        known = false;
        branches.set(piece.text, branch);
      }
      branches = branch.next;
    }
    return fresh;
  }

  #piece(text: string): Piece {
    const piece = this.#pieces.get(text) ?? { text, tokens: encode(text) };
    this.#pieces.set(text, piece);
    return piece;
  }
}

function textOf(content: ModelRequest<unknown>["messages"][number]["content"]): string {
  return typeof content === "string"
    ? content
    : content.map((part) => (part.type === "text" ? part.text : "")).join("\n");
}

function common<T>(one: ArrayLike<T>, other: ArrayLike<T>): number {
  let length = 0;
  while (length < one.length && length < other.length && one[length] === other[length]) length++;
  return length;
}

const bytesOf = (text: string): number => Buffer.byteLength(text);
const bytes = (pieces: readonly Piece[]): number => pieces.reduce((sum, { text }) => sum + bytesOf(text), 0);

function commonBytes(before: readonly Piece[], after: readonly Piece[]): number {
  const first = after.findIndex(({ text }, index) => text !== before[index]?.text);
  if (first < 0) return bytes(after);
  const differing = after[first]?.text ?? "";
  return bytes(after.slice(0, first)) + bytesOf(differing.slice(0, common(before[first]?.text ?? "", differing)));
}
