"use client";

import { useEffect, useState, type ComponentType } from "react";
import { onToast } from "./toast";

/** The first look at a page does without; after it, a lost connection should find this here to tell of it. */
const AFTER_FIRST_LOOK_MS = 1500;

/** Mount once; raise with `toast` of ./toast. What was raised before its code could be fetched is shown when it has come. */
export function Toaster() {
  const [Shown, setShown] = useState<ComponentType | null>(null);
  useEffect(() => {
    const load = () =>
      void import("./toaster-shown").then(
        ({ ToasterShown }) => setShown(() => ToasterShown),
        () => undefined, // tried again with the next toast, and when the connection is back
      );
    const timer = setTimeout(load, AFTER_FIRST_LOOK_MS);
    addEventListener("online", load);
    const forget = onToast(load);
    return () => {
      clearTimeout(timer);
      removeEventListener("online", load);
      forget();
    };
  }, []);
  return Shown && <Shown />;
}
