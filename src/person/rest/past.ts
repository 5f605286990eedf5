import type { Bed, Dormitory, Sleeper } from "../../kernel/contracts/context.ts";
import type { EpisodicLog } from "../memory/episodic-log.ts";
import type { History } from "../memory/history/history.ts";
import type { LifeMemory } from "../memory/life-memory.ts";
import type { RepetitionGuard } from "../quality/repetition.ts";

/** The parts of a person that grow with what they live through. */
export interface PastParts {
  readonly log: EpisodicLog;
  readonly history: History;
  readonly memory: LifeMemory;
  readonly guard: RepetitionGuard | undefined;
}

interface PastAside {
  readonly log: ReturnType<EpisodicLog["putAside"]>;
  readonly history: ReturnType<History["putAside"]>;
  readonly memory: ReturnType<LifeMemory["putAside"]>;
  readonly guard: ReturnType<RepetitionGuard["putAside"]> | undefined;
}

/**
 * What a person lived through. All of it is put aside at once, since its parts share turns and stimuli, which are the
 * same objects when it is taken up; what is new to the person stays at hand.
 */
export class Past implements Sleeper {
  readonly #parts: PastParts;
  readonly #bed: Bed;

  constructor(parts: PastParts, dormitory: Dormitory) {
    this.#parts = parts;
    this.#bed = dormitory.bed(this);
  }

  /** Its parts, for whoever uses them at once, or within a job of `during`. */
  get parts(): PastParts {
    this.#bed.wake();
    return this.#parts;
  }

  /** Nothing of it is put aside before the job has ended. */
  during<T>(job: () => Promise<T>): Promise<T> {
    return this.#bed.during(job);
  }

  /** Something was added to it. */
  grew(): void {
    const { log, history } = this.#parts;
    // Those who saw the same picture share its bytes, which would be written for each of them.
    if (log.hasPictures) this.#bed.stays();
    else this.#bed.holds(log.bytes + history.bytes);
  }

  /**
   * Takes over all that another person lived through, who keeps it and is not moved by it. What is never changed is the
   * same for both.
   */
  async takeOver(original: Past): Promise<void> {
    const [own, theirs] = [this.parts, original.parts];
    const memory = await theirs.memory.partsNow();
    const shared = { log: theirs.log.parts, history: theirs.history.parts, memory };
    // Words that quote a source may be taken out of what one of the two perceived.
    const lived = theirs.log.hasQuotes ? structuredClone(shared) : shared;
    own.log.restore(lived.log);
    own.history.restore(lived.history);
    own.memory.join(theirs.memory, lived.memory);
    if (theirs.guard !== undefined) own.guard?.takeUp(theirs.guard.known);
  }

  putAside(): PastAside {
    const { log, history, memory, guard } = this.#parts;
    return {
      log: log.putAside(),
      history: history.putAside(),
      memory: memory.putAside(),
      guard: guard?.putAside(),
    };
  }

  takeUp({ log, history, memory, guard }: PastAside): void {
    this.#parts.log.takeUp(log);
    this.#parts.history.restore(history);
    this.#parts.memory.takeUp(memory);
    if (guard !== undefined) this.#parts.guard?.takeUp(guard);
  }
}
