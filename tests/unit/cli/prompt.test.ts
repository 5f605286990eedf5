import { PassThrough } from "node:stream";
import { setImmediate as turn } from "node:timers/promises";
import { afterEach, expect, it } from "vitest";
import { Prompt } from "../../../src/cli/terminal/prompt.ts";

const open: Prompt[] = [];
afterEach(() => {
  for (const prompt of open.splice(0)) prompt.close();
});

function prompt(interactive: boolean, history: readonly string[] = []) {
  const input = new PassThrough();
  const output = Object.assign(new PassThrough(), { columns: 60, rows: 20 });
  let shown = "";
  output.setEncoding("utf8").on("data", (piece: string) => {
    shown += piece;
  });
  const interrupts: string[] = [];
  const asked = new Prompt({ input, output, interactive, history, onInterrupt: (typed) => interrupts.push(typed) });
  open.push(asked);
  /** Lets what was typed arrive. */
  const type = async (text: string): Promise<void> => {
    input.write(text);
    for (let round = 0; round < 5; round++) await turn();
  };
  return { asked, type, interrupts, end: () => input.end(), shown: () => shown };
}

it("reads the lines of a pipe to the end, and shows no prompt", async () => {
  const { asked, end, type, shown } = prompt(false);
  await type("one\ntwo\nthree");
  end();
  expect([await asked.next("> "), await asked.next("> "), await asked.next("> ")]).toEqual(["one", "two", "three"]);
  expect(await asked.next("> ")).toBeUndefined();
  expect(shown()).toBe("");
});

it("shows the prompt and what is typed, wide characters too", async () => {
  const { asked, type, shown } = prompt(true);
  const line = asked.next("you › ");
  await type("안녕 hellp\u007fo\r");
  expect(await line).toBe("안녕 hello");
  expect(shown()).toContain("you › ");
  expect(shown()).toContain("녕");
});

it("shows nothing of what is typed between two prompts, and has it in the next", async () => {
  const { asked, type, shown } = prompt(true);
  const first = asked.next("> ");
  await type("one\r");
  await first;
  const before = shown();
  await type("ahead");
  expect(shown()).toBe(before);
  const second = asked.next("> ");
  await type("\r");
  expect(await second).toBe("ahead");
  await type("whole line\r");
  expect(await asked.next("> ")).toBe("whole line");
});

it("gives back earlier lines with the arrow key", async () => {
  const { asked, type } = prompt(true, ["first", "last"]);
  const line = asked.next("> ");
  await type("\u001b[A\u001b[A\r");
  expect(await line).toBe("first");
});

it("tells of Ctrl-C and clears the line that is shown; Ctrl-D ends", async () => {
  const { asked, type, interrupts, shown } = prompt(true);
  const line = asked.next("> ");
  await type("oops\u0003");
  expect(interrupts).toEqual(["oops"]);
  await type("right\r");
  expect(await line).toBe("right");
  await type("ahead\u0003");
  expect(interrupts).toEqual(["oops", "ahead"]);
  const last = asked.next("> ");
  await type("\u0003\u0004");
  expect(await last).toBeUndefined();
  // What comes next has its own line.
  expect(shown().endsWith("\n")).toBe(true);
});

it("takes lines up to an empty one as one text, and empty ones within a paste as a part of it", async () => {
  const { asked, type, end } = prompt(true);
  const text = () => asked.nextText(["> ", "  "], (line) => line === "skip");
  const typed = text();
  for (const line of ["\r", "one\r", "two \r", "\r"]) await type(line);
  expect(await typed).toBe("one\ntwo");
  const pasted = text();
  await type("three\r\rfour\r");
  await type("\r");
  expect(await pasted).toBe("three\n\nfour");
  const whole = text();
  await type("skip\r");
  expect(await whole).toBe("skip");
  const last = text();
  await type("five\r");
  end();
  expect(await last).toBe("five");
  expect(await text()).toBeUndefined();
});

it("takes an empty line of a pipe as the end of a text, whatever comes after", async () => {
  const { asked, type } = prompt(false);
  await type("one\ntwo\n\nthree\n\n");
  const text = () => asked.nextText(["> ", "  "], () => false);
  expect([await text(), await text()]).toEqual(["one\ntwo", "three"]);
});
