// The preview in a real browser, step by step as a clerk takes them. Run by run.sh.
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Workbook, launch, next, open, preview, ready, states } from "./kit.mjs";
import { faultless } from "./access.mjs";

const [program, root, out] = process.argv.slice(2);
const dir = mkdtempSync(join(tmpdir(), "huibao-e2e-"));
const step = (text) => console.log(`   ${text}`);

// A whole report from a workbook, with a template of its own that can be broken.
async function report(browser) {
  const data = join(dir, "数据.xlsx");
  cpSync(join(root, "samples/district-overview/2026.xlsx"), data);
  cpSync(join(root, "report-templates/district-overview"), join(dir, "模板"), { recursive: true });
  const server = await preview(program, root, [data, "-t", join(dir, "模板")]);
  const { page, context, noted } = await open(browser, server.url);
  assert(!page.url().includes("token"), "the token left the address");
  await ready(page);
  const pages = await page.locator(".page").count();
  assert.equal(pages, 12, "the report and its annexes");
  step("opened; page 1 is there");

  const book = new Workbook(data);
  const sheet = "综合指标";
  const address = book.find(sheet, 6);
  assert(address, "a cell to change");
  await page.evaluate(() => { document.getElementById("pages").scrollTop = 400; });
  let seen = await states(page);
  const before = new Set(noted.sheets);
  book.set(sheet, address, 719);
  book.save();
  await next(page, seen);
  const spot = page.locator('.spot[aria-label^="719，"]').first();
  await spot.waitFor({ state: "attached" });
  assert.equal(await page.evaluate(() => document.getElementById("pages").scrollTop), 400, "the place is kept");
  await page.waitForTimeout(300);
  const sent = new Set(noted.sheets.filter((url) => !before.has(url))).size;
  assert(sent > 0 && sent < 5, `${sent} of ${pages} pages were fetched again`);
  assert(await page.locator(".spot.changed").count() > 0, "the change is marked for a moment");
  step(`a cell changed in the workbook: the new figure is there, ${sent} of ${pages} pages were sent`);

  await spot.scrollIntoViewIfNeeded();
  await spot.hover();
  await page.locator("#origin").filter({ hasText: `数据.xlsx ${sheet}!${address} = 719` }).waitFor();
  step("hovered: its cell and raw value are told");
  await spot.click();
  assert(await page.locator(".spot.chosen").count() > 0, "choosing a figure highlights its places");
  await page.locator("#chosen .cells button").first().click();
  await page.locator("#chosen", { hasText: `${sheet}!${address} = 719` }).waitFor();
  await page.keyboard.press("Escape");
  assert.equal(await page.locator(".spot.chosen").count(), 0);
  if (out) await page.mouse.move(5, 400);

  await keyboard(page);
  await page.setViewportSize({ width: 1500, height: 950 });
  await faultless(page, "report");

  const template = join(dir, "模板/report.md.j2");
  const text = readFileSync(template, "utf8");
  seen = await states(page);
  writeFileSync(template, `${text}\n{{ 没有这个名字 }}\n`);
  await next(page, seen);
  await page.waitForSelector("#pages.stale");
  assert(await page.locator("#problems .error").count() > 0, "the mistake is told");
  assert(await page.locator("#banner").isVisible() && await page.locator("#pdf").isDisabled());
  assert.equal(await page.locator(".page").count(), pages, "the last good pages stay");
  await faultless(page, "mistake");
  if (out) await page.screenshot({ path: join(out, "mistake.png") });
  seen = await states(page);
  writeFileSync(template, text);
  await next(page, seen);
  await page.waitForSelector("#pages:not(.stale)");
  assert(await page.locator("#banner").isHidden());
  step("template broken: pages greyed under the problem; mended: cleared");

  for (const what of ["pdf", "docx", "trace", "form"]) {
    const [file] = await Promise.all([page.waitForEvent("download"), page.click(`#${what}`)]);
    const magic = readFileSync(await file.path()).subarray(0, 5).toString();
    assert(what === "pdf" ? magic === "%PDF-" : magic.startsWith("PK"), what);
    const extension = { pdf: "pdf", docx: "docx" }[what] || "xlsx";
    assert(file.suggestedFilename().endsWith(`.${extension}`), file.suggestedFilename());
    if (out && what === extension) await file.saveAs(join(out, `download.${extension}`));
  }
  step("PDF, DOCX, 核对表 and blank form downloaded");

  await dropped(page, context);
  assert.deepEqual(noted.faults, []);
  await context.close();
  server.child.kill();
}

// Tab reaches a figure, arrows go on, Enter chooses; keys zoom.
async function keyboard(page) {
  await page.locator("#pages").focus();
  await page.keyboard.press("Tab");
  const at = () => page.evaluate(() => document.activeElement.dataset.figure);
  const first = await at();
  assert(first !== undefined, "Tab reaches a figure");
  assert(await page.locator("#origin").isVisible(), "its origin is told on focus");
  await page.keyboard.press("ArrowRight");
  assert.notEqual(await at(), first);
  await page.keyboard.press("Enter");
  assert(await page.locator(".spot.chosen").count() > 0);
  await page.keyboard.press("Escape");
  await page.keyboard.press("+");
  assert.equal(await page.locator("#zoom").textContent(), "110%");
  await page.keyboard.press("0");
  assert.equal(await page.locator("#zoom").textContent(), "100%");
  step("keyboard: figures, choosing, zoom");
}

// A file dropped on the page gets a tab of its own and is forgotten with it.
async function dropped(page, context) {
  const text = readFileSync(join(root, "samples/work-report/2026.yaml"), "utf8")
    .replace(/^(\s*标题: ).*$/m, "$1<img src=x onerror=alert(1)>汇报");
  const transfer = await page.evaluateHandle((body) => {
    const data = new DataTransfer();
    data.items.add(new File([body], "另一份<b>.yaml"));
    return data;
  }, text);
  const opened = context.waitForEvent("page");
  await page.dispatchEvent("#pages", "drop", { dataTransfer: transfer });
  // Where the browser opens no tab by itself, a link is offered.
  const link = page.waitForSelector("#banner a", { timeout: 20000 }).then((found) => found.click()).catch(() => {});
  const tab = await opened;
  await ready(tab);
  assert(tab.url().includes("doc="), "it has an address of its own");
  assert((await tab.locator("#status").textContent()).includes("另一份<b>.yaml"), "names are text");
  assert.equal(await tab.locator("#title img, #status b, #panel img").count(), 0);
  const url = tab.url();
  await tab.reload();
  await ready(tab);
  await tab.close({ runBeforeUnload: false });
  step("a dropped file: a tab of its own, its texts are text");
  await page.waitForTimeout(11000);
  const again = await context.newPage();
  await again.goto(url);
  await again.locator(".empty").waitFor();
  await again.close();
  step("closed: the file is forgotten");
}

// One report for each record of a table: the unit is chosen on the page.
async function units(browser) {
  const server = await preview(program, root, [join(root, "samples/township-briefing/2026.xlsx"), "-t", "township-briefing"]);
  const { page, context, noted } = await open(browser, server.url);
  await ready(page);
  const title = () => page.locator("#title").textContent();
  const first = await title();
  let seen = await states(page);
  await page.click("#unit-next");
  await next(page, seen);
  const second = await title();
  assert.notEqual(second, first);
  assert(page.url().includes("unit="), "the choice stands in the address");
  seen = await states(page);
  await page.selectOption("#unit", { index: 4 });
  await next(page, seen);
  seen = await states(page);
  await page.goBack();
  await next(page, seen);
  assert.equal(await title(), second);
  await page.reload();
  await ready(page);
  assert.equal(await title(), second, "the address alone leads there");
  await faultless(page, "units");
  if (out) await page.screenshot({ path: join(out, "units.png") });
  const years = await page.locator("#year option").count();
  if (years > 1) {
    seen = await states(page);
    await page.selectOption("#year", { index: 0 });
    await next(page, seen);
    assert(page.url().includes("year="));
  }
  step("units: next, chosen, back; year; the address keeps them");
  assert.deepEqual(noted.faults, []);
  await context.close();
  server.child.kill();
}

// Without data: the page waits, gives a blank form, and takes it filled in.
async function empty(browser) {
  const server = await preview(program, root, []);
  const { page, context, noted } = await open(browser, server.url, { colorScheme: "dark" });
  await page.locator(".empty").waitFor();
  await faultless(page, "empty, dark");
  await page.selectOption(".empty select", "work-report");
  await page.fill(".empty input", "2026");
  const [form] = await Promise.all([page.waitForEvent("download"), page.click(".empty button:last-of-type")]);
  const path = join(dir, "填报表.xlsx");
  await form.saveAs(path);
  if (out) await page.screenshot({ path: join(out, "empty.png") });
  await page.setInputFiles("#file", path);
  await ready(page);
  assert(page.url().includes("doc="));
  assert(await page.locator(".spot.missing").count() > 0, "what is to be filled in is marked");
  assert(await page.locator("#missing button").count() > 0 && (await page.locator("#pdf").textContent()).includes("草稿"));
  await page.locator("#missing button").first().click();
  await faultless(page, "blank form, dark");
  if (out) await page.screenshot({ path: join(out, "blank.png") });
  step("empty page: blank form downloaded, opened, what is missing is marked");
  assert.deepEqual(noted.faults, []);
  await context.close();
  server.child.kill();
}

const browser = await launch();
try {
  await report(browser);
  await units(browser);
  await empty(browser);
  console.log("preview: all steps passed");
} finally {
  await browser.close();
}
process.exit(0);
