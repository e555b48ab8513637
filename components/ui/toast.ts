import type { ExternalToast, toast as sonner } from "sonner";

type Sonner = typeof sonner;
type Kind = "success" | "info" | "error" | "loading";

let stands: (raised: Sonner) => void;
/** Settles when the toaster is on the page and can show what is raised. */
const standing = new Promise<Sonner>((resolve) => (stands = resolve));
let tellRaised = (): void => undefined;
let raisedSoFar = 0;

/** Called by the toaster when it stands. */
export const toasterStands = (raised: Sonner): void => stands(raised);

/** Calls `tell` with every notification, for the toaster that may not be there yet; ends with the function that it gives. */
export function onToast(tell: () => void): () => void {
  tellRaised = tell;
  return () => void (tellRaised = () => undefined);
}

/** Raises a notification and gives its id, by which a later one takes its place. */
const raise =
  (kind: Kind) =>
  (words: string, options: ExternalToast = {}): string | number => {
    const id = options.id ?? `toast-${(raisedSoFar += 1)}`;
    tellRaised();
    void standing.then((raised) => raised[kind](words, { ...options, id }));
    return id;
  };

/** Notifications. A failure should pass `duration: Infinity`, so that it waits to be read. */
export const toast = {
  success: raise("success"),
  info: raise("info"),
  error: raise("error"),
  loading: raise("loading"),
  dismiss: (id: string | number): void => void standing.then((raised) => raised.dismiss(id)),
};
