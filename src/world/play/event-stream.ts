/** Events on the way to one reader, who takes them in their own time. */
export class EventStream<E> {
  #waiting: E[] = [];
  #wake: () => void = () => {};
  #left = false;

  /** The reader has left early. */
  get left(): boolean {
    return this.#left;
  }

  push(event: E): void {
    this.#waiting.push(event);
    this.#wake();
  }

  /**
   * Yields what is pushed while the work goes on, and returns what it came to. A reader who leaves early waits for the
   * work to end, so that nothing goes on behind their back and no error is lost.
   */
  async *during<R>(work: Promise<R>): AsyncGenerator<E, R> {
    let going = true;
    const end = (): void => {
      going = false;
      this.#wake();
    };
    work.then(end, end);
    try {
      while (going) {
        yield* this.rest();
        if (going && this.#waiting.length === 0) await new Promise<void>((wake) => (this.#wake = wake));
      }
      yield* this.rest();
    } finally {
      this.#left = going;
      await work;
    }
    return work;
  }

  /** What is waiting now. */
  *rest(): Generator<E> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      yield* batch;
    }
  }
}
