/** The rounds of the alarms. Every worker asks; who is first has the round. */
import { RHYTHMS } from "../../domain/alarms/schedule";
import { log } from "../../log";
import { newBooks, runRound } from "../../services/alarms/round";
import { loop } from "../loops";

const ASK_MS = 1000;

export async function keepAlarms(signal: AbortSignal): Promise<void> {
  await Promise.all(
    RHYTHMS.map((rhythm) => {
      const books = newBooks();
      return loop(`alarms ${rhythm} s`, ASK_MS, signal, async () => {
        for (let more = true; more && !signal.aborted;) {
          const round = await runRound(rhythm, books);
          if (round && round.changed > 0) log.info(round, "alarms changed state");
          more = round?.more ?? false;
        }
      });
    }),
  );
}
