/** The load line: a circle, and the line to which it may be loaded. */
export function Mark() {
  return (
    <svg
      viewBox="0 0 20 20"
      aria-hidden="true"
      className="size-5 shrink-0 text-link"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
    >
      <circle cx="10" cy="10" r="5.500" />
      <path d="M1.500 10h17" />
    </svg>
  );
}
