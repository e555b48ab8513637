/** What is told: every worker makes deliveries of what waits and sends those that are due. The rows say who does what. */
import { workerEnv } from "../../env";
import { gather } from "../../services/notify/gather";
import { remindOfMaintenance } from "../../services/notify/remind";
import { signOfLife } from "../../services/notify/sign-of-life";
import { loop } from "../loops";
import { mailHost, readConsole } from "./compose";
import { sendMails } from "./mails";
import { sendWebhooks } from "./webhooks";

/** One question to two small indexes; a listener would cost a connection in each worker to be quicker by half a second. */
const LOOK_MS = 1000;
const MORNING_MS = 20_000;

export async function tell(signal: AbortSignal): Promise<void> {
  await Promise.all([
    loop("notifications", LOOK_MS, signal, async () => void (await gather(mailHost(workerEnv().REGENT_URL ?? null)))),
    loop("webhooks", LOOK_MS, signal, () => sendWebhooks(readConsole, signal)),
    loop("sign of life", MORNING_MS, signal, async () => {
      await signOfLife();
      await remindOfMaintenance();
    }),
    loop("mails", LOOK_MS, signal, () => sendMails(readConsole, signal)),
  ]);
}
