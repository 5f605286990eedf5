import { resolve } from "node:path";
import type { Context, Source } from "../kernel/contracts/context.ts";
import type { Embedding, EmbeddingOptions } from "../kernel/contracts/embedder.ts";
import type { JournalEvent, Listener } from "../kernel/contracts/events.ts";
import type { Store } from "../kernel/contracts/store.ts";
import { type RunId, slug, type WorldId } from "../kernel/values/ids.ts";
import type { ModelChoice } from "../model/default.ts";
import type { Ledger } from "../model/flow/money/ledger.ts";
import type { TinyPerson } from "../person/tiny-person.ts";
import { readStory } from "../store/story.ts";
import type { RunProvenance } from "../table/provenance.ts";
import { type NetworkPlan, TinySocialNetwork } from "../world/network/social-network.ts";
import type { WorldOptions } from "../world/options.ts";
import { TinyWorld } from "../world/tiny-world.ts";
import type { SimulationOptions } from "./options.ts";
import { type PastMoment, readMoment } from "./past/moment.ts";
import { type PastSubject, subjectsIn } from "./past/subjects.ts";
import { Cast } from "./people/cast.ts";
import type { CastOptions, LoadPeopleOptions } from "./people/sources.ts";
import { readProvenance } from "./provenance.ts";
import type { RunEdit } from "./run/edits/edit.ts";
import type { Revisions } from "./run/edits/revisions.ts";
import { type Closing, closeAll } from "./run/ending/closing.ts";
import type { Ending } from "./run/ending/status.ts";
import { checkedName, nameTaken, notALabel } from "./run/identity.ts";
import type { Arrival, Gates } from "./run/listeners/gates.ts";

/** What an open run is made of; `openSimulation` puts it together. */
export interface SimulationParts {
  readonly name: string;
  readonly seed: string;
  readonly choice: ModelChoice;
  readonly context: Context;
  readonly ledger: Ledger;
  readonly folder: string;
  readonly store: Store;
  readonly resultsFolder: string;
  readonly heuristic: boolean;
  readonly safety: SimulationOptions["safety"];
  /** What was paid over all openings, from the store. */
  readonly spent: () => Promise<Ledger>;
  readonly subscribe: (listener: Listener) => () => void;
  readonly gates: Omit<Gates, "arriveAt">;
  readonly revisions: Revisions;
  /** What the run that this one is a fork of had answered. */
  readonly reused: Ledger;
  readonly stop: (reason?: unknown) => void;
  readonly abort: (reason?: unknown) => void;
  /** Lets the calls in flight come home, and makes the run durable under this status. */
  readonly finish: (status: Ending) => Promise<void>;
  /** Lets go of models and store. */
  readonly release: () => Promise<void>;
}

/** One journalled run: its seed, clock, models and budget, and all who live in it. */
export class Simulation implements AsyncDisposable {
  readonly run: RunId;
  readonly name: string;
  readonly seed: string;
  /** Which model plays, and why. */
  readonly choice: ModelChoice;
  readonly context: Context;
  /** What was used and paid so far. */
  readonly ledger: Ledger;
  /** What the run that this one is a fork of had answered, and what that once cost: `replayed`. */
  readonly reused: Ledger;
  /** The store's path. */
  readonly storeLocation: string;
  /** Where what a run leaves for people (transcripts, tables) belongs. */
  readonly resultsFolder: string;
  /** No language model answers: a rehearsal, and no insight. */
  readonly heuristic: boolean;
  readonly #parts: SimulationParts;
  readonly #cast: Cast;
  readonly #worlds = new Map<WorldId, TinyWorld<TinyPerson>>();
  readonly #checkpoints = new Set<string>();
  #ending: Promise<void> | undefined;
  #closing: Promise<void> | undefined;

  constructor(parts: SimulationParts) {
    this.#parts = parts;
    this.run = parts.context.run;
    this.name = parts.name;
    this.seed = parts.seed;
    this.choice = parts.choice;
    this.context = parts.context;
    this.ledger = parts.ledger;
    this.reused = parts.reused;
    this.storeLocation = parts.store.location;
    this.resultsFolder = parts.resultsFolder;
    this.heuristic = parts.heuristic;
    const { context, safety, revisions } = parts;
    this.#cast = new Cast({ context, safety, revisions, pathOf: (path) => this.pathOf(path) });
  }

  get people(): readonly TinyPerson[] {
    return this.#cast.people;
  }

  get worlds(): readonly TinyWorld<TinyPerson>[] {
    return [...this.#worlds.values()];
  }

  /**
   * A person from data, a file, or the name of a packaged persona, with fragments laid over it; who was saved comes back
   * with all that they lived through (`memories: false` leaves it behind), and needs their faculties again. Another
   * person is copied, with their faculties, under another `name`.
   * Throws NAME_TAKEN when the run has one so called, FACULTY_MISSING, PERSONA_INVALID, FILE_UNREADABLE.
   * @example
   * await using simulation = await openSimulation({ name: "shopping", model: "builtin" });
   * const lisa = await simulation.person("lisa", { fragments: ["price-sensitive"] });
   * const twin = await simulation.person(lisa, { name: "Ana Brannigan" });
   */
  async person(source: string | object, options: CastOptions = {}): Promise<TinyPerson> {
    return this.#cast.one(source, options);
  }

  /**
   * People from files, folders or packaged names, in the order given; those of a folder in the order of their files'
   * names. Of a population's folder, `where` and `first` choose among those who were drawn. Throws as `person`.
   * @example
   * const people = await simulation.loadPeople(["oscar", "marcos"], { faculties: [new RecallFaculty()] });
   */
  loadPeople(...sources: readonly string[]): Promise<TinyPerson[]>;
  loadPeople(sources: readonly string[], options?: LoadPeopleOptions): Promise<TinyPerson[]>;
  async loadPeople(...given: readonly unknown[]): Promise<TinyPerson[]> {
    const [names, options = {}] = (Array.isArray(given[0]) ? given : [given]) as [string[], LoadPeopleOptions?];
    return this.#cast.load(names, options);
  }

  /**
   * A person made from a description in one call to the model.
   * @param about where the person comes from, as in "A bank in Lisbon"
   * @param particularities what must be true of this person
   */
  async generatePerson(about: string, particularities?: string, options: CastOptions = {}): Promise<TinyPerson> {
    return this.#cast.generate(about, particularities, options);
  }

  /** A world of these people. NAME_TAKEN when the run has one so called, OPTION_INVALID for a name that is none. */
  world(name: string, people: readonly TinyPerson[] = [], options: WorldOptions = {}): TinyWorld<TinyPerson> {
    const id: WorldId = slug(checkedName(name));
    if (this.#worlds.has(id)) throw nameTaken(name, "world");
    const world = new TinyWorld(name, people, { ...options, context: this.context.fork(`world:${id}`) });
    this.#worlds.set(id, world);
    return world;
  }

  /** A network of these people: relations as they are listed, or drawn with dice that go by the name. Throws as `grow`. */
  network(name: string, people: readonly TinyPerson[], plan: NetworkPlan<TinyPerson> = []) {
    return new TinySocialNetwork(people).grow(plan, this.context.random.fork(`network:${slug(checkedName(name))}`));
  }

  /** A path of the study, relative paths from its folder. */
  pathOf(path: string): string {
    return resolve(this.#parts.folder, path);
  }

  /**
   * Vectors of texts by the run's embedder, within its limits, budget and ledger; each text is embedded once a store. On
   * `builtin`, unless an embedder is named, they compare words, and say so. Throws as `Vectors.embed`.
   * @example
   * const { vectors, compares } = await simulation.embed(["The bread was stale.", "Fresh bread!"]);
   * compares; // => "words"
   */
  embed(texts: readonly string[], options: EmbeddingOptions = {}): Promise<Embedding> {
    return this.context.vectors.embed(texts, options);
  }

  /** The events of the run as they are kept, oldest first; those of an earlier opening too, until they are told anew. */
  async *story(): AsyncIterable<JournalEvent> {
    if (this.#ending === undefined) await this.context.journal.settle();
    yield* readStory(this.#parts.store, this.run);
  }

  /** What the run has paid so far, over all its openings. */
  spent(): Promise<Ledger> {
    return this.#parts.spent();
  }

  /** Where what this run gives comes from: tables and documents say it when they are given it. */
  async provenance(): Promise<RunProvenance> {
    if (this.#ending === undefined) await this.context.journal.settle();
    return readProvenance(this.#parts.store, this.run);
  }

  /** The run as it was before a step (`room/3`) or at a checkpoint: read-only, from what is kept. PLACE_UNKNOWN. */
  async at(place: string): Promise<PastMoment> {
    if (this.#ending === undefined) await this.context.journal.settle();
    // Where it waits just now its story ends, unless an earlier opening told more.
    return readMoment(this.#parts.store, this.run, { at: place, isEnd: place === this.#parts.gates.here() });
  }

  /**
   * Who stored runs of this store are about, as they were at the end, to be read about in this run: extractions name the
   * run, the arm and the seed in `source`. Of a world all is read that happened there. RUN_UNKNOWN.
   * @example
   * await using simulation = await openSimulation({ name: "reading", model: "builtin" });
   * const people = await simulation.subjectsOf([{ run: simulation.run }]);
   */
  subjectsOf(runs: readonly Source[], of: "people" | "worlds" = "people"): Promise<readonly PastSubject[]> {
    return subjectsIn(runs, { store: this.#parts.store, context: this.context, of });
  }

  /** Calls the listener for every event from now on; the returned function ends that. */
  onEvent(listener: Listener): () => void {
    return this.#parts.subscribe(listener);
  }

  /**
   * Calls the listener before each step of each world (`room/3`) and at each checkpoint, and waits for it: whoever is told
   * or moved by it meanwhile knows when the step begins. The returned function ends that.
   */
  onArrival(listener: Arrival): () => void {
    return this.#parts.gates.onArrival(listener);
  }

  /**
   * From now on people enter, are told and say things as this says, and then as edits say that were made before. The returned
   * function throws TARGET_UNKNOWN where something was edited that has not come. PERSONA_INVALID, OPTION_INVALID.
   */
  edit(edit: RunEdit): () => void {
    const { revisions } = this.#parts;
    revisions.add(edit);
    return () => revisions.checkTargets();
  }

  /**
   * A place with a name, from which the run can be forked. NAME_TAKEN when the run has one so called, OPTION_INVALID for
   * a label that means a step.
   * @example
   * await simulation.checkpoint("after the introduction");
   */
  async checkpoint(label: string): Promise<void> {
    const checked = checkedName(label);
    if (this.#checkpoints.has(checked)) throw nameTaken(label, "checkpoint");
    if (/\/\d+$/.test(checked)) throw notALabel(label);
    this.#checkpoints.add(checked);
    this.context.journal.record({ type: "checkpoint", label: checked });
    await this.context.arriveAt(checked);
  }

  /** Begins nothing new; the calls in flight return and are kept. */
  stop(reason?: string): void {
    this.#parts.stop(reason);
  }

  /** Cuts off the calls in flight, too; what had returned is kept. */
  abort(reason?: string): void {
    this.#parts.abort(reason);
  }

  /**
   * Ends the run under a status (finished, or stopped after `stop`) once the calls in flight are home, and makes it
   * durable; its story can still be read.
   */
  end(status?: Ending): Promise<void> {
    this.#ending ??= this.#parts.finish(status ?? (this.context.signal.aborted ? "stopped" : "finished"));
    return this.#ending;
  }

  /** Ends the run, if that was not done, and lets go of models, store and what faculties hold open; throws what went wrong first. */
  async close(status?: Ending): Promise<void> {
    const letGo = (): Promise<void> => closeAll([this.#parts.release, ...this.#held()]);
    this.#closing ??= closeAll([letGo, () => this.end(status)]);
    await this.#closing;
  }

  /** Closes the run; where it is behind what it told in an earlier start, that stays. */
  async [Symbol.asyncDispose](): Promise<void> {
    const isEmpty = this.#cast.isEmpty && this.#worlds.size === 0;
    await this.close(isEmpty ? "stopped" : this.context.signal.aborted ? undefined : "left");
  }

  /** What faculties hold open, each once, however many people share it. */
  #held(): readonly Closing[] {
    const faculties = new Set(this.people.flatMap((person) => person.faculties));
    return [...faculties].map((faculty) => () => faculty.close?.());
  }
}
