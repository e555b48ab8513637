/** Surveys of a real SSH server that has good minutes and bad ones. */
import { afterEach, expect, it } from "vitest";
import { KEPT_COMMANDS } from "../../machines/commands";
import { withMachine } from "../../machines/dial";
import { closeAll, PASSWORD, PIN, sshServer } from "../../machines/testing";
import { done } from "../../outcome";
import { surveyAgainMs } from "./back-off";
import { Surveyor } from "./surveyor";

afterEach(closeAll);

const SURVEY = (uptime: number, microseconds: number) =>
  `@@survey 1\n@@services\nup ${uptime}.00\nssh.service ${microseconds} 4096\n@@units\nanswered\n@@end\n`;

/** One connection to a host that answers each survey as it is told; `null` ends the shell. */
async function surveyed<T>(answers: (string | null)[], work: (surveyor: Surveyor, pass: (ms: number) => void) => Promise<T>) {
  let now = 0;
  const place = await sshServer({
    exec: ({ channel }) =>
      channel.on("data", () => {
        const answer = answers.shift();
        if (answer === null || answer === undefined) channel.end();
        else channel.write(answer);
      }),
  });
  const outcome = await withMachine(
    place,
    PIN,
    { kind: "password", user: "root", password: PASSWORD },
    async (machine) => done(await work(new Surveyor(machine, () => now), (ms) => void (now += ms))),
    { sessionMs: "kept" },
  );
  return { outcome, lines: place.lines };
}

it("are asked for again on the same connection after one that broke, and less often while they break", async () => {
  const { outcome, lines } = await surveyed([SURVEY(60, 0), null, null, SURVEY(300, 0)], async (surveyor, pass) => {
    const found: (string | null)[] = [];
    const look = async () => {
      const survey = await surveyor.look();
      found.push(survey === null ? null : survey.ok ? "ok" : survey.code);
    };
    await look();
    await look();
    await look();
    pass(surveyAgainMs(1));
    await look();
    pass(surveyAgainMs(1));
    await look();
    pass(surveyAgainMs(1));
    await look();
    return found;
  });
  expect(outcome).toEqual(done(["ok", "connection-lost", null, "connection-lost", null, "ok"]));
  expect(lines).toEqual(Array.from({ length: 3 }, () => KEPT_COMMANDS.survey.exec));
});

it("go on in the same shell after an answer that could not be read", async () => {
  const { outcome, lines } = await surveyed(["nonsense\n@@end\n", SURVEY(60, 0)], async (surveyor, pass) => {
    const first = await surveyor.look();
    pass(surveyAgainMs(1));
    const second = await surveyor.look();
    return [first?.ok, second?.ok];
  });
  expect(outcome).toEqual(done([false, true]));
  expect(lines).toHaveLength(1);
});

it("tell what a service used of a core since the one before", async () => {
  const { outcome } = await surveyed([SURVEY(60, 1_000_000), SURVEY(120, 31_000_000), SURVEY(180, 500_000)], async (surveyor) => {
    const shares = [];
    for (let count = 0; count < 3; count += 1) {
      const survey = await surveyor.look();
      shares.push(survey?.ok ? (survey.value.cpuShares?.["ssh.service"] ?? null) : survey);
    }
    return shares;
  });
  expect(outcome).toEqual(done([null, 0.5, null]));
});

it("tell nothing of now when they are old", async () => {
  const { outcome } = await surveyed([SURVEY(60, 0)], async (surveyor, pass) => {
    await surveyor.look();
    const fresh = surveyor.values(null).servicesDown;
    pass(181_000);
    return [fresh, surveyor.values(null).servicesDown];
  });
  expect(outcome).toEqual(done([0, null]));
});
