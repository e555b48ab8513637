/**
 * Simulated hosts for the benchmark: one process, one port, every address 127.x.y.z. Real SSH with one host key; whoever has a key is let
 * in. On the channel that stays it answers what a host with two cards and four disks does. Says its port when it listens.
 */
import { createServer } from "node:net";
import ssh2 from "ssh2";

const { HOST_KEY, SAMPLE, SURVEY } = process.env;
const BOOT = "45e5673d-c276-441d-a9f8-65a1e74f383b";
const noise = () => Math.random();

function sampleOf(host) {
  const now = performance.now() / 1000;
  const seconds = now - host.at;
  host.at = now;
  host.busy += seconds * 6400 * (0.2 + 0.3 * noise());
  host.idle += seconds * 6400 * 0.6;
  host.bytes += seconds * 1e8 * noise();
  host.sectors += seconds * 1e5 * noise();
  const [busy, idle, bytes, sectors] = [host.busy, host.idle, host.bytes, host.sectors].map(Math.floor);
  const disks = [0, 1, 2, 3].map((disk) => `d nvme${disk}n1 ${sectors + disk} ${sectors >> 1} ${sectors >> 6}`).join("\n");
  return `@@sample 1\nt ${(now + 1e5).toFixed(2)}\nb ${BOOT}\nc ${busy} 0 0 ${idle} 0 0 0 0 0 0\nm 527433728 ${Math.floor(3e8 + 1e7 * noise())}
l ${(3 + noise()).toFixed(2)}\nn ens1f0 ${bytes} ${bytes >> 1} 1\nn ens1f1 ${bytes} ${bytes >> 1} 1\n${disks}\n@@end\n`;
}

const LINKS = ["ens1f0", "ens1f1"].map((name) => `link ${name} 1`).join("\n");
const DISKS = [0, 1, 2, 3].map((disk) => `smart nvme${disk}n1 0\nstate nvme${disk}n1 live`).join("\n");
const POOLS = `md Personalities : [raid1]\nmd md0 : active raid1 sdb2[1] sda2[0]\nmd       60817408 blocks super 1.2 [2/2] [UU]\nlibvirt  images   active   yes`;
const SERVICES = Array.from({ length: 30 }, (_, index) => `service-${index}.service ${index * 1e6} ${index * 1e6}`).join("\n");
const UNITS = Array.from({ length: 60 }, (_, index) => `service-${index}.service loaded active ${index < 30 ? "running" : "exited"}`).join(
  "\n",
);
const surveyed = () => `@@survey 1\n@@partitions\nmount ext4 / /dev/md0\nFilesystem 1024-blocks Used Available Capacity Mounted on
/dev/md0 60817408 12000000 45776538 21% /\n@@services\nup ${(performance.now() / 1000 + 1e5).toFixed(2)}\n${SERVICES}\n@@units\n${UNITS}\nanswered\n@@links\n${LINKS}\n@@disks\n${DISKS}\n@@pools\n${POOLS}\n@@vms\n@@end\n`;

createServer({ noDelay: true }, (socket) => {
  socket.on("error", () => undefined);
  const host = { at: performance.now() / 1000, busy: 1e6, idle: 1e6, bytes: 1e9, sectors: 1e6 };
  const server = new ssh2.Server({ hostKeys: [HOST_KEY], ident: "OpenSSH_10.0p2 Debian-7" }, (connection) => {
    connection.on("error", () => undefined);
    connection.on("authentication", (attempt) => (attempt.method === "publickey" ? attempt.accept() : attempt.reject(["publickey"])));
    connection.on("session", (accept) =>
      accept().on("exec", (acceptExec, reject, { command }) => {
        if (command !== SAMPLE && command !== SURVEY) return reject();
        const channel = acceptExec();
        channel.on("error", () => undefined);
        channel.on("data", () => channel.write(command === SAMPLE ? sampleOf(host) : surveyed()));
      }),
    );
  });
  server.injectSocket(socket);
}).listen(0, "0.0.0.0", 4096, function listening() {
  console.log(this.address().port);
});
process.on("disconnect", () => process.exit());
