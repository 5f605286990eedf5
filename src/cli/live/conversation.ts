import {
  errorRecord,
  isTinyTroupeError,
  type JournalEvent,
  type Listener,
  type TinyPerson,
  type Turn,
} from "../../index.ts";
import type { Session } from "../session.ts";
import { Prompt } from "../terminal/prompt.ts";
import { harmless, isolate, wrap } from "../terminal/text.ts";
import type { LiveView } from "./view.ts";

/** A talk in the terminal: who is asked, what is shown, and what Ctrl-C means. */
export interface Conversation {
  /** Aborted when the program is asked to end. */
  readonly signal: AbortSignal;
  readonly listener: Listener;
  /** How many times the person answered. */
  readonly turns: number;
  /** A dimmed remark of the program. */
  note(text: string): void;
  /** A remark, and a command under it that can be copied whole. */
  farewell(text: string, command: string): void;
  /** Tells again what was said before, and goes on until the visitor leaves. */
  hold(person: TinyPerson, before: readonly JournalEvent[]): Promise<void>;
  close(): void;
}

export function createConversation(
  session: Session,
  talk: { readonly view: LiveView; readonly as: string },
): Conversation {
  return new TerminalConversation(session, talk.view, talk.as);
}

const help = "/thoughts shows or hides what they think, /quit or Ctrl-D ends. Ctrl-C stops an answer.";

class TerminalConversation implements Conversation {
  turns = 0;
  readonly #session: Session;
  readonly #view: LiveView;
  readonly #as: string;
  readonly #ending = new AbortController();
  readonly #onSignal = (): void => this.#interrupt("");
  readonly #onEnd = (): void => this.#end();
  #prompt: Prompt | undefined;
  #answering: AbortController | undefined;
  #warned = false;

  constructor(session: Session, view: LiveView, as: string) {
    this.#session = session;
    this.#view = view;
    this.#as = as;
    process.on("SIGINT", this.#onSignal);
    process.on("SIGTERM", this.#onEnd);
  }

  get signal(): AbortSignal {
    return this.#ending.signal;
  }

  readonly listener: Listener = (event) => {
    if (this.#answering === undefined && event.type === "warning") this.note(event.message);
    else if (this.#answering !== undefined && event.type !== "stimulus") this.#view.listener(event);
  };

  note(text: string): void {
    const { screen, style } = this.#notes;
    screen.say(text, style.dim);
  }

  farewell(text: string, command: string): void {
    this.note(text);
    this.#notes.screen.print(harmless(command));
  }

  async hold(person: TinyPerson, before: readonly JournalEvent[]): Promise<void> {
    const said = before.flatMap((event) => (event.type === "stimulus" ? [event.stimulus.content] : []));
    await this.#tellAgain(person, before);
    if (this.#session.interactive) this.note(`You are talking with ${person.name}. ${help}`);
    this.#prompt = new Prompt({
      input: process.stdin,
      output: process.stderr,
      interactive: this.#session.interactive,
      history: said,
      onInterrupt: (typed) => this.#interrupt(typed),
    });
    for (;;) {
      if (this.#session.interactive) process.stderr.write("\n");
      const line = await this.#prompt.next(`${this.#session.errStyle.bold(isolate(this.#as))} › `);
      if (line === undefined || this.#ending.signal.aborted) break;
      if (!(await this.#hear(person, harmless(line).trim()))) break;
    }
    if (this.#session.interactive) process.stderr.write("\n");
  }

  close(): void {
    this.#prompt?.close();
    this.#view.end();
    process.off("SIGINT", this.#onSignal);
    process.off("SIGTERM", this.#onEnd);
  }

  /** What belongs to the program goes to the same screen as the talk where both are the terminal. */
  get #notes() {
    const { out, outStyle, err, errStyle } = this.#session;
    return out.live ? { screen: out, style: outStyle } : { screen: err, style: errStyle };
  }

  /** Says and hears again what the journal holds: its answers are free, and memory is as it was. */
  async #tellAgain(person: TinyPerson, before: readonly JournalEvent[]): Promise<void> {
    const { out, outStyle: style } = this.#session;
    for (const event of before) {
      if (event.type === "turn") await this.#answer(person);
      if (event.type !== "stimulus" || event.stimulus.via !== undefined) continue;
      const { content, source } = event.stimulus;
      const lines = wrap(harmless(content), out.width - 2).map((line) => `  ${isolate(line)}`);
      out.print("", style.bold(harmless(source ?? this.#as)), ...lines);
      person.listen(content, source);
    }
  }

  /** Takes one line; false ends the talk. */
  async #hear(person: TinyPerson, words: string): Promise<boolean> {
    this.#warned = false;
    if (words === "/quit" || words === "/exit") return false;
    if (words === "/thoughts") this.note(this.#view.toggleThoughts() ? "Thoughts are shown." : "Thoughts are hidden.");
    else if (words === "/help") this.note(help);
    else if (/^\/\w+$/.test(words)) this.note(`There is no ${words}. ${help}`);
    else if (words !== "") {
      person.listen(words, this.#as);
      await this.#answer(person);
    }
    return true;
  }

  async #answer(person: TinyPerson): Promise<void> {
    const answering = new AbortController();
    this.#answering = answering;
    const timer = setInterval(this.#view.tick, 500);
    try {
      const turn = await person.act({ signal: answering.signal });
      this.turns += 1;
      this.#view.rest();
      if (isSilent(turn)) this.note(`  (says nothing${turn.stop === "repetition" ? " but what was said before" : ""})`);
    } catch (error) {
      this.#view.rest();
      this.#failed(error, answering.signal.aborted);
    } finally {
      clearInterval(timer);
      this.#answering = undefined;
    }
  }

  /** A talk survives an answer that fails; not the end of the budget, nor where nobody is there to try again. */
  #failed(error: unknown, stopped: boolean): void {
    if (stopped && !this.#ending.signal.aborted) {
      this.note("  (stopped; what you said waits for your next words)");
      return;
    }
    if (!this.#session.interactive || isTinyTroupeError(error, "BUDGET_EXCEEDED", "ABORTED", "CLOSED")) throw error;
    const { message, hint } = errorRecord(error);
    const { screen, style } = this.#notes;
    screen.say(message, style.bad);
    if (hint) screen.say(`→ ${hint}`);
  }

  #interrupt(typed: string): void {
    const nobodyTypes = this.#prompt === undefined || !this.#session.interactive;
    if (this.#answering) this.#answering.abort("Ctrl-C");
    else if (nobodyTypes || (typed === "" && this.#warned)) this.#end();
    else if (typed === "") {
      this.#warned = true;
      process.stderr.write(`\n${this.#session.errStyle.dim("Ctrl-C again ends the talk; so do /quit and Ctrl-D.")}\n`);
    }
  }

  #end(): void {
    this.#ending.abort("Ctrl-C");
    this.#answering?.abort("Ctrl-C");
    this.#prompt?.close();
  }
}

function isSilent({ actions }: Turn): boolean {
  return !actions.some((action) => action.type !== "DONE" && action.type !== "THINK");
}
