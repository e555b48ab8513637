/**
 * How many seconds each file of the lab usually takes beside another one on two slow processors, to its end. The longest begin first, so
 * that none is left over for one processor alone; and none begins that would not end by REGENT_LAB_UNTIL, see set-up.ts.
 */
export const USUAL_SECONDS = {
  fencing: 720,
  maintenance: 560,
  join: 330,
  passthrough: 300,
  sampling: 260,
  "hypervisor-faults": 240,
  "hypervisor-moves": 170,
  alarms: 150,
  "hypervisor-trust": 120,
};
