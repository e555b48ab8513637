/** What tests of the wall share: links as an administrator makes them, and what is seen on a screen. */
import type { BrowserContext, Page } from "@playwright/test";
import { FIELDS } from "@/lib/messages/mission";
import { WALL, WALL_GROUPS, WALL_LINKS } from "@/lib/messages/wall";
import { dialog, live } from "./console";

export const SCREEN = { width: 1920, height: 1080 };

/** In the settings, as an administrator does. Returns the address, which stands there once. */
export async function makeLink(page: Page, name: string, view: string = WALL_LINKS.allNodes, networks = ""): Promise<string> {
  await page.goto("/settings/wall");
  await live(page);
  await page.getByRole("button", { name: WALL_LINKS.make }).click();
  const make = dialog(page, WALL_LINKS.make);
  await make.getByLabel(WALL_LINKS.view).selectOption({ label: view });
  await make.getByLabel(WALL_LINKS.networks).fill(networks);
  return nameLink(page, name);
}

/** In the dialog that asks for its name. */
export async function nameLink(page: Page, name: string): Promise<string> {
  const make = dialog(page, WALL_LINKS.make);
  await make.getByLabel(FIELDS.name).fill(name);
  await make.getByRole("button", { name: "Make" }).click();
  const made = dialog(page, WALL_LINKS.made(name));
  const address = await made.getByText(/\/wall#/).innerText();
  await made.getByRole("button", { name: "Close", exact: true }).last().click();
  return address;
}

/** RGBA of what is seen, read in a page that forbids nothing. */
export async function pixelsOf(context: BrowserContext, png: Buffer): Promise<{ width: number; height: number; data: Uint8Array }> {
  const page = await context.newPage();
  const { width, height, base64 } = await page.evaluate(async (source) => {
    const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${source}`)).blob());
    const paper = new OffscreenCanvas(image.width, image.height).getContext("2d");
    paper?.drawImage(image, 0, 0);
    const reader = new FileReader();
    const read = new Promise((resolve) => reader.addEventListener("load", resolve));
    reader.readAsDataURL(new Blob([paper?.getImageData(0, 0, image.width, image.height).data ?? ""]));
    await read;
    return { width: image.width, height: image.height, base64: String(reader.result).split(",")[1] ?? "" };
  }, png.toString("base64"));
  await page.close();
  return { width, height, data: Uint8Array.from(Buffer.from(base64, "base64")) };
}

export const picture = (page: Page) => page.getByRole("region", { name: WALL.picture });
export const attention = (page: Page) => page.getByRole("region", { name: WALL.attention });
export const count = (page: Page, group: keyof typeof WALL_GROUPS) =>
  page.getByRole("list", { name: WALL.counts }).getByRole("listitem").filter({ hasText: WALL_GROUPS[group] });
