import type { Actor } from "../../../../kernel/contracts/person.ts";
import { checkKeys, type KeysOf } from "../../../../kernel/text/known-keys.ts";
import { TinyTroupeError } from "../../../../kernel/values/errors.ts";
import type { PersonId } from "../../../../kernel/values/ids.ts";
import type { Random } from "../../../../kernel/values/random.ts";
import type { WorldOptions } from "../../../options.ts";
import type { Round, Schedule } from "../../../schedule/schedule.ts";
import type { WorldKind } from "../../kind.ts";
import { byType } from "../by-type.ts";
import { showing } from "../showing.ts";
import { feedActions, feedRules } from "./actions.ts";
import { Candidates } from "./candidates.ts";
import { pageText } from "./page.ts";
import { type Engagement, type Exposure, type FeedEntry, type FeedPost, Posts } from "./posts.ts";
import { type Ranking, type RankingName, rankings } from "./ranking.ts";
import { feedTables } from "./rows.ts";

/** How a social feed is set up. */
export interface SocialFeedOptions {
  /** Which posts stand at the top: `newest`, `likes`, `interests`, or a function of yours. Default `newest`. */
  readonly ranking?: RankingName | Ranking;
  /** The most posts on one page. Default 5. */
  readonly page?: number;
  /** With which probability somebody opens the feed in a step, from 0 to 1: the same for all, or by person. Default 1. */
  readonly activity?: number | ((person: Actor) => number);
  /** Whose posts come by, by the ids of people. Default: everybody's. */
  readonly follows?: (reader: Actor) => readonly PersonId[];
  /** Who opens the feed in a step, instead of `activity`. */
  readonly schedule?: Schedule;
}

const known: KeysOf<SocialFeedOptions> = { ranking: true, page: true, activity: true, follows: true, schedule: true };

/** For each place on a page, so many posts are looked at. */
const candidatesForOne = 20;

/**
 * A social feed: people post, comment, like and repost, and a ranking decides what each of them sees. Who opens the feed
 * in a step is shown a page of posts that they have not seen, and takes a turn; who has nothing to see takes none. A page
 * is the same work however many people and posts there are. With a schedule of its own a run shows no pages.
 * @example
 * const feed = new SocialFeed({ ranking: "likes", page: 3 });
 * const readers = await simulation.loadPeople(["minji", "raghav"], { faculties: [feed] });
 * await simulation.world("Feed", readers, feed.parts).broadcast("The library will close on Sundays.").run(2);
 * feed.posts.map(({ id, likes }) => `${id}: ${likes}`);
 */
export class SocialFeed implements WorldKind {
  readonly name = "social feed";
  readonly actions = feedActions;
  readonly parts: WorldOptions;
  readonly #ranking: Ranking;
  readonly #page: number;
  readonly #follows: SocialFeedOptions["follows"];
  readonly #posts = new Posts();
  readonly #candidates: Candidates;
  readonly #seen = new Map<PersonId, Set<FeedPost>>();
  readonly #exposures: Exposure[] = [];

  /** Throws OPTION_INVALID for a page without a size, an activity that is no probability, and a ranking that is none. */
  constructor(options: SocialFeedOptions = {}) {
    checkKeys(options, known, "the options of a social feed");
    const { ranking = "newest", page = 5, activity = 1, follows, schedule } = options;
    if (!Number.isSafeInteger(page) || page < 1) throw invalid("page", page);
    if (typeof activity === "number" && !(activity >= 0 && activity <= 1)) throw invalid("activity", activity);
    if (typeof ranking === "string" && !Object.hasOwn(rankings, ranking)) throw invalid("ranking", ranking);
    this.#ranking = typeof ranking === "string" ? rankings[ranking]() : ranking;
    this.#page = page;
    this.#follows = follows;
    this.#candidates = new Candidates(this.#posts, page * candidatesForOne);
    this.parts = {
      schedule: showing(schedule ?? active(activity), (cast, round) => this.#showPages(cast, round)),
      resolution: byType(this.name, feedRules(this.#posts)),
    };
  }

  /** All posts, oldest first. */
  get posts(): readonly FeedPost[] {
    return this.#posts.all;
  }

  /** All pages that were shown, in order. */
  get exposures(): readonly Exposure[] {
    return this.#exposures;
  }

  /** All that people did, in order. */
  get engagements(): readonly Engagement[] {
    return this.#posts.engagements;
  }

  get tables() {
    return feedTables(this.posts, this.exposures, this.engagements);
  }

  #showPages(cast: readonly Actor[], round: Round<Actor>): void {
    this.#candidates.refresh();
    for (const reader of cast) this.#showPage(reader, round);
  }

  #showPage(reader: Actor, { world, step, random, record }: Round<Actor>): void {
    const known = this.#seen.get(reader.id);
    const seen = known ?? new Set();
    const entries = this.#choose(reader, seen, random.fork(`page:${reader.id}`));
    const news = this.#posts.takeNews(reader.id);
    // Once everybody is shown an empty page, so that somebody can begin.
    if (known !== undefined && entries.length === 0 && news.length === 0) return;
    this.#seen.set(reader.id, seen);
    const posts = entries.map(({ post }) => post);
    for (const post of posts) {
      seen.add(post);
      this.#posts.show(post);
    }
    this.#exposures.push({ step, person: reader.id, name: reader.name, posts });
    const page = { posts: posts.map(({ id }) => id), ...passedOn(entries) };
    const { id: via } = record({ type: "exposed", world, step, person: reader.id, ...page });
    reader.observe({ type: "VISUAL", content: pageText(entries, news), via });
  }

  #choose(reader: Actor, seen: ReadonlySet<FeedPost>, dice: Random): readonly FeedEntry[] {
    const follows = this.#follows?.(reader);
    const most = this.#page * candidatesForOne;
    const candidates = this.#candidates.of({ most, dice, ...(follows && { follows }) });
    const best: { readonly entry: FeedEntry; readonly score: number }[] = [];
    for (const entry of candidates) {
      const { post } = entry;
      if (post.author === reader.id) continue;
      const score = this.#ranking(post, reader);
      let place = best.length;
      while (place > 0 && (best[place - 1]?.score ?? 0) < score) place -= 1;
      // By the first who brings it: whoever was not good enough then is not now. Most are out before what was seen is looked through.
      if (place >= this.#page || seen.has(post) || best.some((other) => other.entry.post === post)) continue;
      best.splice(place, 0, { entry, score });
      if (best.length > this.#page) best.pop();
    }
    return best.map(({ entry }) => entry);
  }
}

/** Who brought posts of others. */
function passedOn(entries: readonly FeedEntry[]): { readonly passedOn?: Readonly<Record<string, PersonId>> } {
  const passed = entries.flatMap(({ post, by }) => (by.id === post.author ? [] : [[post.id, by.id] as const]));
  return passed.length === 0 ? {} : { passedOn: Object.fromEntries(passed) };
}

/** Who opens the feed is drawn for each by their own dice, so that somebody more changes nothing for the others. */
function active(activity: NonNullable<SocialFeedOptions["activity"]>): Schedule {
  const opens = (person: Actor, random: Random): boolean => {
    const share = typeof activity === "number" ? activity : activity(person);
    return share >= 1 || random.fork(`opens:${person.id}`).next() < share;
  };
  return {
    name: "active in the feed",
    plan: ({ people, random }) => ({ cast: people.filter((person) => opens(person, random)), together: true }),
  };
}

function invalid(option: string, value: unknown): TinyTroupeError<"OPTION_INVALID"> {
  return new TinyTroupeError("OPTION_INVALID", `A social feed cannot have such a ${option}.`, {
    data: { option, value },
    hint: `A page has one post at least, activity is from 0 to 1, and rankings are ${Object.keys(rankings).join(", ")}, or a function.`,
  });
}
