/** A crown on a rack unit. */
export function Logo() {
  return (
    <svg aria-hidden viewBox="0 0 32 32" className="size-5 fill-accent">
      <path
        fillRule="evenodd"
        d="M4 19V7.5a1 1 0 0 1 1.7-.7L10 11l5.2-6.6a1 1 0 0 1 1.6 0L22 11l4.3-4.2a1 1 0 0 1 1.7.7V19zM5.5 22h21a1.5 1.5 0 0 1 1.5 1.5v3a1.5 1.5 0 0 1-1.5 1.5h-21A1.5 1.5 0 0 1 4 26.5v-3A1.5 1.5 0 0 1 5.5 22zm2.5 1.9v2.2h2.2v-2.2z"
      />
    </svg>
  );
}
