import type { Article } from './ledger';

// What came into the ledger while somebody reads: told by /api/stream, shown as
// a quiet note, and fetched by the views only when the reader asks for it.

let articles = $state(0);
let corrections = $state(0);
let round = $state(0);
const told = new Set<number>(); // the corrections that are counted
const mine = { articles: new Set<string>(), corrections: new Set<number>() };

export const arrivals = {
  /** How many articles and corrections came since the views were last fetched. */
  get articles(): number {
    return articles;
  },
  get corrections(): number {
    return corrections;
  },
  /** Grows whenever the views are to be fetched anew; asked() reads it. */
  get round(): number {
    return round;
  },
  /** show has the views fetched anew, where they are. */
  show() {
    articles = 0;
    corrections = 0;
    told.clear();
    round++;
  },
  dismiss() {
    articles = 0;
    corrections = 0;
    told.clear();
  },
  /** own says what this page itself has brought, of which nobody needs to be told. */
  own(what: { article?: string; correction?: number }) {
    if (what.article) mine.articles.add(what.article);
    if (!what.correction) return;
    mine.corrections.add(what.correction);
    if (told.delete(what.correction)) corrections--; // the stream was faster than the answer
  },
};

type Arrived = { count: number; articles: Article[] };

/** listen hears of what arrives while the page is seen: a tab in the background keeps no connection. */
export function listen(): () => void {
  let stream: EventSource | null = null;
  let heard = ''; // the last event, so that a tab that comes back is told of what came meanwhile
  const remember = (event: MessageEvent<string>) => (heard = event.lastEventId);
  const look = () => {
    if (document.visibilityState === 'hidden') {
      stream?.close();
      stream = null;
    } else if (!stream) {
      stream = new EventSource(heard ? `/api/stream?since=${heard}` : '/api/stream');
      stream.addEventListener('ready', remember);
      stream.addEventListener('articles', (event) => {
        remember(event);
        const came = JSON.parse(event.data) as Arrived;
        articles += came.count - came.articles.filter((a) => mine.articles.has(a.id)).length;
      });
      stream.addEventListener('correction', (event) => {
        remember(event);
        const { number } = JSON.parse(event.data) as { number: number };
        if (mine.corrections.has(number)) return;
        told.add(number);
        corrections++;
      });
    }
  };
  look();
  document.addEventListener('visibilitychange', look);
  return () => {
    document.removeEventListener('visibilitychange', look);
    stream?.close();
  };
}
