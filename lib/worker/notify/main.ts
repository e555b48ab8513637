/** What is told: every worker makes deliveries of what waits and sends those that are due. The rows say who does what. */
import { db } from "../../db";
import { workerEnv } from "../../env";
import { gather } from "../../services/notify/gather";
import { readRegion } from "../../services/region";
import { loop } from "../loops";
import { mailHost, type Console } from "./compose";
import { sendMails } from "./mails";

/** One question to two small indexes; a listener would cost a connection in each worker to be quicker by half a second. */
const LOOK_MS = 1000;

async function readConsole(): Promise<Console> {
  const { REGENT_URL } = workerEnv();
  return { region: (await readRegion(db)).name, url: REGENT_URL === undefined ? null : REGENT_URL.replace(/\/+$/, "") };
}

export async function tell(signal: AbortSignal): Promise<void> {
  await Promise.all([
    loop("notifications", LOOK_MS, signal, async () => void (await gather(mailHost(workerEnv().REGENT_URL ?? null)))),
    loop("mails", LOOK_MS, signal, async () => sendMails(await readConsole(), signal)),
  ]);
}
