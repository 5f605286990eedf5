import type { Context } from "../../../kernel/contracts/context.ts";
import type { ActorView } from "../../../kernel/contracts/faculty.ts";
import type { Delta } from "../../../kernel/contracts/model.ts";
import type { Action } from "../../../kernel/contracts/person.ts";
import { readSpeech, type SpeechLayout, type SpeechPiece, type SpeechState, startSpeech } from "./speech-stream.ts";

/** Shows the words of one turn to those who watch, as they are produced, and takes back what did not stand. */
export class LiveSpeech {
  readonly #who: ActorView;
  readonly #watch: Context["watch"];
  #said: SpeechPiece[] = [];

  constructor(who: ActorView, watch: Context["watch"]) {
    this.#who = who;
    this.#watch = watch;
  }

  /** Listens to one answer whose first action is the turn's `offset`-th. */
  listener(layout: SpeechLayout, offset: number): (delta: Delta) => void {
    let state: SpeechState = startSpeech(layout);
    return (delta) => {
      if (delta.type === "restart") {
        state = startSpeech(layout);
        this.#sayAgain(this.#said.filter((piece) => piece.index < offset));
        return;
      }
      const read = readSpeech(state, delta.text);
      state = read.state;
      for (const piece of read.pieces) this.#say({ ...piece, index: piece.index + offset });
    };
  }

  /** Once it is clear what stands: if something else was shown, it is taken back and the right words are shown. */
  settle(actions: readonly Action[]): void {
    if (this.#said.length === 0) return;
    const stands = actions.flatMap((action, index): readonly SpeechPiece[] => {
      if ((action.type !== "TALK" && action.type !== "THINK") || action.content === undefined) return [];
      return [
        { action: action.type, ...(action.target ? { target: action.target } : {}), index, text: action.content },
      ];
    });
    if (JSON.stringify(wholes(stands)) !== JSON.stringify(wholes(this.#said))) this.#sayAgain(stands);
  }

  /** The turn came to nothing: takes back what was shown. */
  takeBack(): void {
    if (this.#said.length > 0) this.#sayAgain([]);
  }

  #sayAgain(pieces: readonly SpeechPiece[]): void {
    if (this.#said.length > 0) this.#watch({ type: "speaking-restarted", person: this.#who.id, name: this.#who.name });
    this.#said = [];
    for (const piece of pieces) this.#say(piece);
  }

  #say(piece: SpeechPiece): void {
    this.#said.push(piece);
    this.#watch({ type: "speaking", person: this.#who.id, name: this.#who.name, ...piece });
  }
}

function wholes(pieces: readonly SpeechPiece[]): readonly (readonly [number, string])[] {
  const texts = new Map<number, string>();
  for (const { index, text } of pieces) texts.set(index, (texts.get(index) ?? "") + text);
  return [...texts];
}
