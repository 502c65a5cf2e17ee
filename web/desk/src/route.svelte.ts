// Where the reader is: the address is the only state that views share, so that
// a view can be bookmarked, sent to somebody, and left with the back button.

let here = $state(location.pathname + location.search);

function arrive() {
  here = location.pathname + location.search;
}

export const route = {
  get path(): string {
    return new URL(here, location.origin).pathname;
  },
  get query(): URLSearchParams {
    return new URL(here, location.origin).searchParams;
  },
};

/** go shows another address; replace does so without a step in the history. */
export function go(to: string, options: { replace?: boolean } = {}) {
  if (to === here) return;
  if (options.replace) history.replaceState(null, '', to);
  else history.pushState(null, '', to);
  const samePlace = new URL(here, location.origin).pathname === location.pathname;
  arrive();
  if (options.replace || samePlace) return;
  window.scrollTo(0, 0);
  document.getElementById('main')?.focus({ preventScroll: true }); // where a screen reader goes on
}

/** withClocks keeps the clocks of the view that is left, where a link names none. */
function withClocks(href: string): string {
  const from = route.query;
  const at = new URL(href, location.origin);
  for (const clock of ['as_of', 'known']) {
    const day = from.get(clock);
    if (day && !at.searchParams.has(clock)) at.searchParams.set(clock, day);
  }
  return at.pathname + at.search;
}

/** follow lets links inside the page change the address without loading it anew. */
export function follow(): () => void {
  const onClick = (event: MouseEvent) => {
    const link = (event.target as Element | null)?.closest('a[href]');
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    const href = link?.getAttribute('href') ?? '';
    if (!link || !plain || event.defaultPrevented || link.hasAttribute('target')) return;
    if (!href.startsWith('/') || href.startsWith('/api/')) return;
    event.preventDefault();
    go(withClocks(href));
  };
  document.addEventListener('click', onClick);
  window.addEventListener('popstate', arrive);
  return () => {
    document.removeEventListener('click', onClick);
    window.removeEventListener('popstate', arrive);
  };
}
