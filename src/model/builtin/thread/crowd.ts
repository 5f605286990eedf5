import type { ModelRequest } from "../../../kernel/contracts/model.ts";
import { type Answer, check } from "../answer.ts";
import type { Shape } from "../shape/shape.ts";
import { textOf } from "../stream.ts";
import type { Said } from "./protocol.ts";
import { RehearsingThread } from "./rehearsing-thread.ts";

/** So many questions in one round of the event loop are a crowd's … */
const crowd = 32;
/** … and after so many of them it pays to start a thread, which takes as long as some thousand. */
const questionsBefore = 1_000;

/** What was answered, and the tokens of it. */
export type Rehearsed<T> = Answer<T> & Pick<Said, "input" | "output">;

/** Sees when many ask at once, and has a thread of its own answer from then on. */
export class Crowd {
  readonly #bytes: number;
  /** Questions of this round, and those of crowds. */
  #now = 0;
  #asked = 0;
  #round: NodeJS.Immediate | undefined;
  #thread: RehearsingThread | undefined;

  /** @param bytes what the thread may keep in memory; none is started for 0 */
  constructor(bytes: number) {
    this.#bytes = bytes;
  }

  /** There is a thread to ask. */
  get isElsewhere(): boolean {
    return this.#thread?.isOpen === true;
  }

  /** Notices a question. */
  notice(): void {
    if (!(this.#bytes > 0) || this.#asked === questionsBefore) return;
    this.#round ??= setImmediate(() => {
      [this.#now, this.#round] = [0, undefined];
    });
    this.#now += 1;
    if (this.#now < crowd) return;
    this.#asked += 1;
    if (this.#asked === questionsBefore) this.#thread = begun(this.#bytes);
  }

  /** Undefined where it is to be answered here: nothing came of the thread's first attempt, or the schema refuses it. */
  async answerTo<T>(request: ModelRequest<T>, shape: Shape): Promise<Rehearsed<T> | undefined> {
    const said = await this.#thread?.ask(request, shape);
    if (said === undefined || said.output > (request.maxOutputTokens ?? Number.POSITIVE_INFINITY)) return undefined;
    const parsed = await check(request.schema, said.value);
    if (!parsed.success) return undefined;
    // Only who listens hears the words.
    const text = request.onDelta === undefined ? "" : textOf(said.value);
    return { value: parsed.data, text, input: said.input, output: said.output };
  }

  /** Who asks from now on is answered here. */
  close(): void {
    this.#asked = questionsBefore;
    this.#thread?.close();
    this.#thread = undefined;
  }
}

/** Undefined where the program may start no threads: all is answered here, as before. */
function begun(bytes: number): RehearsingThread | undefined {
  try {
    return new RehearsingThread(bytes);
  } catch {
    return undefined;
  }
}
