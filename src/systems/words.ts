import { withoutControls } from "../kernel/text/controls.ts";

/** Of what a system shows at once, in characters: about 1,500 tokens of English. */
export const longestShown = 6_000;

/** A system's words: harmless in a terminal, of bounded length, and without what it was given that nobody may see. */
export function wordsOf(text: string, secrets: readonly string[] = [], most = longestShown): string {
  const whole = withoutSecrets(withoutControls(text).replace(/\r\n?/g, "\n"), secrets).trim();
  if (whole.length <= most) return whole;
  return `${whole.slice(0, most).toWellFormed()} … (${whole.length - most} more characters are left out)`;
}

/** The text without these; what is shorter than six characters would take half of the words along. */
function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets.filter((secret) => secret.length >= 6).reduce((left, secret) => left.replaceAll(secret, "…"), text);
}

const secretName = /key|token|secret|passw|credential|auth|session|code|jwt|(?:^|[_-])(?:sid|sig|pin)$/i;

/**
 * An address as it may be kept: without a name and a password, and without what its query or its fragment says under
 * names of secrets.
 * @example
 * addressOf("https://user:pw@shop.example/cart?token=abc&page=2"); // => "https://shop.example/cart?token=%E2%80%A6&page=2"
 */
export function addressOf(address: string): string {
  const url = URL.parse(address);
  if (url === null) return wordsOf(address, [], 300);
  url.username = "";
  url.password = "";
  for (const name of [...url.searchParams.keys()]) if (secretName.test(name)) url.searchParams.set(name, "…");
  // Signing in can bring a token back behind the #, written as a query.
  const fragment = new URLSearchParams(url.hash.slice(1));
  const secrets = [...fragment.keys()].filter((name) => secretName.test(name));
  for (const name of secrets) fragment.set(name, "…");
  if (secrets.length > 0) url.hash = fragment.toString();
  return wordsOf(url.href, [], 1_000);
}
