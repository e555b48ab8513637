import type { ReactNode } from "react";
import { Logo } from "./logo";

/** The page before anybody is signed in. */
export function LoginFrame({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main id="main" className="grid min-h-dvh content-center justify-items-center gap-6 bg-panel px-4 py-10">
      <p className="flex items-center gap-2 text-lg font-semibold">
        <Logo /> Regent
      </p>
      <section className="grid w-full max-w-sm gap-5 rounded-lg border border-line bg-page p-6">
        <h1 className="text-xl font-semibold">{title}</h1>
        {children}
      </section>
    </main>
  );
}
