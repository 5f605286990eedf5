import type { LiveEvent } from "../../index.ts";

/** What a run used so far, counted from its live events. */
export interface Progress {
  take(event: LiveEvent): void;
  /** Calls that are under way. */
  readonly inFlight: number;
  /** One line: calls, replayed calls, tokens, money, time. */
  line(): string;
}

/** Counts from now on; `now` is a clock in milliseconds. */
export function createProgress(now: () => number): Progress {
  const started = now();
  const count = { calls: 0, replayed: 0, failed: 0, tokens: 0, usd: 0, unpriced: false, open: 0 };
  let waiting: string | undefined;
  return {
    get inFlight() {
      return count.open;
    },
    take: (event) => {
      if (event.type === "call-waiting") waiting = event.reason;
      else if (event.type === "call-started") count.open += 1;
      else if (event.type === "call-failed") {
        if (event.origin === "journal") return;
        count.open -= 1;
        count.failed += 1;
      } else if (event.type === "call-finished") {
        waiting = undefined;
        if (event.origin === "journal") count.replayed += 1;
        else {
          count.open -= 1;
          count.calls += 1;
          count.tokens += event.usage.input + event.usage.output;
          if (event.usd === undefined) count.unpriced = true;
          else count.usd += event.usd;
        }
      }
    },
    line: () =>
      [
        `${count.calls} calls${count.open > 0 ? ` + ${count.open} in flight` : ""}`,
        count.replayed > 0 ? `${count.replayed} from the journal` : "",
        count.failed > 0 ? `${count.failed} tries failed` : "",
        `${thousands(count.tokens)} tokens`,
        money(count.usd, count.unpriced),
        clockOf(now() - started),
        waiting ? `waiting: ${waiting}` : "",
      ]
        .filter(Boolean)
        .join(" · "),
  };
}

/** Dollars with as many digits as say something: $0.012. */
function money(usd: number, unpriced: boolean): string {
  if (unpriced) return usd > 0 ? `${money(usd, false)} + unknown` : "price unknown";
  return usd === 0 ? "$0" : usd < 0.01 ? `$${usd.toPrecision(2)}` : `$${usd.toFixed(usd < 1 ? 3 : 2)}`;
}

function thousands(count: number): string {
  return count < 10_000
    ? String(count)
    : count < 1e6
      ? `${(count / 1000).toFixed(1)}k`
      : `${(count / 1e6).toFixed(2)}M`;
}

function clockOf(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
