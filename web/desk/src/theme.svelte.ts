// Light, dark, or what the system says; remembered in this browser.

const themes = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

function remembered(): Theme {
  try {
    return themes.find((theme) => theme === localStorage.getItem('theme')) ?? 'auto';
  } catch {
    return 'auto'; // a browser that keeps nothing still shows the page
  }
}

let current = $state<Theme>(remembered());

export const theme = {
  get now(): Theme {
    return current;
  },
  next() {
    current = themes[(themes.indexOf(current) + 1) % themes.length] ?? 'auto';
    try {
      localStorage.setItem('theme', current);
    } catch {
      // As above.
    }
  },
};
