/** Power and fencing, as the node's page and the dialogs say it. */
export const FENCING = {
  title: "Fencing",
  looks: "How it is seen now",
  evidence: "Evidence",
  vms: "Virtual machines that were there",
  noBmc: "Not set. Without it, only an Admin's confirmation makes this node Fenced.",
  never: "This node was never fenced.",
  states: { running: "Being fenced", confirmed: "Fenced with proof", unconfirmed: "The last attempt proved nothing" },
} as const;

export const POWER_DIALOGS = {
  power: {
    title: "Set BMC",
    submit: "Ask and save",
    description: "How Regent controls the power of this server: IPMI over LAN. It is saved when the BMC answers.",
    password: "Sealed; only the worker can open it. At most 20 characters.",
    started: (name: string) => `The BMC of ${name} is being asked.`,
    done: (name: string) => `The BMC of ${name} answers and is saved.`,
    failed: "The BMC was not saved",
  },
  powerOn: {
    title: "Power on",
    submit: "Power on",
    started: (name: string) => `${name} is being switched on.`,
    done: (name: string) => `${name} is on and answers.`,
    failed: "The node was not switched on",
  },
  powerCycle: {
    title: "Power cycle",
    submit: "Power cycle",
    started: (name: string) => `${name} is switched off and on again.`,
    done: (name: string) => `${name} is on and answers.`,
    failed: "The node was not switched off and on",
  },
  fence: {
    title: "Fence",
    submit: "Fence",
    description: "The server is asked to shut down; then its power is cut, whatever runs on it.",
    started: (name: string) => `${name} is being fenced.`,
    done: (name: string) => `${name} is Fenced.`,
    failed: "Fencing was not confirmed",
  },
  confirmOff: {
    title: "Confirm that the host is off",
    submit: "Confirm",
    word: (name: string) => `I confirm that this host is off. Type ${name}`,
    warning: "If it still runs, its virtual machines may run twice and destroy their disks.",
    done: (name: string) => `${name} is Fenced, on your word.`,
  },
} as const;
