/** Parts that real servers of a cloud region are made of, with the identifiers of the public PCI and CPU databases. */

export type CpuModel = { name: string; coresPerSocket: number; flags: string };

const COMMON_FLAGS =
  "fpu vme de pse tsc msr pae mce cx8 apic sep mtrr pge mca cmov pat pse36 clflush mmx fxsr sse sse2 ht syscall nx pdpe1gb rdtscp lm " +
  "constant_tsc rep_good nopl nonstop_tsc cpuid pni pclmulqdq monitor ssse3 fma cx16 pcid sse4_1 sse4_2 x2apic movbe popcnt aes xsave avx " +
  "f16c rdrand lahf_lm abm 3dnowprefetch fsgsbase bmi1 avx2 smep bmi2 erms invpcid rdseed adx smap clflushopt clwb sha_ni xsaveopt xsavec";
const AMD_FLAGS = `${COMMON_FLAGS} svm extapic sse4a misalignsse perfctr_core npt lbrv svm_lock nrip_save vmcb_clean flushbyasid avic sev sev_es`;
const INTEL_FLAGS = `${COMMON_FLAGS} vmx dtes64 ds_cpl smx est tm2 xtpr pdcm dca tpr_shadow flexpriority ept vpid avx512f avx512dq avx512bw`;

export const CPUS = {
  milan: { name: "AMD EPYC 7543 32-Core Processor", coresPerSocket: 32, flags: AMD_FLAGS },
  genoa: { name: "AMD EPYC 9334 32-Core Processor", coresPerSocket: 32, flags: `${AMD_FLAGS} avx512f avx512_bf16` },
  icelake: { name: "Intel(R) Xeon(R) Gold 6338 CPU @ 2.00GHz", coresPerSocket: 32, flags: INTEL_FLAGS },
  silver: { name: "Intel(R) Xeon(R) Silver 4314 CPU @ 2.40GHz", coresPerSocket: 16, flags: INTEL_FLAGS },
  atom: { name: "Intel(R) Xeon(R) D-1521 CPU @ 2.40GHz", coresPerSocket: 4, flags: INTEL_FLAGS },
  /** A server whose firmware has virtualisation switched off: the flag is not there. */
  locked: { name: "Intel(R) Xeon(R) Gold 6338 CPU @ 2.00GHz", coresPerSocket: 32, flags: COMMON_FLAGS },
} as const satisfies Record<string, CpuModel>;

export type Card = {
  classId: string;
  className: string;
  vendorId: string;
  vendor: string;
  deviceId: string;
  device: string;
  driver: string | null;
  /** The board that the chip sits on, where its maker names it. */
  board?: string;
};

const ETHERNET = { classId: "0200", className: "Ethernet controller" };
const NVME = { classId: "0108", className: "Non-Volatile memory controller", driver: "nvme" };
const GPU = { classId: "0302", className: "3D controller", vendorId: "10de", vendor: "NVIDIA Corporation" };
const MELLANOX = { ...ETHERNET, vendorId: "15b3", vendor: "Mellanox Technologies", driver: "mlx5_core" };

export const CARDS = {
  rootAmd: {
    classId: "0600",
    className: "Host bridge",
    vendorId: "1022",
    vendor: "Advanced Micro Devices, Inc. [AMD]",
    deviceId: "1480",
    device: "Starship/Matisse Root Complex",
    driver: null,
  },
  rootIntel: {
    classId: "0880",
    className: "System peripheral",
    vendorId: "8086",
    vendor: "Intel Corporation",
    deviceId: "09a2",
    device: "Ice Lake Memory Map/VT-d",
    driver: null,
  },
  i350: {
    ...ETHERNET,
    vendorId: "8086",
    vendor: "Intel Corporation",
    deviceId: "1521",
    device: "I350 Gigabit Network Connection",
    driver: "igb",
  },
  bcm5720: {
    ...ETHERNET,
    vendorId: "14e4",
    vendor: "Broadcom Inc. and subsidiaries",
    deviceId: "165f",
    device: "NetXtreme BCM5720 Gigabit Ethernet PCIe",
    driver: "tg3",
  },
  connectX5: {
    ...MELLANOX,
    deviceId: "1017",
    device: "MT27800 Family [ConnectX-5]",
    board: "ConnectX-5 EN network interface card, 25GbE dual-port SFP28",
  },
  connectX6: {
    ...MELLANOX,
    deviceId: "101d",
    device: "MT2892 Family [ConnectX-6 Dx]",
    board: "ConnectX-6 Dx EN adapter card, 100GbE dual-port QSFP56",
  },
  pm9a3: {
    ...NVME,
    vendorId: "144d",
    vendor: "Samsung Electronics Co Ltd",
    deviceId: "a80a",
    device: "NVMe SSD Controller PM9A1/PM9A3/980PRO",
  },
  micron7450: { ...NVME, vendorId: "1344", vendor: "Micron Technology Inc", deviceId: "51c3", device: "7450 PRO NVMe SSD" },
  l40s: { ...GPU, deviceId: "26b9", device: "AD102GL [L40S]", driver: "vfio-pci" },
  a100: { ...GPU, deviceId: "20b5", device: "GA100 [A100 PCIe 80GB]", driver: "vfio-pci" },
  aspeed: {
    classId: "0300",
    className: "VGA compatible controller",
    vendorId: "1a03",
    vendor: "ASPEED Technology, Inc.",
    deviceId: "2000",
    device: "ASPEED Graphics Family",
    driver: "ast",
  },
} as const satisfies Record<string, Card>;

export type CardName = keyof typeof CARDS;

export type Disk = { model: string; sizeBytes: number; type: "nvme" | "ssd" | "hdd"; card: CardName | null; serialPrefix: string };

export const DISKS = {
  pm9a3: { model: "SAMSUNG MZQL23T8HCLS-00A07", sizeBytes: 3_840_755_982_336, type: "nvme", card: "pm9a3", serialPrefix: "S64HNE0T" },
  micron: { model: "Micron_7450_MTFDKCC3T8TFR", sizeBytes: 3_840_755_982_336, type: "nvme", card: "micron7450", serialPrefix: "2238" },
  boot: { model: "INTEL SSDSC2KG480G8", sizeBytes: 480_103_981_056, type: "ssd", card: null, serialPrefix: "PHYG" },
  exos: { model: "ST18000NM000J-2TV103", sizeBytes: 18_000_207_937_536, type: "hdd", card: null, serialPrefix: "ZR5" },
} as const satisfies Record<string, Disk>;

export const BOARDS = {
  supermicro: { vendor: "Supermicro", product: "AS -2124US-TNRP" },
  dell: { vendor: "Dell Inc.", product: "PowerEdge R7525" },
  hpe: { vendor: "HPE", product: "ProLiant DL380 Gen10 Plus" },
  gigabyte: { vendor: "GIGABYTE", product: "G292-Z20-00" },
} as const;

export const SYSTEMS = {
  debian: { id: "debian", name: "Debian GNU/Linux 13 (trixie)", version: "13", kernel: "6.12.48+deb13-amd64", architecture: "x86_64" },
  ubuntu: { id: "ubuntu", name: "Ubuntu 26.04 LTS", version: "26.04", kernel: "7.0.0-14-generic", architecture: "x86_64" },
  /** Too old for what the region needs. */
  rocky8: {
    id: "rocky",
    name: "Rocky Linux 8.10 (Green Obsidian)",
    version: "8.10",
    kernel: "4.18.0-553.el8_10.x86_64",
    architecture: "x86_64",
  },
} as const;
