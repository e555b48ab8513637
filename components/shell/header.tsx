import Link from "next/link";
import type { ReactNode } from "react";
import { Logo } from "./logo";
import { MainNav } from "./main-nav";
import { PaletteButton } from "./palette-button";
import { SkipLink } from "./skip-link";
import { UserMenu } from "./user-menu";
import type { ShellUser } from "./user-panel";

type HeaderProps = {
  /** Name of the region this console runs. */
  region: string;
  user: ShellUser;
  /** The live indicator. */
  live?: ReactNode;
  /** Of what is in alarm, beside the word in the navigation. */
  count?: ReactNode;
  signOut?: ReactNode;
};

export function Header({ region, user, live, count, signOut }: HeaderProps) {
  return (
    <>
      <SkipLink />
      <header className="no-print sticky top-0 z-20 flex h-(--header-height) items-center gap-2 border-b border-line bg-page px-4 sm:gap-3 lg:px-6">
        <Link href="/nodes" className="flex min-h-8 items-center gap-2 rounded-md text-lg font-semibold">
          <Logo />
          <span className="max-[420px]:sr-only">Regent</span>
        </Link>
        <span title={region} className="max-w-40 min-w-12 truncate text-muted max-[420px]:max-w-16">
          <span className="sr-only">Region </span>
          {region}
        </span>
        <MainNav count={count} />
        <div className="ms-auto flex min-w-0 items-center gap-2">
          <PaletteButton />
          {live}
          <UserMenu user={user} signOut={signOut} />
        </div>
      </header>
    </>
  );
}
