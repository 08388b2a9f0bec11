// Sets the theme before anything is painted, and again whenever the wish or the system changes. Kept apart, as pages run no script of their own.
(() => {
  const root = document.documentElement;
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const more = matchMedia('(prefers-contrast: more)');
  const wish = (name) => {
    try {
      return localStorage.getItem(`plimsoll.${name}`);
    } catch {
      return null;
    }
  };
  const apply = () => {
    const theme = wish('theme');
    root.dataset.theme = theme === 'light' || theme === 'dark' ? theme : dark.matches ? 'dark' : 'light';
    root.dataset.contrast = wish('contrast') === 'more' || more.matches ? 'more' : 'normal';
    root.dataset.motion = wish('motion') === 'less' ? 'less' : 'normal';
  };
  apply();
  for (const query of [dark, more]) query.addEventListener('change', apply);
  addEventListener('storage', apply);
  addEventListener('plimsoll:appearance', apply);
})();
