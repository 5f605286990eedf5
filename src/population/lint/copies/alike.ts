import { shinglesOf, words } from "../../../kernel/language/shingles.ts";
import { isDense, wordsOf } from "../../../kernel/language/terms.ts";
import type { Member } from "../../profile/people/people.ts";
import type { PopulationFinding } from "../finding.ts";
import { tellingTexts } from "../texts.ts";

/** Of all three words in a row that two people are told in, the share that both have. */
const tooAlike = 0.5;
const bands = 24;
const rowsOfBand = 3;

interface Told {
  readonly person: Member;
  readonly shingles: Uint32Array;
}

/**
 * People who are told in nearly the same words: word shingles (A. Broder, 1997), found by MinHash in 24 bands of 3, so
 * that the work grows with the number of people, and looked at whole before anything is said. Of a row of copies each is
 * told once, beside the first.
 */
export function alike(people: readonly Member[]): readonly PopulationFinding[] {
  const told = people.flatMap((person): readonly Told[] => {
    const text = tellingTexts(person)
      .map((told) => told.text)
      .join(" ");
    // Parting a text by dictionary is dear, and only needed where a script leaves no spaces.
    const found = isDense(text) ? words(text) : wordsOf(text);
    return found.length < 20 ? [] : [{ person, shingles: shinglesOf(found) }];
  });
  const buckets = new Map<string, Told[]>();
  const findings: PopulationFinding[] = [];
  for (const one of told) {
    const candidates = new Set<Told>();
    for (const key of keysOf(one.shingles)) {
      const bucket = buckets.get(key) ?? [];
      for (const other of bucket) candidates.add(other);
      // What many have is a way of writing: the first few stand for it.
      if (bucket.length < 8) buckets.set(key, [...bucket, one]);
    }
    const [best] = [...candidates]
      .map((other) => ({ other, share: jaccard(one.shingles, other.shingles) }))
      .sort((left, right) => right.share - left.share);
    if (best === undefined || best.share < tooAlike) continue;
    const { id, name } = one.person;
    const message = `is told in ${Math.round(100 * best.share)} % the same words as ${best.other.person.name} (${best.other.person.id})`;
    findings.push({ rule: "alike", severity: "warning", person: { id, name }, path: "", message });
  }
  return findings;
}

function keysOf(shingles: Uint32Array): readonly string[] {
  const least = new Uint32Array(bands * rowsOfBand).fill(0xffffffff);
  for (const shingle of shingles) {
    for (let place = 0; place < least.length; place++) {
      const value = mixed(shingle, place);
      if (value < (least[place] as number)) least[place] = value;
    }
  }
  return Array.from(
    { length: bands },
    (_, band) => `${band}:${least.slice(band * rowsOfBand, (band + 1) * rowsOfBand).join()}`,
  );
}

/** One of many hashes of a number: a multiplication by an odd number of its own, and the finish of MurmurHash3. */
function mixed(value: number, which: number): number {
  let hash = Math.imul(value ^ Math.imul(which + 1, 0x9e3779b1), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function jaccard(one: Uint32Array, other: Uint32Array): number {
  const there = new Set(other);
  const both = one.reduce((count, shingle) => count + (there.has(shingle) ? 1 : 0), 0);
  return both / (one.length + other.length - both);
}
