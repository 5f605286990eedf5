import { describe, expect, it } from "vitest";
import { listProviders, listProxies } from "../../../src/models.ts";

describe("addresses in the environment", () => {
  it.each([
    ["http://proxy:8080", "http://proxy:8080"],
    ["http://ana:secret@proxy:8080", "http://…@proxy:8080"],
    ["ana:secret@proxy:8080", "…@proxy:8080"],
    ["http://ana:se/cret@proxy:8080", "http://…@proxy:8080"],
    ["http://ana:se@cret@proxy:8080", "http://…@proxy:8080"],
    ["ana:se//cret@proxy", "…@proxy"],
    ["http://ana:se?cret@proxy", "http://…@proxy"],
    ["https://host/v1?key=secret", "https://host/v1?…"],
    ["HTTP://ana:secret\nsecret@proxy", "HTTP://…@proxy"],
  ])("%j is shown without credentials", async (given, shown) => {
    expect(listProxies({ https_proxy: given })).toEqual({ https_proxy: shown });
    const openai = (await listProviders({ OPENAI_BASE_URL: given })).find(({ provider }) => provider === "openai");
    expect(openai?.address?.url).toBe(shown);
  });
});
