import { loadedPicture } from "../../document/pictures/load-picture.ts";
import type { Context } from "../../kernel/contracts/context.ts";
import type { ActOptions, Stimulus, Turn } from "../../kernel/contracts/person.ts";
import { Being } from "./being.ts";
import { needsEyes, picturesOf, type SeeOptions, type Sent, type Sight, stimulusOf } from "./sight.ts";

/** What somebody can be told and shown: it is new to them until they act. */
export abstract class Perceiving extends Being {
  abstract readonly context: Context;

  /** Takes a turn: reacts to all that is new. */
  abstract act(options?: ActOptions): Promise<Turn>;

  /** Something is new to them from here on. */
  protected abstract perceive(stimulus: Stimulus): void;

  /** Hears speech, from somebody by name or from nobody in particular. */
  listen(speech: string, source?: string): this {
    return this.#perceived("CONVERSATION", speech, { source });
  }

  /** Perceives something between people, such as somebody who draws near. */
  socialize(description: string, source?: string): this {
    return this.#perceived("SOCIAL", description, { source });
  }

  /**
   * Sees what is described, with pictures in memory; or, given an object, loads its pictures (a file's path, an
   * http(s) URL, bytes; 10 MiB each at most) and is awaited. Throws MODEL_UNSUPPORTED at once when the person's model
   * takes no pictures, FILE_UNREADABLE and OPTION_INVALID for pictures that are none.
   * @example
   * person.see("A red poster that says SALE.");
   * await person.see({ description: "The poster", image: "poster.png" });
   */
  see(description: string, options?: SeeOptions): this;
  see(sight: Sight): Promise<this>;
  see(what: string | Sight, options: SeeOptions = {}): this | Promise<this> {
    if (typeof what !== "string") return this.#look(what);
    const { source, images = [] } = options;
    needsEyes(this.context, images);
    return this.#perceived("VISUAL", what, { source, images: images.map(loadedPicture) });
  }

  /** Has a thought come to mind. */
  think(thought: string): this {
    return this.#perceived("THOUGHT", thought, { source: this.name });
  }

  /** Comes to want something. */
  internalizeGoal(goal: string): this {
    return this.#perceived("INTERNAL_GOAL_FORMULATION", goal, { source: this.name });
  }

  /** Perceives stimuli as they are. */
  observe(...stimuli: readonly Stimulus[]): this {
    for (const stimulus of stimuli) {
      needsEyes(this.context, stimulus.images ?? []);
      this.perceive(stimulus);
    }
    return this;
  }

  async listenAndAct(speech: string, source?: string, options?: ActOptions): Promise<Turn> {
    return this.listen(speech, source).act(options);
  }

  async socializeAndAct(description: string, source?: string, options?: ActOptions): Promise<Turn> {
    return this.socialize(description, source).act(options);
  }

  async seeAndAct(what: string | Sight, options?: ActOptions): Promise<Turn> {
    return (typeof what === "string" ? this.see(what) : await this.see(what)).act(options);
  }

  async thinkAndAct(thought: string, options?: ActOptions): Promise<Turn> {
    return this.think(thought).act(options);
  }

  async internalizeGoalAndAct(goal: string, options?: ActOptions): Promise<Turn> {
    return this.internalizeGoal(goal).act(options);
  }

  #perceived(type: Stimulus["type"], content: string, sent: Sent = {}): this {
    this.perceive(stimulusOf({ type, content }, sent));
    return this;
  }

  async #look(sight: Sight): Promise<this> {
    const pictures = await picturesOf(sight, this.context);
    return this.#perceived("VISUAL", sight.description ?? "", { source: sight.source, images: pictures });
  }
}
