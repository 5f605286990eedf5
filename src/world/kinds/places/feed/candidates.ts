import type { PersonId } from "../../../../kernel/values/ids.ts";
import type { Random } from "../../../../kernel/values/random.ts";
import type { FeedEntry, FeedPost, Posts } from "./posts.ts";

/** Whose page is filled, and with how many posts to choose from. */
export interface Search {
  readonly most: number;
  readonly dice: Random;
  /** Whom the reader follows; absent where everybody's posts come by. */
  readonly follows?: readonly PersonId[];
}

/**
 * The posts that one page may be made of: a bounded number, however many there are. Half of it is for the posts that
 * most people did something with, the rest for the newest; where one step brought more than there is room for, each
 * reader meets another stretch of them.
 */
export class Candidates {
  readonly #posts: Posts;
  readonly #most: number;
  #popular: readonly FeedEntry[] = [];

  constructor(posts: Posts, most: number) {
    this.#posts = posts;
    this.#most = most;
  }

  /** Looks once a step which posts people did most with. */
  refresh(): void {
    const known = new Map(this.#popular.map((entry) => [entry.post, entry]));
    for (const post of this.#posts.takeTouched()) {
      known.set(post, { post, by: { id: post.author, name: post.name }, step: post.step });
    }
    this.#popular = [...known.values()]
      .sort((one, other) => heat(other.post) - heat(one.post))
      .slice(0, this.#most / 2);
  }

  /** The newest first; a post comes again where several bring it. */
  of({ most, dice, follows }: Search): readonly FeedEntry[] {
    if (follows !== undefined) return this.#followed(follows, { most, dice });
    return [...this.#newest(most, dice), ...this.#popular];
  }

  #newest(most: number, dice: Random): FeedEntry[] {
    const { bySteps } = this.#posts;
    const found: FeedEntry[] = [];
    for (let step = bySteps.length - 1; step >= 0 && found.length < most; step--) {
      for (const entry of stretch(bySteps[step] as readonly FeedEntry[], most - found.length, dice)) found.push(entry);
    }
    return found;
  }

  #followed(follows: readonly PersonId[], { most, dice }: Omit<Search, "follows">): FeedEntry[] {
    const authors = stretch(follows, most, dice);
    const each = Math.max(1, Math.ceil(most / Math.max(1, authors.length)));
    const found = authors.flatMap((author) => this.#posts.by(author).slice(-each).toReversed());
    return found.sort((one, other) => other.step - one.step).slice(0, most);
  }
}

const heat = ({ likes, reposts, comments }: FeedPost): number => likes + reposts + comments.length;

/** All of them from the last to the first, or so many in a row from any place on, the list being a ring. */
function stretch<T>(items: readonly T[], most: number, dice: Random): T[] {
  const count = Math.min(most, items.length);
  const start = items.length > most ? dice.integer(items.length) : items.length - 1;
  const found: T[] = [];
  for (let index = 0; index < count; index++) found.push(items[(start - index + items.length) % items.length] as T);
  return found;
}
