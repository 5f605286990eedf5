import { loadedPicture } from "../document/pictures/load-picture.ts";
import type { Context, Subject } from "../kernel/contracts/context.ts";
import type { TranscriptEntry } from "../kernel/contracts/events.ts";
import type { Faculty, LivedTurn } from "../kernel/contracts/faculty.ts";
import type { ModelReply } from "../kernel/contracts/model.ts";
import type {
  ActOptions,
  Actor,
  CognitiveState,
  Gap,
  Question,
  Reachable,
  Respondent,
  Stimulus,
  Turn,
} from "../kernel/contracts/person.ts";
import type { Stance } from "../kernel/stances/ledger.ts";
import type { PersonId } from "../kernel/values/ids.ts";
import type { Persona } from "../persona/schema.ts";
import { settleTurn } from "./actions/settle-turn.ts";
import { Being } from "./being.ts";
import { liveThrough } from "./meanwhile.ts";
import { type TurnEpisode, transcriptOfLog } from "./memory/episodic-log.ts";
import type { PersonMemory } from "./memory/person-memory.ts";
import { Biographer, type MinibioOptions } from "./minibio.ts";
import { type PersonOptions, personSettings } from "./options.ts";
import { PersonMind } from "./person-mind.ts";
import type { QualityReport } from "./quality/statistics.ts";
import { needsEyes, picturesOf, type SeeOptions, type Sent, type Sight, stimulusOf } from "./sight.ts";
import type { SavedPerson } from "./state/document.ts";
import { savePerson } from "./state/files.ts";
import { restoredOptions, restoreLife } from "./state/restore.ts";
import { restoredState, snapshotOf } from "./state/snapshot.ts";
import { answerQuestion } from "./turn/answer-question.ts";
import { perceive, takeTurn } from "./turn/take-turn.ts";

/**
 * A simulated person. It perceives (`listen`, `see`, `think` …: these only add to what is new to it), and acts on all
 * that is new in one turn, as its persona would.
 * @example
 * const lisa = new TinyPerson(parsePersona({ name: "Lisa" }), context.fork("person:lisa"));
 * const turn = await lisa.listenAndAct("What do you do for a living?");
 */
export class TinyPerson extends Being implements Actor, Respondent, Subject {
  readonly id: PersonId;
  readonly context: Context;
  readonly #options: PersonOptions;
  readonly #mind: PersonMind;
  #biographer: Biographer | undefined;

  /**
   * Records `person-created`. The context is the person's own: `context.fork("person:lisa")`.
   * Throws OPTION_INVALID for options out of range, MODEL_UNSUPPORTED when the model cannot bear the faculties.
   */
  constructor(persona: Persona, context: Context, options: PersonOptions = {}) {
    super();
    this.context = context;
    this.#options = options;
    this.#mind = new PersonMind(persona, context, personSettings(options));
    this.id = this.#mind.who.id;
    const created = context.journal.record({ type: "person-created", person: this.id, name: this.name, persona });
    this.#mind.stances?.begin(persona, created.id);
  }

  /**
   * Somebody as they were saved, with what is said here over how they were set up. Records `person-restored` where they
   * have lived through something. Throws FACULTY_MISSING, MODEL_UNSUPPORTED, and as the constructor.
   */
  static restore(saved: SavedPerson, context: Context, options: PersonOptions = {}): TinyPerson {
    const person = new TinyPerson(saved.persona, context, restoredOptions(saved, options));
    person.#mind.origin = saved.origin;
    if (saved.life === undefined) return person;
    context.journal.record({ type: "person-restored", person: person.id, saved: restoredState(saved) });
    restoreLife(person.#mind, saved.life);
    return person;
  }

  override get name(): string {
    return this.#mind.who.name;
  }

  override get persona(): Persona {
    return this.#mind.persona;
  }

  /** What the person remembers: all that happened, and what was kept of it. */
  get memory(): PersonMemory {
    return this.#mind.memory;
  }

  /** What the person is able to do beyond what everybody can. */
  get faculties(): readonly Faculty[] {
    return this.#mind.settings.faculties;
  }

  /** What is on the person's mind. */
  get state(): CognitiveState {
    return this.#mind.state;
  }

  /** What the person holds, how firmly and why; empty unless `stances` is on. */
  get stances(): readonly Stance[] {
    return this.#mind.stances?.held ?? [];
  }

  /** Where the person is, when that was said. */
  get location(): string | undefined {
    return this.#mind.location;
  }

  /** All turns that the person took, in earlier runs too, oldest first. */
  get life(): readonly LivedTurn[] {
    return this.#mind.log.turns;
  }

  /** The committed turns of this run, oldest first. */
  get turns(): readonly TurnEpisode[] {
    return this.#mind.log.ofThisRun.filter((episode) => episode.kind === "turn");
  }

  /** What became of what the person was about to say; undefined unless `quality` has it looked at. */
  get quality(): QualityReport | undefined {
    return this.#mind.quality?.statistics.report;
  }

  /** What is still new: the next turn reacts to it. */
  get pending(): readonly Stimulus[] {
    return this.#mind.inbox.pending.map((episode) => episode.stimulus);
  }

  /** What the person perceived and did in this run, each thing once, in order; DONE is left out. */
  transcript(): readonly TranscriptEntry[] {
    return transcriptOfLog(this.#mind.log.ofThisRun, this.name);
  }

  /** Hears speech, from somebody by name or from nobody in particular. */
  listen(speech: string, source?: string): this {
    return this.#perceive("CONVERSATION", speech, { source });
  }

  /** Perceives something between people, such as somebody who draws near. */
  socialize(description: string, source?: string): this {
    return this.#perceive("SOCIAL", description, { source });
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
    return this.#perceive("VISUAL", what, { source, images: images.map(loadedPicture) });
  }

  /** Has a thought come to mind. */
  think(thought: string): this {
    return this.#perceive("THOUGHT", thought, { source: this.name });
  }

  /** Comes to want something. */
  internalizeGoal(goal: string): this {
    return this.#perceive("INTERNAL_GOAL_FORMULATION", goal, { source: this.name });
  }

  /** Goes to a place, and into new circumstances where these are given; the person perceives the place. */
  moveTo(location: string, context?: readonly string[]): this {
    this.#mind.move(location, context);
    return this;
  }

  /** Puts the person into these circumstances, in place of those before; nothing new is perceived by it. */
  changeContext(context: readonly string[]): this {
    this.#mind.move(undefined, context);
    return this;
  }

  /** Perceives stimuli as they are. */
  observe(...stimuli: readonly Stimulus[]): this {
    for (const stimulus of stimuli) {
      needsEyes(this.context, stimulus.images ?? []);
      perceive(this.#mind, stimulus);
    }
    return this;
  }

  /**
   * Takes a turn: reacts to all that is new, in one model call (more only where it asks its faculties something).
   * Turns of one person wait for each other. When nothing is new there is no call (`idle`). An error or an abort
   * leaves nothing of the turn, and what was perceived stays new; the error is recorded and thrown.
   */
  act(options: ActOptions = {}): Promise<Turn> {
    return this.#mind.run(() => takeTurn(this.#mind, options), options.signal);
  }

  /** What a turn changes for others takes effect: a world says when; outside of worlds it does at once. */
  settle(turn: Turn) {
    return settleTurn(this.#mind, turn);
  }

  /** Says in one call what they did in a time that was not played, and remembers it. */
  liveThrough(gap: Gap, call: Pick<ActOptions, "step" | "signal">): Promise<void> {
    return this.#mind.run(() => liveThrough(this.#mind, gap, call), call.signal);
  }

  /**
   * Answers in a shape of your own, by all that the person knows, in one call that leaves them as they were. Waits for
   * the turn that is being taken. Throws the model's errors.
   * @example
   * const { value } = await lisa.answer({ text: "Tea or coffee?", schema: z.object({ drink: z.enum(["tea", "coffee"]) }) });
   */
  answer<T>(question: Question<T>): Promise<ModelReply<T>> {
    return this.#mind.run(() => answerQuestion(this.#mind, question), question.signal);
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

  /**
   * A short biography: a sentence on who the person is, and three or four more that the model writes, in one call for
   * each persona and wish. Without a model: `minibio(person.persona)`.
   */
  minibio(options: MinibioOptions = {}): Promise<string> {
    this.#biographer ??= new Biographer(this.context);
    return this.#biographer.write(this.persona, options);
  }

  /** The whole person as data, once the turn that is being taken has ended and what the memory has under way is there. */
  snapshot(): Promise<SavedPerson> {
    return this.#mind.run(() => snapshotOf(this.#mind, this.#options));
  }

  /**
   * Writes the whole person to a file (relative to the working folder), once all that they did is durable;
   * `simulation.person(file)` brings them back. Throws FILE_UNWRITABLE.
   * @example
   * await lisa.save("people/lisa.person.json");
   */
  async save(file: string): Promise<void> {
    const saved = await this.snapshot();
    await this.context.journal.settle();
    await savePerson(file, saved);
  }

  /** Lets the person know that somebody is within reach. */
  makeAccessible(person: { readonly name: string }, relation?: string): this {
    this.#mind.reach(person.name, relation);
    return this;
  }

  /** Takes somebody out of reach. */
  makeInaccessible(person: { readonly name: string }): this {
    this.#mind.lose(person.name);
    return this;
  }

  /** Who is within reach by their own list. */
  get accessible(): readonly Reachable[] {
    return this.#mind.reachable ?? [];
  }

  #perceive(type: Stimulus["type"], content: string, sent: Sent = {}): this {
    perceive(this.#mind, stimulusOf({ type, content }, sent));
    return this;
  }

  async #look(sight: Sight): Promise<this> {
    const pictures = await picturesOf(sight, this.context);
    return this.#perceive("VISUAL", sight.description ?? "", { source: sight.source, images: pictures });
  }

  protected override become(persona: Persona): this {
    this.#mind.become(persona);
    return this;
  }
}
