import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { connect } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FakeProcess, fakeProcess } from "../../support/fake-provider/process.ts";
import { tempProject } from "../../support/project.ts";

let server: FakeProcess;
beforeAll(async () => {
  server = await fakeProcess();
});
afterAll(() => server[Symbol.asyncDispose]());

const schema = { type: "object", properties: { actions: { type: "array", items: {} } } };

function ask(words: string, rest: object | AbortSignal = {}): Promise<Response> {
  return fetch(`${server.url}/v1/chat/completions`, {
    method: "POST",
    ...(rest instanceof AbortSignal && { signal: rest }),
    body: JSON.stringify({
      model: "fake",
      messages: [
        { role: "system", content: "You are Agent 009.\n<persona>\nA baker.\n</persona>" },
        { role: "user", content: words },
      ],
      response_format: { type: "json_schema", json_schema: { name: "answer", schema } },
      ...rest,
    }),
  });
}

const turnIn = async (response: Response) => {
  const { choices } = (await response.json()) as { choices: [{ message: { content: string } }] };
  return JSON.parse(choices[0].message.content) as { actions: { type: string; target: string; content: string }[] };
};
const wordCount = (text = ""): number => text.split(" ").length;

describe("a fake provider of its own process", () => {
  it("answers over HTTP, and remembers who was asked what", async () => {
    await server.set({});
    expect((await ask("one")).status).toBe(200);
    await (await ask("two")).text();
    await (await ask("one")).text();
    const log = await server.requests();
    expect(log.map(({ number, person, attempt, done, whole }) => [number, person, attempt, done, whole])).toEqual([
      [0, "Agent 009", 1, "answered", true],
      [1, "Agent 009", 1, "answered", true],
      [2, "Agent 009", 2, "answered", true],
    ]);
    expect(log[0]?.key).toBe(log[2]?.key);
    expect(log[0]?.key).not.toBe(log[1]?.key);
    const stats = await server.stats();
    expect(stats).toMatchObject({ calls: 3, done: { answered: 3 }, inFlight: 0, mostInFlight: 1 });
    expect(stats.cpuMs).toBeGreaterThan(0);
  });

  it("goes round the ring with sixty and twenty words, the same for the same prompt", async () => {
    await server.set({ cast: { play: "ring", people: 10 } });
    const first = await turnIn(await ask("Good morning."));
    expect(first.actions.map(({ type }) => type)).toEqual(["TALK", "DONE"]);
    expect(first.actions[0]?.target).toBe("Agent 000");
    expect(wordCount(first.actions[0]?.content)).toBe(60);
    expect(await turnIn(await ask("Good morning."))).toEqual(first);
    const messages = [
      { role: "system", content: "You are Agent 003.\n<persona>\nA baker.\n</persona>" },
      { role: "assistant", content: JSON.stringify(first) },
      { role: "user", content: "And then?" },
    ];
    const next = await turnIn(await ask("", { messages }));
    expect(next.actions[0]?.target).toBe("Agent 004");
    expect(wordCount(next.actions[0]?.content)).toBe(20);
    await server.set({ cast: { play: "ring" } });
    expect((await turnIn(await ask("Good morning."))).actions[0]?.target).toBeNull();
  });

  it("streams in as many pieces as the plan says", async () => {
    await server.set({ cast: { play: "ring" }, streaming: { chunks: 50, eachMs: 1 } });
    const text = await (await ask("Good morning.", { stream: true })).text();
    expect(text.match(/"content":"[^"]/g)?.length).toBeGreaterThan(45);
    expect(text.match(/"content":"[^"]/g)?.length).toBeLessThanOrEqual(50);
    expect(text).toContain("[DONE]");
  });

  it("shuffles who comes home first by the seed, whoever asked first", async () => {
    const waits = async (seed: number, names: readonly string[]): Promise<Record<string, number>> => {
      await server.set({ seed, latency: { ms: 1, spread: 60 } });
      await Promise.all(names.map(async (name) => (await ask(name)).text()));
      const log = await server.requests();
      for (const { at, endedAt = 0, afterMs } of log) expect(endedAt - at).toBeGreaterThan(afterMs - 2);
      return Object.fromEntries(log.map(({ key, afterMs }) => [key, afterMs]));
    };
    const names = ["a", "b", "c", "d", "e", "f", "g", "h"];
    const once = await waits(1, names);
    expect(new Set(Object.values(once)).size).toBeGreaterThan(4);
    expect(await waits(1, names.toReversed())).toEqual(once);
    expect(await waits(2, names)).not.toEqual(once);
  });

  it("lets a share fail, by the dice of the request and the attempt", async () => {
    const outcomes = async (names: readonly string[]): Promise<[string, string][]> => {
      await server.set({ faults: { "429 in seconds": 0.2, "500": 0.2 }, retryAfterMs: 3_000 });
      for (const name of names) await (await ask(name)).text();
      for (const name of names) await (await ask(name)).text();
      return (await server.requests()).map(({ key, attempt, done }): [string, string] => [`${key} ${attempt}`, done]);
    };
    const names = Array.from({ length: 60 }, (_, index) => `name ${index}`);
    const told = await outcomes(names);
    const count = (what: string): number => told.filter(([, done]) => done === what).length;
    expect(count("429 in seconds")).toBeGreaterThan(8);
    expect(count("500")).toBeGreaterThan(8);
    expect(count("answered")).toBeGreaterThan(50);
    expect(new Map(await outcomes(names.toReversed()))).toEqual(new Map(told));
    const limited = await server.requests();
    const again = limited.filter(({ done, attempt }) => done !== "answered" && attempt === 1).map(({ key }) => key);
    const second = limited.filter(({ key, attempt }) => attempt === 2 && again.includes(key));
    expect(second.some(({ done }) => done === "answered")).toBe(true);
  });

  it("refuses what is beyond its limits, which may change while it runs", async () => {
    await server.set({ faults: { hang: 1 }, limits: { concurrency: 2 } });
    const enough = new AbortController();
    const hanging = ["a", "b"].map((name) => ask(name, enough.signal).catch(() => "stopped"));
    await expect.poll(async () => (await server.stats()).inFlight).toBe(2);
    expect((await ask("c")).status).toBe(429);
    await server.change({ limits: { concurrency: 3 }, faults: {} });
    expect((await ask("c")).status).toBe(200);
    enough.abort();
    await Promise.all(hanging);
    expect((await server.stats()).mostInFlight).toBe(3);
    await server.change({ limits: { requestsPerMinute: 1, retryAfter: "milliseconds" } });
    expect((await ask("d")).status).toBe(200);
    const refused = await ask("e");
    expect(refused.status).toBe(429);
    const waitMs = Number(refused.headers.get("retry-after-ms"));
    expect(waitMs).toBeGreaterThan(50_000);
    expect(waitMs).toBeLessThanOrEqual(60_000);
    expect((await server.stats()).done).toEqual({ hang: 2, answered: 2, limited: 2 });
  });

  it("counts what a prompt cache would have held", async () => {
    await server.set({});
    const long = "A long history. ".repeat(500);
    await (await ask(`${long} one`)).text();
    await (await ask(`${long} two`)).text();
    await (await ask(`Not so ${long} two`)).text();
    const [first, second, other] = await server.requests();
    expect(first).toMatchObject({ cached: 0 });
    expect(first?.input).toBeGreaterThan(2000);
    expect(second?.cached).toBeGreaterThan((second?.input ?? 0) - 150);
    expect(other?.cached).toBe(0);
  });

  it("keeps at marks for those who cache at marks, and tells what was read and what was written", async () => {
    await server.set({});
    const mark = { cache_control: { type: "ephemeral" } };
    const rules = { type: "text", text: "A long rule. ".repeat(500), ...mark };
    const turn = (text: string) => ({ role: "user", content: [{ type: "text", text, ...mark }] });
    const usageOf = async (...messages: readonly object[]) => {
      const body = JSON.stringify({ model: "fake", system: [rules], messages });
      const response = await fetch(`${server.url}/v1/messages`, { method: "POST", body });
      return ((await response.json()) as { usage: Record<string, number> }).usage;
    };
    const first = await usageOf(turn("Hello."));
    expect(first).toMatchObject({ cache_read_input_tokens: 0 });
    const longer = await usageOf(turn("Hello."), { role: "assistant", content: "Hi." }, turn("How are you?"));
    expect(longer).toMatchObject({ cache_read_input_tokens: first["cache_creation_input_tokens"] });
    expect(longer["cache_creation_input_tokens"]).toBeLessThan(10);
    const other = await usageOf(turn("Goodbye."));
    expect(other["cache_read_input_tokens"]).toBe(6500 / 4);
  });

  it("outlives those who leave in the middle of a request, or send no JSON", async () => {
    await server.set({});
    const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
    socket.write("POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{");
    await once(socket, "connect");
    socket.destroy();
    const wrong = await fetch(`${server.url}/v1/chat/completions`, { method: "POST", body: "{" });
    expect(wrong.status).toBe(400);
    expect((await ask("one")).status).toBe(200);
    expect((await server.stats()).calls).toBe(1);
  });

  it("writes its log to a file when it is to", async () => {
    await using project = await tempProject();
    const logFile = join(project.folder, "log.jsonl");
    await server.set({ logFile });
    await (await ask("one")).text();
    await server.set({});
    await expect.poll(() => readFile(logFile, "utf8")).toContain('"done":"answered"');
  });
});

it("ends with the process that started it, however that ends", async () => {
  const start = new URL("../../support/fake-provider/process.ts", import.meta.url);
  const program = `import { fakeProcess } from "${start}"; console.log((await fakeProcess()).url);`;
  const starter = spawn(process.execPath, ["--input-type=module", "--eval", program], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const url = String((await once(starter.stdout, "data"))[0]).trim();
  expect((await fetch(url)).status).toBe(404);
  starter.kill("SIGKILL");
  await expect
    .poll(
      () =>
        fetch(url).then(
          () => "alive",
          () => "gone",
        ),
      { timeout: 20_000 },
    )
    .toBe("gone");
});
