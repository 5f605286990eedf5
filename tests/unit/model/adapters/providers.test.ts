import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Delta } from "../../../../src/kernel/contracts/model.ts";
import { openProvider } from "../../../../src/model/adapters/ai-sdk.ts";
import { type FakeProvider, fakeProvider } from "../../../support/fake-provider/server.ts";
import { options, request, served, turnSchema } from "./opening.ts";

let server: FakeProvider;
beforeAll(async () => {
  server = await fakeProvider();
});
afterAll(() => server[Symbol.asyncDispose]());

const said = {
  state: null,
  actions: [{ type: "TALK", target: null, content: "Fine — “très bien” 좋아요" }, { type: "DONE" }],
};
const meant = { actions: [{ type: "TALK", content: "Fine — “très bien” 좋아요" }, { type: "DONE" }] };

describe.each(served)("%s", (spec, environment) => {
  const open = () => openProvider(spec, options(environment(server.url)));

  it("answers in the schema, with usage, by one HTTP call", async () => {
    server.direct(() => ({ text: JSON.stringify(said) }));
    const before = server.requests.length;
    const model = await open();
    const reply = await model.generate(request(turnSchema));
    await model.close?.();
    expect(model.id).toBe(spec);
    expect(reply.value).toEqual(meant);
    expect(reply.origin).toBe("model");
    expect(reply.usage).toMatchObject({ input: 100, output: 20 });
    expect(server.requests.length - before).toBe(1);
  });

  it("fills whatever schema it is asked for in the provider's own form", async () => {
    server.direct(() => undefined);
    const model = await open();
    const reply = await model.generate(request(turnSchema));
    await model.close?.();
    expect(turnSchema.safeParse(reply.value).success).toBe(true);
    expect(reply.value.actions[0]).toEqual({ type: "TALK", target: "text", content: "text" });
  });

  it("streams the raw JSON text when somebody listens, and only then", async () => {
    server.direct(() => ({ text: JSON.stringify(said) }));
    const model = await open();
    let text = "";
    const onDelta = (delta: Delta): void => {
      text += delta.type === "text" ? delta.text : "!";
    };
    const reply = await model.generate(request(turnSchema, { onDelta }));
    const streamed = server.requests.at(-1);
    await model.generate(request(turnSchema));
    await model.close?.();
    expect(JSON.parse(text)).toEqual(said);
    expect(reply.value).toEqual(meant);
    expect(reply.usage).toMatchObject({ input: 100, output: 20 });
    expect(streamed?.body.stream === true || streamed?.path.includes("streamGenerate")).toBe(true);
    expect(server.requests.at(-1)?.body.stream ?? false).toBe(false);
  });

  it("keeps its connection from call to call, and is closed after close", async () => {
    server.direct(() => ({ text: JSON.stringify(said) }));
    const model = await open();
    const before = server.sockets;
    for (let call = 0; call < 12; call++) await model.generate(request(turnSchema));
    // A second one may be opened while the first still takes in the end of an answer.
    expect(server.sockets - before).toBeLessThanOrEqual(2);
    await model.close?.();
    await expect(model.generate(request(turnSchema))).rejects.toMatchObject({ code: "CLOSED" });
  });
});
