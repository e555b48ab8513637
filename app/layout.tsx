import type { Metadata, Viewport } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { EARLY_KEY_SCRIPT } from "@/components/shell/early-key";
import { InlineScript } from "@/components/ui/inline-script";
import { THEME_SCRIPT } from "@/components/ui/theme-script";
import { Toaster } from "@/components/ui/toaster";
import "./globals.css";

export const metadata: Metadata = { title: { default: "Regent", template: "%s · Regent" }, icons: "/icon.svg", robots: { index: false } };
export const viewport: Viewport = { width: "device-width", initialScale: 1, colorScheme: "light dark" };

export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get("x-nonce") ?? undefined;
  return (
    <html lang="en" suppressHydrationWarning>
      <head>
        <InlineScript nonce={nonce} code={THEME_SCRIPT} />
        <InlineScript nonce={nonce} code={EARLY_KEY_SCRIPT} />
      </head>
      <body>
        {children}
        <Toaster />
      </body>
    </html>
  );
}
