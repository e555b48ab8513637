import { ALARM_STATES, type AlarmState } from "@/lib/domain/alarms/choices";
import { ALARM_PAGE, ALARMS } from "@/lib/messages/alarms-page";
import type { AlarmView } from "@/lib/services/alarms/read";
import type { Recipient } from "@/lib/services/alarms/recipients";

const STATES = Object.keys(ALARM_STATES) as AlarmState[]; // the keys of a constant object are exactly its own
const AND = new Intl.ListFormat("en-GB");

/** The recipients of an alarm, of which states each is told, and whether messages reach them. */
export function WhoIsTold({ alarm, recipients }: { alarm: AlarmView; recipients: readonly Recipient[] }) {
  const told = recipients.flatMap((recipient) => {
    const states = STATES.filter((state) => alarm.actions[state].includes(recipient.id));
    return states.length ? [{ ...recipient, states: AND.format(states.map((state) => ALARM_STATES[state])) }] : [];
  });
  if (told.length === 0) return <p className="text-muted">{ALARMS.nobody}</p>;
  return (
    <ul className="grid gap-1.5">
      {told.map(({ id, name, states, enabled, problem }) => (
        <li key={id}>
          <bdi className="font-medium">{name}</bdi> <span className="text-muted">{ALARM_PAGE.toldOf(states)}</span>
          {!enabled && <span className="block text-sm text-muted">{ALARM_PAGE.delivery.off}</span>}
          {enabled && problem !== null && <span className="block text-sm text-danger">{ALARM_PAGE.delivery.failing(problem)}</span>}
        </li>
      ))}
    </ul>
  );
}
