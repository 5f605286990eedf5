import { expect, it } from "vitest";
import { defineAction, openSimulation, z } from "../../../src/index.ts";
import { createMemoryStore } from "../../../src/stores.ts";
import { connectProxy } from "../../support/connect-proxy.ts";
import { loopback } from "../../support/loopback.ts";
import { promptOf, says } from "../../support/person.ts";
import { scriptedModel } from "../../support/scripted-model.ts";

/** What a person learns who looks at a thermometer that is reached by `context.outside.fetch`. */
async function learned(variables: Readonly<Record<string, string>>): Promise<string> {
  await using site = await loopback((_body, response) => response.end("21 degrees"));
  const look = defineAction({
    ...{ type: "LOOK", kind: "query", description: "look at the thermometer", args: z.object({}) },
    run: async (_args, _who, { outside }) => {
      const answer = await outside.fetch(`${site.url}/${outside.variable("ROOM")}`);
      return { text: await answer.text() };
    },
  });
  const model = scriptedModel([{ actions: [{ type: "LOOK" }] }, says("It is warm.")]);
  const simulation = await openSimulation({
    ...{ name: "weather", seed: 1, model, store: createMemoryStore(), embedder: "lexical" },
    environment: { folder: "/", home: "/", platform: "linux", variables: { ROOM: "kitchen", ...variables } },
  });
  const lisa = await simulation.person({ name: "Lisa" }, { faculties: [{ name: "window", actions: [look] }] });
  await lisa.listenAndAct("Is it warm?");
  await simulation.close();
  return promptOf(model.requests[1]);
}

it("what faculties fetch goes through the proxy that the environment names, and past it where it says so", async () => {
  await using proxy = await connectProxy();
  expect(await learned({ HTTP_PROXY: proxy.url })).toContain("21 degrees");
  expect(proxy.targets).toEqual([]); // whom one is oneself needs no proxy
  expect(await learned({ HTTP_PROXY: new URL(proxy.url).host, NO_PROXY: "example.org" })).toContain("21 degrees");
  expect(proxy.targets).toEqual([expect.stringMatching(/^127\.0\.0\.1:\d+$/)]);
});

it("a proxy that refuses is told as the failure of what was asked, and nothing goes past it", async () => {
  await using proxy = await connectProxy(/127/);
  const failed = await learned({ http_proxy: proxy.url, no_proxy: "example.org" }).catch(
    (error: Error) => error.message,
  );
  expect(failed).not.toContain("21 degrees");
  expect(proxy.targets).toHaveLength(1);
});

it.each(["somewhere else", "socks5://ann:secret@127.0.0.1:1080"])(
  "a proxy that is none (%s) is told as the failure of what was asked, and the run is closed all the same",
  async (HTTP_PROXY) => {
    const failed = await learned({ HTTP_PROXY });
    expect(failed).toContain("HTTP_PROXY is no address of an http or https proxy.");
    expect(failed).not.toContain(HTTP_PROXY);
  },
);
