import type { PersonId } from "../../../../kernel/values/ids.ts";

/** A post of a social feed, and what became of it so far. */
export interface FeedPost {
  /** `<person>-<number>`: whose, and their how manieth. */
  readonly id: string;
  readonly author: PersonId;
  readonly name: string;
  readonly content: string;
  /** The step in which it was written. */
  readonly step: number;
  readonly likes: number;
  readonly reposts: number;
  readonly comments: readonly FeedComment[];
  /** On how many pages it stood. */
  readonly exposures: number;
}

/** What somebody wrote below a post. */
export interface FeedComment {
  readonly name: string;
  readonly content: string;
}

/** What somebody did with a post. */
export interface Engagement {
  readonly step: number;
  readonly person: PersonId;
  readonly name: string;
  readonly action: "post" | "comment" | "like" | "repost";
  /** The post that was written, commented, liked or passed on. */
  readonly post: FeedPost;
  readonly content?: string;
}

/** A page that was shown to somebody. */
export interface Exposure {
  readonly step: number;
  readonly person: PersonId;
  readonly name: string;
  /** The first at the top. */
  readonly posts: readonly FeedPost[];
}

/** A post as it comes by: by its author, or passed on by somebody. */
export interface FeedEntry {
  readonly post: FeedPost;
  readonly by: { readonly id: PersonId; readonly name: string };
  readonly step: number;
}

type Kept = { -readonly [Key in keyof FeedPost]: FeedPost[Key] } & { readonly comments: FeedComment[] };

/** Who does something with a post, and when. */
export interface Doer {
  readonly id: PersonId;
  readonly name: string;
  readonly step: number;
}

/** All posts, in the order in which they were written, and all that was done with them. */
export class Posts {
  readonly all: FeedPost[] = [];
  readonly engagements: Engagement[] = [];
  /** What came in one step, by steps in which something came. */
  readonly bySteps: FeedEntry[][] = [];
  readonly #byId = new Map<string, Kept>();
  readonly #byPerson = new Map<PersonId, FeedEntry[]>();
  readonly #written = new Map<PersonId, number>();
  readonly #done = new Set<string>();
  readonly #news = new Map<PersonId, Engagement[]>();
  readonly #touched = new Set<FeedPost>();

  get(id: string): FeedPost | undefined {
    return this.#byId.get(id.trim().replace(/^\[|\]$/g, ""));
  }

  /** What somebody wrote and passed on, oldest first. */
  by(person: PersonId): readonly FeedEntry[] {
    return this.#byPerson.get(person) ?? [];
  }

  write(who: Doer, content: string): FeedPost {
    const count = (this.#written.get(who.id) ?? 0) + 1;
    this.#written.set(who.id, count);
    const post: Kept = {
      ...{ id: `${who.id}-${count}`, author: who.id, name: who.name, content, step: who.step },
      ...{ likes: 0, reposts: 0, comments: [], exposures: 0 },
    };
    this.#byId.set(post.id, post);
    this.all.push(post);
    this.#bring(post, who);
    this.#keep(who, { action: "post", post });
    return post;
  }

  /** False where they did the same with it before. */
  like(who: Doer, post: FeedPost): boolean {
    if (!this.#first("like", who, post)) return false;
    this.#kept(post).likes += 1;
    this.#keep(who, { action: "like", post });
    return true;
  }

  /** False where they did the same with it before. */
  repost(who: Doer, post: FeedPost): boolean {
    if (!this.#first("repost", who, post)) return false;
    this.#kept(post).reposts += 1;
    this.#bring(post, who);
    this.#keep(who, { action: "repost", post });
    return true;
  }

  comment(who: Doer, post: FeedPost, content: string): void {
    this.#kept(post).comments.push({ name: who.name, content });
    this.#keep(who, { action: "comment", post, content });
  }

  show(post: FeedPost): void {
    this.#kept(post).exposures += 1;
  }

  /** Takes what others did with somebody's posts since it was last taken. */
  takeNews(person: PersonId): readonly Engagement[] {
    const news = this.#news.get(person) ?? [];
    this.#news.delete(person);
    return news;
  }

  /** Takes the posts that somebody did something with since they were last taken. */
  takeTouched(): readonly FeedPost[] {
    const touched = [...this.#touched];
    this.#touched.clear();
    return touched;
  }

  #first(action: string, { id }: Doer, post: FeedPost): boolean {
    const key = `${action} ${id} ${post.id}`;
    if (this.#done.has(key)) return false;
    this.#done.add(key);
    return true;
  }

  #kept({ id }: FeedPost): Kept {
    return this.#byId.get(id) as Kept;
  }

  #bring(post: FeedPost, { id, name, step }: Doer): void {
    const entry = { post, by: { id, name }, step };
    const last = this.bySteps.at(-1);
    if (last?.[0]?.step === step) last.push(entry);
    else this.bySteps.push([entry]);
    const own = this.#byPerson.get(id);
    if (own === undefined) this.#byPerson.set(id, [entry]);
    else own.push(entry);
  }

  #keep({ id, name, step }: Doer, what: Pick<Engagement, "action" | "post" | "content">): void {
    const engagement = { step, person: id, name, ...what };
    this.engagements.push(engagement);
    const { author } = what.post;
    if (what.action === "post" || author === id) return;
    this.#touched.add(what.post);
    const news = this.#news.get(author);
    if (news === undefined) this.#news.set(author, [engagement]);
    else news.push(engagement);
  }
}
