"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Button } from "./button";
import type { ButtonProps } from "./button";

const CONFIRM_MS = 2_000;

/** Machine text with a button that copies it. `name` says what is copied: "Copy fingerprint". */
export function CopyText({ text, name }: { text: string; name: string }) {
  const code = useRef<HTMLElement>(null);
  const [result, setResult] = useState<"copied" | "selected" | null>(null);
  useEffect(() => {
    if (!result) return;
    const timer = setTimeout(() => setResult(null), CONFIRM_MS);
    return () => clearTimeout(timer);
  }, [result]);
  const copy = async () => setResult((await copied(text, code.current)) ? "copied" : "selected");
  return (
    <span className="inline-flex w-fit max-w-full items-center gap-1 rounded-sm bg-panel ps-2 align-middle forced-colors:border">
      <code ref={code} className="min-w-0 py-0.5 font-mono text-sm wrap-anywhere">
        {text}
      </code>
      <button
        type="button"
        aria-label={`Copy ${name}`}
        className="inline-flex min-h-6 min-w-6 shrink-0 items-center gap-1 rounded-sm px-1.5 text-xs font-medium text-muted hover:bg-hover hover:text-ink"
        onClick={() => void copy()}
      >
        {result === "copied" ? <Check aria-hidden size={13} /> : <Copy aria-hidden size={13} />}
        {result === "copied" ? "Copied" : result === "selected" ? "Selected" : "Copy"}
      </button>
      <span role="status" className="sr-only">
        {result === "copied" && `${name} copied`}
        {result === "selected" && `${name} selected, copy it with the keyboard`}
      </span>
    </span>
  );
}

/** Copies what does not stand on the page as it is copied; the text is made when it is asked for. */
export function CopyButton({ text, children, ...rest }: Omit<ButtonProps, "onClick"> & { text: () => string }) {
  const button = useRef<HTMLButtonElement>(null);
  const [said, setSaid] = useState("");
  useEffect(() => {
    if (!said) return;
    const timer = setTimeout(() => setSaid(""), CONFIRM_MS);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = async () => {
    const carrier = document.createElement("textarea");
    carrier.value = text();
    // Beside the button: within a dialog nothing outside of it can be selected.
    button.current?.after(carrier);
    carrier.select();
    setSaid((await copied(carrier.value, null)) ? "Copied" : "Not copied");
    carrier.remove();
    button.current?.focus();
  };
  return (
    <>
      <Button {...rest} ref={button} onClick={() => void copy()}>
        {said === "Copied" ? <Check aria-hidden size={13} /> : <Copy aria-hidden size={13} />}
        {said || children}
      </Button>
      <span role="status" className="sr-only">
        {said}
      </span>
    </>
  );
}

/** The clipboard needs https, and may be forbidden: then the text is selected and the older command tried. */
const copied = async (text: string, element: HTMLElement | null): Promise<boolean> => {
  const written = await navigator.clipboard?.writeText(text).then(
    () => true,
    () => false,
  );
  if (written) return true;
  if (element) getSelection()?.selectAllChildren(element);
  return document.execCommand("copy");
};
