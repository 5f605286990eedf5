import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createClock } from "../../../src/kernel/values/clock.ts";
import { canonicalJson, digestJson, hash32 } from "../../../src/kernel/values/hash.ts";
import { slug } from "../../../src/kernel/values/ids.ts";
import { createRandom } from "../../../src/kernel/values/random.ts";

describe("random", () => {
  it("gives a fork the same dice whatever else was drawn", () => {
    const one = createRandom(7);
    one.next();
    one.fork("other").next();
    expect(one.fork("cast").next()).toBe(createRandom(7).fork("cast").next());
    expect(createRandom(8).fork("cast").next()).not.toBe(createRandom(7).fork("cast").next());
  });
  it("falls as it always did: runs that were played before are told again by it", () => {
    const cast = createRandom(7).fork("cast");
    expect([cast.next(), cast.next()]).toEqual([0.03542745718732476, 0.6726928842253983]);
    expect(createRandom("ü/“").next()).toBe(0.7366043201182038);
    expect([hash32("tea"), hash32("“Tee”")]).toEqual([2851556638, 530232780]);
  });
  it("is flat enough: a chi-square test over 10 bins and 20,000 draws", () => {
    const random = createRandom("flat");
    const bins = new Array<number>(10).fill(0);
    for (let draw = 0; draw < 20_000; draw++) bins[random.integer(10)]! += 1;
    const chi = bins.reduce((sum, count) => sum + (count - 2000) ** 2 / 2000, 0);
    expect(chi).toBeLessThan(27.88); // 99.9 % point of chi-square with 9 degrees of freedom
  });
  it("shuffles into a permutation and leaves its input alone", () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.integer(), (items, seed) => {
        const before = [...items];
        const after = createRandom(seed).shuffle(items);
        expect(items).toEqual(before);
        expect(after.toSorted()).toEqual(before.toSorted());
      }),
    );
  });
});

describe("hash", () => {
  it("does not depend on the order of keys", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).reverse());
        expect(digestJson(reversed)).toBe(digestJson(value));
      }),
    );
  });
  it("keeps a key called __proto__ as data", () => {
    expect(canonicalJson(JSON.parse('{"__proto__":{"x":1},"a":2}'))).toBe('{"__proto__":{"x":1},"a":2}');
  });
});

describe("clock", () => {
  it("moves only when told, and hands out copies", () => {
    const clock = createClock(new Date(0));
    clock.now()?.setFullYear(1999);
    clock.advance(1000);
    expect(clock.now()?.getTime()).toBe(1000);
    expect(createClock().now()).toBeUndefined();
  });
});

describe("slug", () => {
  it("keeps letters of every script", () => {
    expect(slug("김민지 Kim")).toBe("김민지-kim");
    expect(slug("../..")).toBe("unnamed");
    expect(slug("😀")).toBe("1f600");
    expect(slug("☕️ talk ❤️")).toBe("talk");
    expect(slug("☕️")).not.toBe(slug("❤️"));
    expect(slug("हिन्दी à la carte")).toBe("हिन्दी-à-la-carte");
    expect(slug("👩‍🚀")).not.toBe(slug("👩‍🌾"));
  });
});
