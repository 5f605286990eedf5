import { describe, expect, it, vi } from "vitest";
import { createPreparation, progressLine } from "../../../src/cli/live/preparation.ts";
import { createScreen } from "../../../src/cli/terminal/screen.ts";
import { widthOf } from "../../../src/cli/terminal/text.ts";
import { TinyTerminal } from "../../support/tiny-terminal.ts";

const fetching = (done: number, total = 98_400_000) => ({ what: "Fetching tiny", unit: "bytes" as const, done, total });

describe("a line of progress", () => {
  it("shows share, amount and the time that is left, the time from what came in that time", () => {
    const shown = { width: 78, seconds: 4, had: 49_200_000 };
    expect(progressLine(fetching(73_800_000), shown)).toBe(
      "Fetching tiny  ██████████████████░░░░░░   75 %  73.8 of 98.4 MB  4 s left",
    );
  });
  it("leaves out what does not fit, the share last", () => {
    for (const width of [20, 30, 40, 60, 100]) {
      const line = progressLine(fetching(20_000_000), { width, seconds: 100, had: 0 });
      expect(widthOf(line)).toBeLessThanOrEqual(width);
      expect(line).toMatch(/^Fetching tiny .* ?20 %/);
    }
  });
  it("counts what has no known end", () => {
    const { total: _, ...endless } = fetching(5_000_000);
    expect(progressLine(endless, { width: 40, seconds: 9, had: 0 })).toBe("Fetching tiny  5.0 MB");
  });
});

describe("a preparation", () => {
  it("draws a bar in a terminal and leaves nothing of it", () => {
    const terminal = new TinyTerminal(60, 10);
    const { onProgress } = createPreparation(createScreen(terminal), () => 0);
    onProgress(fetching(1_000_000));
    expect(terminal.text()).toContain("1 %");
    onProgress(fetching(98_400_000));
    expect(terminal.text()).toBe("");
  });
  it("writes a line into a log after two seconds, and then every ten", () => {
    const written: string[] = [];
    let time = 0;
    const { onProgress } = createPreparation(createScreen({ write: (text) => written.push(text) }), () => time);
    for (time = 0; time <= 15_000; time += 100) onProgress(fetching(time * 6000));
    expect(written.map((line) => line.trim().replace(/[█░]+ */, ""))).toEqual([
      "Fetching tiny  12 %  12.0 of 98.4 MB",
      "Fetching tiny  73 %  72.0 of 98.4 MB  5 s left",
    ]);
  });
  it("says what is waited for when it takes more than two seconds", async () => {
    vi.useFakeTimers();
    try {
      const terminal = new TinyTerminal(60, 10);
      const { during } = createPreparation(createScreen(terminal), () => Date.now());
      const work = during("Opening the run", new Promise((done) => setTimeout(done, 5000, "open")));
      await vi.advanceTimersByTimeAsync(1900);
      expect(terminal.text()).toBe("");
      await vi.advanceTimersByTimeAsync(1700);
      expect(terminal.text()).toBe("Opening the run … 3 s");
      await vi.advanceTimersByTimeAsync(2000);
      expect(await work).toBe("open");
      expect(terminal.text()).toBe("");
    } finally {
      vi.useRealTimers();
    }
  });
});
