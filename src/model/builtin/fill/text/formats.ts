import type { Random } from "../../../../kernel/values/random.ts";

type Details = Readonly<Record<string, unknown>>;
type Make = (dice: Random, details: Details, wish: string) => string;

const hex = "0123456789abcdef";
const base32 = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

const letters = (dice: Random, alphabet: string, length: number): string =>
  Array.from({ length }, () => alphabet[dice.integer(alphabet.length)]).join("");
const two = (value: number): string => String(value).padStart(2, "0");
const slugOf = (wish: string): string =>
  wish
    .normalize("NFKD")
    .replace(/[^A-Za-z0-9]+/g, ".")
    .replace(/^\.|\.$/g, "")
    .toLowerCase();
const base64 = (dice: Random): string => Buffer.from(letters(dice, alphanumeric, 9)).toString("base64");
const json64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");

function day(dice: Random): string {
  return `${2018 + dice.integer(12)}-${two(1 + dice.integer(12))}-${two(1 + dice.integer(28))}`;
}

function time(dice: Random, precision: unknown): string {
  const [hours, minutes, seconds] = [dice.integer(24), dice.integer(60), dice.integer(60)].map(two);
  if (precision === -1) return `${hours}:${minutes}`;
  const fraction = typeof precision === "number" && precision > 0 ? `.${letters(dice, "0123456789", precision)}` : "";
  return `${hours}:${minutes}:${seconds}${fraction}`;
}

function uuid(dice: Random, details: Details): string {
  const version = /^v(\d)$/.exec(String(details["version"] ?? "v4"))?.[1] ?? "4";
  const part = (length: number): string => letters(dice, hex, length);
  return `${part(8)}-${part(4)}-${version}${part(3)}-${"89ab"[dice.integer(4)]}${part(3)}-${part(12)}`;
}

function url(dice: Random, details: Details, wish: string): string {
  const [protocol, hostname] = [details["protocol"], details["hostname"]];
  const scheme =
    protocol instanceof RegExp
      ? ["https", "http", "ftp", "ws", "wss", "mailto"].find((s) => protocol.test(s))
      : "https";
  const host = `www.${slugOf(wish).split(".")[0] || "example"}.example`;
  const hosts = [host, "www.example.com", "example.com", "localhost", "example.org", "example.net"];
  const allowed = hostname instanceof RegExp ? hosts.find((name) => hostname.test(name)) : host;
  return `${scheme ?? "https"}://${allowed ?? "example.com"}/${letters(dice, "abcdefghij", 4)}`;
}

function ipv6(dice: Random): string {
  return Array.from({ length: 8 }, () => letters(dice, hex, 4)).join(":");
}

function creditCard(dice: Random): string {
  const digits = `4${letters(dice, "0123456789", 14)}`;
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

function iban(dice: Random): string {
  const body = letters(dice, "0123456789", 18);
  return `DE${String(98n - (BigInt(`${body}131400`) % 97n)).padStart(2, "0")}${body}`;
}

function jwt(_dice: Random, details: Details): string {
  const header = { alg: String(details["alg"] ?? "HS256"), typ: "JWT" };
  return `${json64(header)}.${json64({ sub: "rehearsal" })}.${Buffer.from("signature").toString("base64url")}`;
}

function email(dice: Random, _details: Details, wish: string): string {
  return `${slugOf(wish).split(".").slice(0, 2).join(".") || letters(dice, "abcdefghij", 6)}@example.com`;
}

/** How a text of each format that zod knows is made; people and places are example ones. */
const makers: Readonly<Record<string, Make>> = {
  email,
  url,
  uuid,
  jwt,
  iban,
  credit_card: creditCard,
  guid: uuid,
  ipv6,
  date: day,
  time: (dice, details) => time(dice, details["precision"]),
  datetime: (dice, details) => `${day(dice)}T${time(dice, details["precision"])}Z`,
  duration: (dice) => `P${1 + dice.integer(30)}DT${1 + dice.integer(23)}H`,
  emoji: (dice) => dice.pick(["🙂", "🎉", "🌱", "👍", "🤔"]),
  nanoid: (dice, details) => letters(dice, alphanumeric, Number(details["length"] ?? 21)),
  cuid: (dice) => `c${letters(dice, "abcdefghij0123456789", 24)}`,
  cuid2: (dice) => letters(dice, "abcdefghij0123456789", 24),
  ulid: (dice) => `0${letters(dice, base32, 25)}`,
  xid: (dice) => letters(dice, "0123456789abcdefghijklmnopqrstuv", 20),
  ksuid: (dice) => letters(dice, alphanumeric, 27),
  ipv4: (dice) => `192.0.2.${1 + dice.integer(254)}`,
  mac: (dice, details) =>
    Array.from({ length: 6 }, () => letters(dice, "0123456789ABCDEF", 2)).join(String(details["delimiter"] ?? ":")),
  cidrv4: (dice) => `192.0.2.${dice.integer(256)}/${24 + dice.integer(9)}`,
  cidrv6: (dice) => `${ipv6(dice)}/${dice.integer(129)}`,
  base64,
  base64url: (dice) => Buffer.from(letters(dice, alphanumeric, 9)).toString("base64url"),
  e164: (dice) => `+1${letters(dice, "23456789", 10)}`,
  hostname: (_dice, _details, wish) => `${slugOf(wish).split(".")[0] || "www"}.example.com`,
  hex: (dice) => letters(dice, hex, 16),
  currency_code: (dice) => dice.pick(["EUR", "USD", "BRL", "KRW", "JPY", "NGN", "INR"]),
};

/** A text of the format, or undefined for one that is not known (its pattern is sampled then). */
export function formatted(dice: Random, format: { name: string; details: Details }, wish: string): string | undefined {
  return makers[format.name]?.(dice, format.details, wish);
}
