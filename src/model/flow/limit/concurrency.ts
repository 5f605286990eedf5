/** What of the provider's strength is left after it said that it is too much, and how fast more is tried (RFC 9438). */
const [decrease, scale] = [0.7, 0.4];

/**
 * How many requests may be in flight: additive increase, multiplicative decrease (D.-M. Chiu and R. Jain, 1989), with
 * the increase of CUBIC (S. Ha, I. Rhee and L. Xu, 2008): fast back to what was borne, slow around it, then faster and
 * faster beyond. Time is counted in rounds, each as many answers as may be in flight, so that it suits answers that
 * take a tenth of a second and those that take a minute. It starts at the most: who gives a number means it, and one
 * round of refusals tells what is borne.
 */
export class AdaptiveConcurrency {
  readonly #most: number;
  #allowed: number;
  /** What the provider bore when it last refused something. */
  #borne: number;
  /** Rounds since then. */
  #rounds = 0;
  /** The last request sent before the last cut: a refusal of it, or of an earlier one, begins no other cut. */
  #known = 0;

  constructor(most: number) {
    this.#most = most;
    this.#allowed = most;
    this.#borne = most;
  }

  get allowed(): number {
    return Math.floor(this.#allowed);
  }

  /** A request was answered while as many were in flight as may be; with room to spare it would tell nothing. */
  answered(): void {
    if (this.#allowed >= this.#most) return;
    this.#rounds += 1 / this.#allowed;
    this.#follow();
  }

  /** The provider refused a request: the how-manieth it was, of how many sent so far, and how many were in flight. */
  refused({ number, sent, inFlight }: { number: number; sent: number; inFlight: number }): void {
    if (number > this.#known) {
      this.#known = sent;
      this.#rounds = 0;
      this.#borne = inFlight;
    }
    // What was sent before the cut lowers the estimate all the same: so many fewer were borne.
    this.#borne = Math.max(1, this.#borne - 1);
    this.#follow();
  }

  #follow(): void {
    const backAfter = Math.cbrt((this.#borne * (1 - decrease)) / scale);
    const curve = this.#borne + scale * (this.#rounds - backAfter) ** 3;
    this.#allowed = Math.min(this.#most, Math.max(1, curve));
  }
}
