"use client";

import { usePageNews } from "@/components/shell/use-page-news";
import { NOTIFY_PAGE } from "@/lib/messages/notify-page";
import { NOTIFY } from "@/lib/messages/notify";
import type { NotifyView } from "@/lib/services/notify/read";
import { MailServer } from "./mail-server";
import { Targets } from "./targets";

/** Through what Regent tells, whom, and what became of it. */
export function NotifyPage({ server, targets }: NotifyView) {
  usePageNews(({ notices }) => notices);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] max-w-[100rem] gap-8">
      <p className="max-w-2xl text-muted">{NOTIFY_PAGE.help}</p>
      <section aria-label={NOTIFY.server} className="grid grid-cols-[minmax(0,1fr)] gap-3">
        <h2 className="text-lg font-semibold">{NOTIFY.server}</h2>
        <MailServer server={server} />
      </section>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
        <Targets targets={targets} />
      </div>
    </div>
  );
}
