// What the steps share: the program, the browser, workbooks whose cells change.
import { chromium } from "playwright-core";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { spawn } from "node:child_process";
import { readFileSync, renameSync, writeFileSync } from "node:fs";

export const launch = () => chromium.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

// A running preview, or desk; `url` carries the token.
export const preview = (program, root, args) => serving(program, root, ["preview", ...args]);
export const desk = (program, root, dir) => serving(program, root, ["desk", dir]);
async function serving(program, root, args) {
  const child = spawn(program, [...args, "--port", "0", "--no-open"],
    { env: { ...process.env, HUIBAO_HOME: root }, stdio: ["ignore", "pipe", "inherit"] });
  const url = await new Promise((done, fail) => {
    child.stdout.once("data", (line) => done(String(line).trim()));
    child.once("exit", () => fail(new Error("the program ended")));
  });
  return { child, url, origin: new URL(url).origin };
}

// A page that notes every fault and every picture that it fetches.
export async function open(browser, url, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1500, height: 950 }, locale: "zh-CN", ...options });
  // PAGE names a folder: the page as it is being edited, without building the program anew.
  if (process.env.PAGE) {
    await context.route(/\/(\w+\.(js|css))?(\?.*)?$/, (route, request) => {
      const path = new URL(request.url()).pathname.slice(1) || "index.html";
      return request.url().includes("token=") ? route.continue() : route.fulfill({ path: `${process.env.PAGE}/${path}` });
    });
  }
  const page = await context.newPage();
  const noted = { faults: [], sheets: [] };
  context.on("page", (other) => listen(other, noted));
  listen(page, noted);
  await page.goto(url);
  return { page, context, noted };
}

function listen(page, noted) {
  page.on("pageerror", (error) => noted.faults.push(String(error)));
  page.on("console", (line) => line.type() === "error" && noted.faults.push(line.text()));
  page.on("request", (request) => request.url().includes("/sheet?") && noted.sheets.push(request.url()));
}

// Pages are there and their pictures are drawn.
export async function ready(page) {
  await page.waitForSelector(".page img[src]", { timeout: 60000 });
  await page.waitForFunction(() => document.querySelector(".page img").naturalWidth > 0);
}

// The number of states that the page has been told, and waiting for the next one.
export const states = (page) => page.evaluate(() => Number(document.body.dataset.state || 0));
export const next = (page, seen) =>
  page.waitForFunction((n) => Number(document.body.dataset.state || 0) > n, seen, { timeout: 30000 });

// A cell of a workbook: its sheet by name and its address.
export class Workbook {
  constructor(path) {
    this.path = path;
    this.parts = unzipSync(readFileSync(path));
    const book = strFromU8(this.parts["xl/workbook.xml"]);
    this.sheets = [...book.matchAll(/<sheet [^>]*?name="([^"]+)"/g)].map((m) => m[1]);
  }

  part(sheet) {
    return `xl/worksheets/sheet${this.sheets.indexOf(sheet) + 1}.xml`;
  }

  // The first cell of a sheet that holds this number: its address.
  find(sheet, number) {
    const cell = new RegExp(`<c r="([A-Z]+\\d+)"[^>]*><v>${number}</v></c>`).exec(strFromU8(this.parts[this.part(sheet)]));
    return cell && cell[1];
  }

  set(sheet, address, value) {
    const part = this.part(sheet);
    const text = strFromU8(this.parts[part]);
    const cell = new RegExp(`<c r="${address}"([^>]*?)(/>|>.*?</c>)`);
    if (!cell.test(text)) throw new Error(`no cell ${address} in ${sheet}`);
    const number = typeof value === "number";
    this.parts[part] = strToU8(text.replace(cell, (_, attributes) => {
      const style = attributes.replace(/ t="[^"]*"/, "");
      return number ? `<c r="${address}"${style}><v>${value}</v></c>`
        : `<c r="${address}"${style} t="inlineStr"><is><t>${value}</t></is></c>`;
    }));
  }

  // As office programs do it: a new file beside it, then renamed.
  save() {
    writeFileSync(`${this.path}.tmp`, zipSync(this.parts));
    renameSync(`${this.path}.tmp`, this.path);
  }
}
