import { takeToken } from "./rate";

const WINDOW_SECONDS = 60;
/** Half of all: who sends what he likes without signing in must not shut the door to everybody else with an invitation or a link. */
const FROM_ONE_PLACE = 60;
const ALTOGETHER = 120;

/** Whether somebody who is not signed in may ask for something. `from` is the client's address as far as it is known. */
export const mayKnock = async (from: string): Promise<boolean> =>
  (await takeToken(`open-action:${from}`, FROM_ONE_PLACE, WINDOW_SECONDS)) && (await takeToken("open-action", ALTOGETHER, WINDOW_SECONDS));
