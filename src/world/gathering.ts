import type { JournalEvent } from "../kernel/contracts/events.ts";
import type { Stage } from "../kernel/contracts/kinds/stage.ts";
import type { Vote } from "../kernel/contracts/kinds/talk.ts";
import type { Actor, Stimulus } from "../kernel/contracts/person.ts";
import type { Shown } from "../kernel/contracts/told/shown.ts";
import type { Hearers } from "../kernel/contracts/world/events.ts";
import { nameWords } from "../kernel/language/names.ts";
import { checkKeys } from "../kernel/text/known-keys.ts";
import type { PersonId, WorldId } from "../kernel/values/ids.ts";
import { reaches } from "./delivery/access.ts";
import type { Exhibit } from "./exhibits/exhibit.ts";
import type { Showing } from "./exhibits/gallery.ts";
import type { Society } from "./society.ts";
import { TimedRuns } from "./time/timed-runs.ts";

/** What a meeting tells beside what people do in it. */
export type MeetingEvent = Stage | Vote;

/** Who is in a world, who can hear whom, and what all of them are told. */
export abstract class Gathering<P extends Actor> extends TimedRuns {
  abstract readonly id: WorldId;
  abstract readonly name: string;
  protected abstract readonly society: Society<P>;
  /** The intervention that does something just now. */
  protected abstract readonly firing: string | undefined;

  /** Everybody who is here, in the order of entering. */
  get people(): readonly P[] {
    return this.society.roster.list;
  }

  /** The person so called, by full name or a part that means one person only; TARGET_UNKNOWN otherwise. */
  person(name: string): P {
    return this.society.roster.one(name);
  }

  /** Lets people in; they act from the next step on. NAME_TAKEN, and nobody enters, when a name is here already. */
  add(...people: readonly P[]): this {
    const { admit, record } = this.society;
    admit(people);
    for (const person of people) record({ type: "person-entered", world: this.id, person: person.id });
    return this;
  }

  /** Lets people go: who has not begun to act acts no more, and hears nothing. TARGET_UNKNOWN when somebody is not here. */
  remove(...people: readonly (P | string)[]): this {
    const { roster, record } = this.society;
    for (const person of people.map((who) => roster.member(who))) {
      roster.remove(person);
      record({ type: "person-left", world: this.id, person: person.id });
    }
    return this;
  }

  /** Everyone can hear everyone, those who come later too; exceptions made before are forgotten. */
  makeEveryoneAccessible(): this {
    const { access, record } = this.society;
    access.openEveryone();
    record({ type: "access-changed", world: this.id, between: "everyone", accessible: true });
    return this;
  }

  /** These two can hear each other from now on. */
  makeAccessible(one: P | string, other: P | string): this {
    return this.#setAccess([one, other], true);
  }

  /** These two cannot hear each other, and REACH_OUT does not change it. */
  makeInaccessible(one: P | string, other: P | string): this {
    return this.#setAccess([one, other], false);
  }

  /**
   * Everybody hears these words, but the one they come from; those of somebody who is here only whom the world's
   * visibility lets hear them, where it says so. Who is named in `from` without being here can be answered: words to
   * them go to the transcript. OPTION_INVALID for other options.
   */
  broadcast(speech: string, options: { readonly from?: string | Actor } = {}): this {
    checkKeys(options, { from: true }, "the options of a broadcast");
    return this.#tellAll({ type: "CONVERSATION", content: speech, ...this.#sourceOf(options) });
  }

  /** Adds to the story what a meeting tells beside what people do in it: a stage, a vote. */
  record(event: MeetingEvent): JournalEvent {
    return this.society.record({ ...event, world: this.id });
  }

  /** Everybody has this thought. */
  broadcastThought(thought: string): this {
    return this.#tellAll({ type: "THOUGHT", content: thought });
  }

  /** Everybody takes this as a goal. */
  broadcastInternalGoal(goal: string): this {
    return this.#tellAll({ type: "INTERNAL_GOAL_FORMULATION", content: goal });
  }

  /** Everybody perceives that this happens. */
  narrate(event: string): this {
    return this.#tellAll({ type: "VISUAL", content: event });
  }

  /**
   * Everybody sees this picture, or reads this document, but whoever shows it. Its content is kept once in the journal,
   * which serves it when the run is opened again: the file is read once. Other content of the same name is another
   * version, and people are told that it takes the place of the one before. A document is given up to `tokens`, as data.
   * Where the model takes no pictures people get the description, with a warning.
   *
   * Throws MODEL_UNSUPPORTED where there is none, DOCUMENT_UNREADABLE, FILE_UNREADABLE and OPTION_INVALID.
   * @example
   * await room.show({ document: { location: "price.md", bytes: Buffer.from("It costs 40 euros.") }, description: "The offer" });
   */
  async show(exhibit: Exhibit): Promise<Shown> {
    return this.society.gallery.show(exhibit, (showing) => this.#present(showing, this.#sourceOf(exhibit)));
  }

  /** Everybody is in these circumstances from now on; they take the place of the former ones. */
  broadcastContext(context: string | readonly string[]): this {
    const circumstances = [context].flat();
    return this.#tellAll({ type: "LOCATION", content: circumstances.join("\n") }, (person, stimulus) => {
      if (person.changeContext) person.changeContext(circumstances);
      else this.#tell(person, stimulus);
    });
  }

  #tellAll(given: Stimulus, tell = (person: P, stimulus: Stimulus) => this.#tell(person, stimulus)): this {
    const { record } = this.society;
    const said = this.context.revisions.told(given);
    const { hearers, to } = this.#audience(said.source);
    const { id: via } = record({ type: "broadcast", world: this.id, stimulus: said, to, ...this.#cause() });
    const stimulus = { ...said, via };
    for (const person of hearers) tell(person, stimulus);
    return this;
  }

  /** All perceive the whole of it; the journal refers to it by digest. */
  #present({ told, text, shown }: Showing, source: Pick<Stimulus, "source">): void {
    const seen = this.context.revisions.told({ ...told, ...source });
    const images = seen.images?.map((image) => ({ ...image, data: new Uint8Array(0) }));
    const { hearers, to } = this.#audience(seen.source);
    const stimulus = { ...seen, ...(images && { images }) };
    const what = { stimulus, to, shown, ...this.#cause() };
    const { id: via } = this.society.record({ type: "broadcast", world: this.id, ...what });
    const content = text === undefined ? seen.content : `${seen.content}\n${text}`;
    for (const person of hearers) this.#tell(person, { ...seen, content, via });
  }

  /** It was for all who can hear it. */
  #tell(person: P, stimulus: Stimulus): void {
    this.society.tell(person, stimulus, false);
  }

  #cause(): { readonly intervention?: string } {
    return this.firing === undefined ? {} : { intervention: this.firing };
  }

  /** In whose name something is said or shown. */
  #sourceOf({ from }: { readonly from?: string | Actor | undefined }): { readonly source?: string } {
    const { roster } = this.society;
    const source = typeof from === "object" ? from.name : from;
    if (source === undefined) return {};
    if (roster.exact(source) === undefined) this.#hearFromOutside(source);
    return { source };
  }

  /** A voice that told somebody something outside of this world can be answered here, unless it is called like somebody who is here. */
  protected heed({ pending = [] }: P): void {
    const { roster, outside } = this.society;
    for (const { source, via } of pending) {
      if (source !== undefined && via === undefined && roster.find(source).length === 0) {
        outside.add(nameWords(source).join(" "));
      }
    }
  }

  /** Words to them go to the transcript. Who is nearly called like somebody here may be meant to be that one. */
  #hearFromOutside(source: string): void {
    const { roster, outside } = this.society;
    const name = nameWords(source).join(" ");
    if (outside.has(name)) return;
    outside.add(name);
    const meant = [...roster.find(source), ...roster.near(source)][0];
    if (meant === undefined) return;
    const message = `'${source}' is nobody in '${this.name}', and speaks as a voice from outside. Did you mean ${meant.name}?`;
    this.context.watch({ type: "warning", message });
  }

  #audience(source: string | undefined): { hearers: readonly P[]; to: Hearers } {
    const { roster, announced } = this.society;
    const speaker = source === undefined ? undefined : roster.exact(source);
    const circle = speaker && announced(speaker);
    const others = this.people.filter((person) => person.name !== source);
    const hearers = circle === undefined ? others : others.filter((person) => reaches(circle, person.id));
    const everyone = hearers.length > 1 && hearers.length === others.length;
    return { hearers, to: everyone ? "everyone" : hearers.map((person) => person.id) };
  }

  #setAccess(between: readonly [P | string, P | string], accessible: boolean): this {
    const { roster, access, record } = this.society;
    const [one, other] = between.map((who) => roster.member(who).id) as [PersonId, PersonId];
    if (accessible) access.open(one, other);
    else access.close(one, other);
    record({ type: "access-changed", world: this.id, between: [one, other], accessible });
    return this;
  }
}
