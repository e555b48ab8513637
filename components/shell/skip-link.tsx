/** The first Tab stop of every page. */
export function SkipLink() {
  return (
    <a
      href="#main"
      className="sr-only rounded-md bg-accent px-3 py-1.5 font-medium text-on-accent focus:not-sr-only focus:fixed focus:start-4 focus:top-2.5 focus:z-50 focus:px-3 focus:py-1.5"
    >
      Skip to content
    </a>
  );
}
