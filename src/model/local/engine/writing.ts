import { wholeSentences } from "../grammar/prose.ts";
import type { LlamaModel, Token } from "../runtime.ts";

/** An answer as it grows, token by token, told on as the JSON text that it is to be. */
export interface Writing {
  readonly tokens: readonly Token[];
  add(token: Token): void;
  /** The answer is whole JSON already: no token is spent on hearing that it ends. */
  closed(): boolean;
  end(complete: boolean): { text: string; complete: boolean };
}

interface WritingOptions {
  /** The model writes prose, which is the text of this one property. */
  readonly proseKey: string | undefined;
  readonly onText: ((text: string) => void) | undefined;
}

export function createWriting(model: LlamaModel, { proseKey, onText }: WritingOptions): Writing {
  const tokens: Token[] = [];
  let text = "";
  let pending: Token[] = [];
  const tell = (piece: string): void => {
    if (piece !== "" && proseKey === undefined) onText?.(piece);
    else if (piece !== "") onText?.(`${text === "" ? opening(proseKey ?? "") : ""}${inside(piece)}`);
    text += piece;
  };
  const read = (): string =>
    model.detokenize(pending, false, tokens.slice(0, tokens.length - pending.length).slice(-8));
  return {
    tokens,
    add(token) {
      tokens.push(token);
      pending.push(token);
      const piece = read();
      // A token may end in the middle of a character.
      if (piece.endsWith("\uFFFD") && pending.length < 8) return;
      tell(piece);
      pending = [];
    },
    closed: () => proseKey === undefined && pending.length === 0 && /[}\]]$/.test(text) && isJson(text),
    end(complete) {
      if (pending.length > 0) tell(read());
      if (proseKey === undefined || text === "") return { text, complete };
      onText?.('"}');
      // Prose that is stopped by its length ends with its last sentence, and is an answer all the same.
      return {
        text: JSON.stringify({ [proseKey]: complete && endsWell(text) ? text.trim() : wholeSentences(text) }),
        complete: true,
      };
    },
  };
}

const opening = (key: string): string => `{${JSON.stringify(key)}:"`;
const inside = (text: string): string => JSON.stringify(text).slice(1, -1);
const endsWell = (text: string): boolean => /[.!?。！？…]["'”’)]*\s*$/u.test(text);

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
