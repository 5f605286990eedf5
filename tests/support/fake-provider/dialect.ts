export interface FakeRequest {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  // biome-ignore lint/suspicious/noExplicitAny: a request is looked into freely by tests
  readonly body: any;
  /** The JSON schema of the answer, wherever the provider puts it. */
  readonly schema?: object | undefined;
  readonly streams?: boolean;
}

/** How an answer ends: as usual, at the token limit, by the model's refusal, by a filter. */
export type Finish = "stop" | "length" | "refusal" | "filter";

export interface Answer {
  readonly text: string;
  readonly finish: Finish;
  readonly usage: {
    readonly input: number;
    readonly cached: number;
    /** Newly put into the provider's cache, by those that tell. */
    readonly written?: number;
    readonly output: number;
    readonly reasoning: number;
  };
  /** Characters in a piece of a stream. */
  readonly pieceSize?: number;
}

/**
 * How an answer breaks off in the middle: by a reset; with a proper end, as some proxies do it; with no end at all; with
 * the provider's word for an error, where it streams.
 */
export type Cut = "reset" | "cleanly" | "silently" | "with an error";

/** What to do instead of answering as asked, perhaps only after some milliseconds or when the test says so. */
export type Order = { readonly afterMs?: number; readonly until?: Promise<void> } & (
  | (Partial<Answer> & {
      readonly cut?: Cut;
      /** Between the pieces of a stream. */
      readonly eachMs?: number;
    })
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: unknown }
  | { readonly hang: true }
  | { readonly reset: true }
);

/** How one provider asks and answers. */
export interface Dialect {
  readonly streamType: string;
  speaks(path: string): boolean;
  /** A question that is no call for an answer, such as what the model can do. */
  side?(request: FakeRequest): unknown;
  schemaOf(request: FakeRequest): object | undefined;
  streams(request: FakeRequest): boolean;
  whole(answer: Answer, request: FakeRequest): unknown;
  chunks(answer: Answer, request: FakeRequest): Iterable<string>;
  /** An error that comes in the middle of a stream. */
  readonly breakdown: string;
}

/** A text in pieces of some characters, as it would come from a model. */
export function pieces({ text, pieceSize: size = 9 }: Answer): string[] {
  return text.match(new RegExp(`[\\s\\S]{1,${size}}`, "g")) ?? [];
}

export const event = (data: unknown, name?: string): string =>
  `${name === undefined ? "" : `event: ${name}\n`}data: ${JSON.stringify(data)}\n\n`;

/** One vector a text, of three numbers that depend on it. */
export function vectors(texts: readonly string[]): number[][] {
  return texts.map((text) => [text.length, (text.codePointAt(0) ?? 0) / 100, 1]);
}
