import type { JournalEvent } from "../../kernel/contracts/events.ts";
import type { Action } from "../../kernel/contracts/person.ts";
import { feedPage } from "../../kernel/contracts/world/feed.ts";
import type { PersonId } from "../../kernel/values/ids.ts";

type Exposed = Extract<JournalEvent, { type: "exposed" }>;

/** Somebody's words or deed, and whether a reader finds the statement in it. */
interface Line {
  readonly from: PersonId;
  readonly says: boolean;
}

type Post = Line & { readonly comments: Line[] };

/** The posts of one feed, told from what is on record of them, and which of them make a statement. */
export class FeedPages {
  readonly #says: (text: string) => boolean;
  readonly #posts = new Map<string, Post>();
  readonly #written = new Map<PersonId, number>();
  /** What others did with somebody's posts. */
  readonly #news = new Map<PersonId, Line[]>();

  constructor(says: (text: string) => boolean) {
    this.#says = says;
  }

  /** Somebody did something that came about; whether they made the statement by it. */
  did(from: PersonId, { type, content = "", target = "" }: Action): boolean {
    const { characters } = feedPage;
    switch (type) {
      case "POST": {
        const number = (this.#written.get(from) ?? 0) + 1;
        this.#written.set(from, number);
        const says = this.#says(content.slice(0, characters.post));
        this.#posts.set(`${from}-${number}`, { from, says, comments: [] });
        return this.#says(content);
      }
      case "COMMENT": {
        const line = { from, says: this.#says(content.slice(0, characters.comment)) };
        this.#postCalled(target)?.comments.push(line);
        this.#tell(target, line);
        return this.#says(content);
      }
      case "LIKE":
      case "REPOST":
        this.#tell(target, { from, says: false });
        return false;
      default:
        return false;
    }
  }

  /** Who brings the statement to whoever is shown this page: the first on it. */
  broughtBy({ person, posts, passedOn = {} }: Exposed): PersonId | undefined {
    const lines = posts.flatMap((id): readonly Line[] => {
      const post = this.#posts.get(id);
      if (post === undefined) return [];
      const { from, says, comments } = post;
      const by = passedOn[id];
      return [{ from: by === undefined || by === person ? from : by, says }, ...comments.slice(-feedPage.comments)];
    });
    const news = this.#news.get(person) ?? [];
    return [...lines, ...news.slice(-feedPage.news)].find(({ from, says }) => says && from !== person)?.from;
  }

  #tell(target: string, line: Line): void {
    const author = this.#postCalled(target)?.from;
    if (author === undefined || author === line.from) return;
    const news = this.#news.get(author);
    if (news === undefined) this.#news.set(author, [line]);
    else news.push(line);
  }

  /** Some write the brackets, too, in which ids stand. */
  #postCalled(target: string): Post | undefined {
    return this.#posts.get(target.trim().replace(/^\[|\]$/g, ""));
  }
}
