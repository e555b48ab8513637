"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useRef, useState } from "react";

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
        {result === "copied" ? "Copied" : "Copy"}
      </button>
      <span role="status" className="sr-only">
        {result === "copied" && `${name} copied`}
        {result === "selected" && `${name} selected, copy it with the keyboard`}
      </span>
    </span>
  );
}

/** The clipboard needs https; on a plain http console the text is selected and the older command tried. */
const copied = async (text: string, element: HTMLElement | null): Promise<boolean> => {
  if (navigator.clipboard) {
    return navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
  }
  if (!element) return false;
  getSelection()?.selectAllChildren(element);
  return document.execCommand("copy");
};
