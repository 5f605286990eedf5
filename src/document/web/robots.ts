import { refusal } from "../refusal.ts";
import { agentName, type Exchange, type Received } from "./exchange.ts";

/** At least so much of a robots.txt is read (RFC 9309, 2.5). In bytes. */
const mostRules = 500 * 1024;
/** Redirections of a robots.txt that are followed (RFC 9309, 2.3.1.2). */
const mostMoves = 5;

type Rules = (url: URL) => boolean;

/** What the sites that were asked allow, each asked once. */
export type Robots = Map<string, Promise<Rules>>;

/**
 * Throws DOCUMENT_UNREADABLE where a site's robots.txt keeps programs from a page (RFC 9309): none there allows all,
 * one that cannot be reached allows nothing.
 */
export async function obeyRobots(
  url: URL,
  { robots, exchange }: { robots: Robots; exchange: Exchange },
): Promise<void> {
  const asked = robots.get(url.origin) ?? rulesOf(url, exchange);
  robots.set(url.origin, asked);
  // What could not be asked now may be there the next time.
  const allows = await asked.catch((error: unknown) => {
    robots.delete(url.origin);
    throw error;
  });
  if (!allows(url)) throw refusal(url.href, "robots", { words: "the site's robots.txt keeps programs from it" });
}

async function rulesOf({ origin, href }: URL, exchange: Exchange): Promise<Rules> {
  const place = new URL("/robots.txt", origin);
  const answer = await followed(place, exchange);
  if (answer === undefined || (answer.status >= 400 && answer.status < 500)) {
    answer?.discard();
    return () => true;
  }
  if (answer.status !== 200) {
    answer.discard();
    throw refusal(href, "robots", { words: `the site's robots.txt cannot be reached (status ${answer.status})` });
  }
  const text = new TextDecoder().decode(await answer.body(mostRules));
  const rules = (await parser())(place.href, text);
  return (url) => rules.isAllowed(url.href, agentName) !== false;
}

type Parser = (place: string, text: string) => { isAllowed(url: string, agent: string): boolean | undefined };

/** Its types say of a CommonJS module that it has a `default`; the module itself is the function. */
async function parser(): Promise<Parser> {
  const loaded: { readonly default: unknown } = await import("robots-parser");
  return loaded.default as Parser;
}

/** Undefined where it moves too often: such a file counts as none. */
async function followed(place: URL, exchange: Exchange): Promise<Received | undefined> {
  let url = place;
  for (let moves = 0; moves <= mostMoves; moves++) {
    const answer = await exchange(url, "text/plain, */*;q=0.1");
    const next = answer.headers["location"];
    if (answer.status < 300 || answer.status >= 400 || next === undefined) return answer;
    answer.discard();
    const target = URL.parse(next, url.href);
    if (target === null || !/^https?:$/.test(target.protocol)) return undefined;
    url = target;
  }
  return undefined;
}
