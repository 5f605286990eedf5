import type { Fork, ForkOptions } from "../kernel/contracts/asked/fork.ts";
import type { ChoiceQuestion, Question } from "../kernel/contracts/asked/respondent.ts";
import type { Context } from "../kernel/contracts/context.ts";
import type { TranscriptEntry } from "../kernel/contracts/events.ts";
import type { Faculty, LivedTurn } from "../kernel/contracts/faculty.ts";
import type { ChoiceReply, ModelReply } from "../kernel/contracts/model.ts";
import type { ActOptions, Actor, CognitiveState, Gap, Reachable, Stimulus, Turn } from "../kernel/contracts/person.ts";
import type { Stance } from "../kernel/stances/ledger.ts";
import { checkKeys } from "../kernel/text/known-keys.ts";
import { ForkNames } from "../kernel/values/forks.ts";
import { type PersonId, slug } from "../kernel/values/ids.ts";
import type { Persona } from "../persona/schema.ts";
import { settleTurn } from "./actions/settle-turn.ts";
import { Perceiving } from "./being/perceiving.ts";
import { invalidOption } from "./invalid-option.ts";
import { liveThrough } from "./meanwhile.ts";
import { type TurnEpisode, transcriptOfLog } from "./memory/episodic-log.ts";
import type { PersonMemory } from "./memory/person-memory.ts";
import { Biographer, type MinibioOptions } from "./minibio.ts";
import { type PersonOptions, personSettings, turnOptions } from "./options.ts";
import { PersonMind } from "./person-mind.ts";
import type { QualityReport } from "./quality/statistics.ts";
import type { SavedPerson } from "./state/document.ts";
import { savePerson } from "./state/files.ts";
import { restoredOptions, restoreLife } from "./state/restore.ts";
import { restoredState, snapshotOf } from "./state/snapshot.ts";
import { answerQuestion, chooseAside } from "./turn/answer-question.ts";
import { perceive, takeTurn } from "./turn/take-turn.ts";

/**
 * A simulated person. It perceives (`listen`, `see`, `think` …: these only add to what is new to it), and acts on all
 * that is new in one turn, as its persona would.
 * @example
 * const lisa = new TinyPerson(parsePersona({ name: "Lisa" }), context.fork("person:lisa"));
 * const turn = await lisa.listenAndAct("What do you do for a living?");
 */
export class TinyPerson extends Perceiving implements Actor, Fork {
  readonly id: PersonId;
  readonly context: Context;
  readonly #options: PersonOptions;
  readonly #mind: PersonMind;
  #biographer: Biographer | undefined;
  readonly #forkNames = new ForkNames();

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
    const who = { person: this.id, name: this.name };
    if (this.forkOf !== undefined) {
      context.journal.record({ type: "person-forked", ...who, of: this.forkOf });
      return;
    }
    const created = context.journal.record({ type: "person-created", ...who, persona });
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

  /** Whom the person is a fork of. */
  get forkOf(): PersonId | undefined {
    return this.#mind.isFork ? this.id.slice(0, this.id.lastIndexOf("/")) : undefined;
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

  /**
   * Takes a turn: reacts to all that is new, in one model call (more only where it asks its faculties something).
   * Turns of one person wait for each other. When nothing is new there is no call (`idle`). An error or an abort
   * leaves nothing of the turn, and what was perceived stays new; the error is recorded and thrown. OPTION_INVALID for
   * options that are none.
   */
  async act(options: ActOptions = {}): Promise<Turn> {
    checkKeys(options, turnOptions, "the options of a turn");
    return this.#mind.run(() => takeTurn(this.#mind, options), options.signal);
  }

  /** What a turn changes for others takes effect: a world says when; outside of worlds it does at once. */
  settle(turn: Turn) {
    return settleTurn(this.#mind, turn);
  }

  /** Says in one call what they did in a time that was not played, and remembers it. */
  liveThrough(gap: Gap, call: Pick<ActOptions, "step" | "label" | "signal">): Promise<void> {
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

  /**
   * How likely each of several answers is, by all that the person knows, in one call that leaves them as they were. Throws
   * MODEL_UNSUPPORTED for a model that does not tell; local ones and `builtin` do.
   * @example
   * const { probabilities } = await lisa.choose({ text: "Tea or coffee?", options: ["tea", "coffee"] });
   */
  choose(question: ChoiceQuestion): Promise<ChoiceReply> {
    return this.#mind.run(() => chooseAside(this.#mind, question), question.signal);
  }

  /**
   * Who this person is at this moment, to be interviewed or shown something: what becomes of the fork never reaches
   * them, nor anybody else. It remembers what it is asked, is in no world, and its effects are simulated; the run's story
   * leaves it out, and its own `transcript()` begins with it. The second of one name is `<name>:2`, in the order of the
   * calls; what is asked of people by instruments gives `asking`, so that nobody's order matters. What `faculties` bring it
   * can do besides. Waits for the turn that is being taken. Throws OPTION_INVALID for a name that is none.
   * @example
   * const before = lisa.transcript().length;
   * const interview = await lisa.fork("interview");
   * await interview.listenAndAct("What did you think of the meeting?");
   * await interview.listenAndAct("And what did you not say there?");
   * lisa.transcript().length === before; // => true
   */
  async fork(name: string, options: ForkOptions = {}): Promise<TinyPerson> {
    checkKeys(options, { faculties: true, asking: true }, "the options of a person's fork");
    const { faculties = [], asking } = options;
    if (slug(name) === "unnamed") throw invalidOption("name", name, "a name with a letter, a digit or a sign");
    const context = this.context.fork(`fork:${this.#forkNames.next(slug(name), asking)}`);
    return this.#mind.run(async () => {
      const able = [...this.faculties, ...faculties];
      const fork = new TinyPerson(this.persona, context, { ...this.#options, faculties: able });
      await fork.#mind.takeOver(this.#mind);
      return fork;
    });
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

  protected override perceive(stimulus: Stimulus): void {
    perceive(this.#mind, stimulus);
  }

  protected override become(persona: Persona): this {
    this.#mind.become(persona);
    return this;
  }
}
