import type { Random } from "../../../../kernel/values/random.ts";

/** Printable characters of which classes take what they allow. */
const printable = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index));
const wider = [..."áéíóúñçüßØλжعあ漢한🙂\t\n"];

/**
 * A text that a regular expression is likely to accept: lookarounds and word borders are not followed,
 * so that the caller tests what comes back.
 * @param reach how many more repetitions than the least an open quantifier may take
 */
export function sampleOf(pattern: RegExp, dice: Random, reach: number): string {
  return new Sampler(pattern, dice, reach).alternatives();
}

class Sampler {
  readonly #source: string;
  readonly #flags: string;
  readonly #dice: Random;
  readonly #reach: number;
  readonly #groups: string[] = [];
  #at = 0;

  constructor(pattern: RegExp, dice: Random, reach: number) {
    this.#source = pattern.source;
    this.#flags = pattern.flags.replace(/[gy]/g, "");
    this.#dice = dice;
    this.#reach = reach;
  }

  /** Reads up to the end of the group; every alternative is produced, one is taken. */
  alternatives(): string {
    const found: string[] = [this.#sequence()];
    while (this.#source[this.#at] === "|") {
      this.#at += 1;
      found.push(this.#sequence());
    }
    return this.#dice.pick(found);
  }

  #sequence(): string {
    let text = "";
    while (this.#at < this.#source.length && !"|)".includes(this.#source[this.#at] as string)) text += this.#repeated();
    return text;
  }

  #repeated(): string {
    const start = this.#at;
    const first = this.#atom();
    const after = this.#at;
    const [least, most] = this.#quantifier();
    const times = least + this.#dice.integer(Math.min(most, least + this.#reach) - least + 1);
    const end = this.#at;
    let text = times > 0 ? first : "";
    for (let time = 1; time < times; time++) {
      this.#at = start;
      text += this.#atom();
    }
    this.#at = Math.max(end, after);
    return text;
  }

  #quantifier(): [least: number, most: number] {
    const match = /^(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/.exec(this.#source.slice(this.#at, this.#at + 24));
    if (match === null) return [1, 1];
    this.#at += match[0].length;
    if (match[1] !== undefined) return match[1] === "?" ? [0, 1] : [match[1] === "+" ? 1 : 0, Number.POSITIVE_INFINITY];
    const least = Number(match[2]);
    if (match[3] === "") return [least, least];
    return [least, match[4] === "" ? Number.POSITIVE_INFINITY : Number(match[4])];
  }

  #atom(): string {
    const sign = this.#source[this.#at] as string;
    switch (sign) {
      case "^":
      case "$":
        this.#at += 1;
        return "";
      case "(":
        return this.#group();
      case "[":
        return this.#oneOf(this.#classSource());
      case ".":
        this.#at += 1;
        return this.#oneOf("[A-Za-z0-9]");
      case "\\":
        return this.#escape();
      default: {
        const [character = ""] = this.#source.slice(this.#at, this.#at + 2);
        this.#at += character.length;
        return character;
      }
    }
  }

  #group(): string {
    const opening = /^\((\?(?:<?[=!]|:|<[^>=!]+>))?/.exec(this.#source.slice(this.#at));
    this.#at += opening?.[0].length ?? 1;
    const text = this.alternatives();
    this.#at += 1;
    const mark = opening?.[1];
    if (mark !== undefined && /[=!]$/.test(mark)) return "";
    if (mark !== "?:") this.#groups.push(text);
    return text;
  }

  #classSource(): string {
    const start = this.#at;
    for (this.#at += 1; this.#at < this.#source.length && this.#source[this.#at] !== "]"; this.#at += 1) {
      if (this.#source[this.#at] === "\\") this.#at += 1;
    }
    this.#at += 1;
    return this.#source.slice(start, this.#at);
  }

  #escape(): string {
    const match = /^\\(u\{[\da-fA-F]+\}|u[\da-fA-F]{4}|x[\da-fA-F]{2}|[pP]\{[^}]+\}|k<[^>]+>|[\s\S])/.exec(
      this.#source.slice(this.#at, this.#at + 60),
    );
    const whole = match?.[0] ?? "\\";
    this.#at += whole.length;
    if (/^\\[bB]$/.test(whole)) return "";
    if (/^\\[1-9]$/.test(whole)) return this.#groups[Number(whole[1]) - 1] ?? "";
    return this.#oneOf(whole);
  }

  /** A character that the class or escape allows, plain ones first. */
  #oneOf(source: string): string {
    const test = new RegExp(`^(?:${source})$`, this.#flags);
    const plain = printable.filter((character) => test.test(character));
    const letters = plain.filter((character) => /[A-Za-z0-9]/.test(character));
    if (letters.length > 0) return this.#dice.pick(letters);
    const rest = plain.length > 0 ? plain : wider.filter((character) => test.test(character));
    return rest.length > 0 ? this.#dice.pick(rest) : "";
  }
}
