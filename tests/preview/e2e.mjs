// The preview in a real browser: open, change a figure, read its cell, break and mend the
// template, drop a file, download. Run by run.sh.
import { chromium } from "playwright-core";
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import assert from "node:assert/strict";

const [huibao, root] = process.argv.slice(2);
const dir = mkdtempSync(join(tmpdir(), "huibao-e2e-"));
const data = join(dir, "数据.yaml");
cpSync(join(root, "report-templates/district-overview"), join(dir, "模板"), { recursive: true });
const text = readFileSync(join(root, "samples/district-overview/2026.yaml"), "utf8");
writeFileSync(data, text);

const server = spawn(huibao, ["preview", data, "-t", join(dir, "模板"), "--port", "0", "--no-open"],
  { env: { ...process.env, HUIBAO_HOME: root } });
const url = await new Promise((done) => server.stdout.once("data", (line) => done(String(line).trim())));
const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
try {
  const page = await (await browser.newContext({ viewport: { width: 1500, height: 950 } })).newPage();
  const faults = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (line) => line.type() === "error" && faults.push(line.text()));
  await page.goto(url);
  assert(!page.url().includes("token"), "the token left the address");
  await page.waitForSelector(".page img[src]", { timeout: 60000 });
  await page.waitForFunction(() => document.querySelector(".page img").naturalWidth > 0);

  const spots = (value) => page.locator(`.spot[aria-label^="${value}，"]`);
  writeFileSync(data, text.replace("检查次数: 6", "检查次数: 719"));
  await spots(719).first().waitFor({ timeout: 30000 });
  await spots(719).first().hover();
  await page.locator("#origin").filter({ hasText: "= 719" }).waitFor();
  await page.locator("#figures button", { hasText: "719" }).first().focus();
  await page.keyboard.press("Enter");
  assert(await page.locator(".spot.chosen").count() > 0, "choosing a figure highlights it");
  if (process.env.SCREENSHOT) await page.screenshot({ path: process.env.SCREENSHOT });

  const template = join(dir, "模板/report.md.j2");
  const report = readFileSync(template, "utf8");
  writeFileSync(template, report + "\n{{ 没有这个名字 }}\n");
  await page.waitForSelector("#pages.stale", { timeout: 30000 });
  assert(await page.locator("#problems .error").count() > 0, "the mistake is told");
  assert(await page.locator(".page").count() > 0, "the last good pages stay");
  writeFileSync(template, report);
  await page.waitForSelector("#pages:not(.stale)", { timeout: 30000 });

  const [file] = await Promise.all([page.waitForEvent("download"), page.click("#pdf")]);
  assert.equal(readFileSync(await file.path()).subarray(0, 5).toString(), "%PDF-");

  const [tab] = await Promise.all([
    page.context().waitForEvent("page"),
    page.setInputFiles("#file", { name: "另一份.yaml", mimeType: "text/yaml", buffer: Buffer.from(text) }),
  ]);
  await tab.waitForSelector(".page img[src]", { timeout: 30000 });
  assert(tab.url().includes("doc="), "an upload has a tab of its own");
  assert.deepEqual(faults, []);
  console.log("preview: all steps passed");
} finally {
  await browser.close();
  server.kill();
}
