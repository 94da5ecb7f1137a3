// The desk in a real browser: each door from a folder without anything to a finished file, with mistakes
// on the way. Run by run.sh.
import assert from "node:assert/strict";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { Workbook, desk, launch, open, ready } from "./kit.mjs";
import { faultless } from "./access.mjs";

const [program, root, out] = process.argv.slice(2);
const step = (text) => console.log(`   ${text}`);
const folder = () => mkdtempSync(join(tmpdir(), "huibao-desk-"));
const sizes = [[1366, 768], [1024, 768]];

// A picture of the page at each size, with nothing cut off at its right.
async function picture(page, name) {
  for (const [width, height] of sizes) {
    await page.setViewportSize({ width, height });
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert(over <= 0, `${name} at ${width}: ${over} px too wide`);
    if (out) await page.screenshot({ path: join(out, `desk-${name}-${width}.png`) });
  }
  await page.setViewportSize({ width: 683, height: 384 });
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert(over <= 0, `${name} at 200%: ${over} px too wide`);
  await page.setViewportSize({ width: 1366, height: 768 });
  await faultless(page, `desk ${name}`);
  const words = await page.evaluate(() => document.body.innerText);
  assert(!/(^|\s)-t\b|template\.yaml|undefined|\bnull\b|NaN/.test(words), `${name}: words of a machine`);
}

const at = async (page, path) => {
  await page.goto(new URL(path, page.url()).href);
  await page.waitForFunction(() => document.body.dataset.ready);
};
const counted = (page, what, n) => page.waitForFunction(([key, least]) => Number(document.body.dataset[key] || 0) >= least, [what, n], { timeout: 60000 });
async function downloaded(page, link) {
  const [file] = await Promise.all([page.waitForEvent("download"), link.click()]);
  return readFileSync(await file.path());
}

// 填表 and 看稿: an empty folder, a form, filled in wrongly and rightly, the report beside it.
async function fill(browser) {
  const dir = folder();
  const server = await desk(program, root, dir);
  const { page, context, noted } = await open(browser, server.url, { viewport: { width: 1366, height: 768 } });
  await page.waitForFunction(() => document.body.dataset.ready);
  assert(!page.url().includes("token"));
  await picture(page, "empty");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.className), "skip", "the keyboard goes past the bar");
  await page.click("#cards .main");
  await page.waitForFunction(() => document.body.dataset.ready);
  await page.selectOption("#template", "work-report");
  await page.fill("#year", "2026");
  await picture(page, "fill");
  await page.click("#make");
  await page.locator("#result .main").waitFor();
  const [form] = readdirSync(dir).filter((name) => name.endsWith(".xlsx"));
  assert(form.includes("2026年") && form.endsWith("填报表.xlsx"), form);
  await picture(page, "filled");
  step(`填表: ${form}`);
  await page.click("#result .main");
  await ready(page);
  assert(await page.locator("#missing .row").count() > 0, "what is to be filled in is listed");
  // One blank is filled in on the page: it goes into its cell, and the file as it was is kept.
  const blanks = await page.locator("#missing .row").count();
  const field = page.locator("#missing .enter input").first();
  const name = /“(.*)”/.exec(await field.getAttribute("aria-label"))[1];
  await field.fill("全民<阅读>");
  await field.press("Enter");
  await page.waitForFunction((n) => document.querySelectorAll("#missing .row").length < n, blanks, { timeout: 30000 });
  assert(existsSync(join(dir, "备份", form)));
  await faultless(page, "desk report");
  if (out) await page.screenshot({ path: join(out, "desk-report-1366.png") });
  step(`看稿: ${name} typed on the page is in the workbook`);
  // What the clerk types, by hand elsewhere: the sample's own workbook in its place.
  cpSync(join(root, "samples/work-report/2026.xlsx"), join(dir, form));
  await page.waitForFunction(() => document.querySelectorAll("#missing .row").length === 0, null, { timeout: 30000 });
  step("the form was filled in: the page followed");
  await page.click("#keep");
  await page.waitForFunction(() => document.getElementById("status").textContent.includes("已存到文件夹"));
  const made = readdirSync(dir).filter((name) => /\.(pdf|docx)$/.test(name));
  assert.equal(made.length, 2, made.join());
  const docx = join(dir, made.find((name) => name.endsWith(".docx")));
  writeFileSync(docx, "改过");
  await page.click("#keep");
  await page.waitForFunction(() => document.getElementById("status").textContent.includes("没有覆盖"));
  assert.equal(readFileSync(docx, "utf8"), "改过", "an edited file stays");
  assert(readdirSync(dir).some((name) => name.endsWith("（新）.docx")));
  step("看稿: saved beside the data; an edited file stayed");
  await page.click("#home");
  await page.locator(".pill.ready").waitFor();
  assert(await page.locator("#reports li").count() >= 3);
  await picture(page, "start");

  // This year's from last year's, and never over a form that was filled in.
  await at(page, "/fill");
  await page.selectOption("#from", form);
  await page.waitForFunction(() => document.getElementById("year").value === "2027");
  await page.click("#make");
  await page.locator("#result .main").waitFor();
  assert(readdirSync(dir).some((name) => name.startsWith("2027年") && name.endsWith(".xlsx")));
  await page.selectOption("#from", "");
  await page.selectOption("#template", "work-report");
  await page.fill("#year", "2026");
  await page.click("#make");
  await page.locator("#result", { hasText: "没有覆盖" }).waitFor();
  step("填表: next year's from this year's; a filled form stayed");
  assert.deepEqual(noted.faults, []);
  await context.close();
  server.child.kill();
}

// 批量: a report for each unit; one is wrong, mended, made; the archive.
async function batch(browser) {
  const dir = folder();
  const data = join(dir, "2026.xlsx");
  cpSync(join(root, "samples/township-briefing/2026.xlsx"), data);
  const book = new Workbook(data);
  const sheet = book.sheets.find((name) => book.find(name, 125));
  const cell = book.find(sheet, 125);
  book.set(sheet, cell, "一百多");
  book.save();
  const server = await desk(program, root, dir);
  const { page, context, noted } = await open(browser, server.url, { viewport: { width: 1366, height: 768 } });
  await page.waitForFunction(() => document.body.dataset.ready);
  await page.locator("#cards a", { hasText: "批量（17份）" }).click();
  await counted(page, "tables", 1);
  await picture(page, "batch");
  await page.click("#start");
  await counted(page, "runs", 1);
  const failed = page.locator("#lines .pill.wrong");
  assert(await failed.count() >= 1, "the unit with the wrong cell failed");
  assert((await page.locator("#lines tr").first().textContent()).includes(cell), "its cell is told");
  await picture(page, "batched");
  step("批量: one unit wrong, its cell told");
  book.set(sheet, cell, 125);
  book.save();
  await page.waitForTimeout(300);
  await page.click("#start");
  await counted(page, "runs", 2);
  assert.equal(await failed.count(), 0);
  const zip = await downloaded(page, page.locator("#summary a", { hasText: "全部报告.zip" }));
  assert.equal(Object.keys(unzipSync(zip)).filter((name) => name.endsWith(".pdf")).length, 17);
  const [look] = await Promise.all([context.waitForEvent("page"), page.locator("#lines tr", { hasText: "石桥镇" }).locator("a").first().click()]);
  await ready(look);
  assert((await look.locator("#title").textContent()).includes("石桥镇"));
  await look.close();
  step("批量: mended, made again, 17 in the archive; one looked at");
  // Stopped, and gone on with.
  await page.evaluate(() => document.getElementById("bind").click());
  await page.click("#start");
  await counted(page, "runs", 3);
  assert(existsSync(join(dir, readdirSync(dir).find((name) => name.startsWith("2026_各")), "合订本.pdf")), "bound");
  assert.deepEqual(noted.faults, []);
  await context.close();
  server.child.kill();
}

// 收表: forms that come one after the other, one of them wrong.
async function gather(browser) {
  const dir = folder();
  const server = await desk(program, root, dir);
  const { page, context, noted } = await open(browser, server.url, { viewport: { width: 1366, height: 768 } });
  await at(page, "/fill");
  await page.selectOption("#template", "work-report");
  await page.fill("#year", "2026");
  await page.click("#make");
  await page.locator("#result .main").waitFor();
  mkdirSync(join(dir, "交来"));
  const form = readdirSync(dir).find((name) => name.endsWith("填报表.xlsx"));
  cpSync(join(root, "samples/work-report/2026.xlsx"), join(dir, "交来/甲镇.xlsx"));
  cpSync(join(dir, form), join(dir, "交来/乙镇.xlsx"));
  await at(page, "/gather");
  await page.selectOption("#template", "work-report");
  await picture(page, "gather");
  await page.click("#make");
  await counted(page, "gathered", 1);
  assert(existsSync(join(dir, "交来汇总.xlsx")));
  assert(await page.locator("#result tbody tr").count() >= 1);
  await picture(page, "gathered");
  const before = await page.locator("#result h2").first().textContent();
  cpSync(join(root, "samples/work-report/2026.xlsx"), join(dir, "交来/丙镇.xlsx"));
  await counted(page, "gathered", 2);
  assert.notEqual(await page.locator("#result h2").first().textContent(), before, "a new form is seen");
  const book = await downloaded(page, page.locator("#result a", { hasText: "下载汇总表" }));
  assert.equal(book.subarray(0, 2).toString(), "PK");
  step("收表: collected, a new form seen by itself, the workbook downloaded");
  assert.deepEqual(noted.faults, []);
  await context.close();
  server.child.kill();
}

// 核对: what is wrong with its sentence, gone when it is mended; the marked copy in the folder.
async function check(browser) {
  const dir = folder();
  const data = join(dir, "数据<b>.xlsx");
  cpSync(join(root, "samples/district-overview/2026.xlsx"), data);
  const server = await desk(program, root, dir);
  const { page, context, noted } = await open(browser, server.url, { viewport: { width: 1366, height: 768 } });
  await at(page, "/check");
  await counted(page, "views", 1);
  const book = new Workbook(data);
  const address = book.find("综合指标", 6);
  book.set("综合指标", address, "不详");
  book.save();
  await counted(page, "views", 2);
  assert(await page.locator(".finding.error").count() > 0);
  assert((await page.locator("#findings").textContent()).includes(address));
  await picture(page, "check");
  book.set("综合指标", address, 6);
  book.save();
  await counted(page, "views", 3);
  assert.equal(await page.locator(".finding.error").count(), 0);
  await page.waitForFunction(() => document.querySelectorAll("#sentences li").length > 10);
  const boxes = page.locator("#sentences input");
  const all = await boxes.count();
  await page.fill("#who", "科员甲");
  await boxes.nth(0).focus();
  await page.keyboard.press("Space");
  await boxes.nth(1).check();
  await page.locator("#ticked", { hasText: `已核对 2 / ${all} 句` }).waitFor();
  await picture(page, "proof");
  // A figure of the first sentence changes: it is to be looked at again, the second is not.
  const views = Number(await page.evaluate(() => document.body.dataset.proofs));
  const [, place] = /!([A-Z]+\d+) = (\d+)/.exec(await page.locator("#sentences li").first().locator(".soft").first().textContent()) || [];
  const where = /([^ ]+)!/.exec(await page.locator("#sentences li").first().locator(".soft").first().textContent())[1];
  if (place && book.sheets.includes(where)) {
    book.set(where, place, 21);
    book.save();
    await counted(page, "proofs", views + 1);
    await page.locator("#ticked", { hasText: "已核对 1 /" }).waitFor();
  }
  await page.reload();
  await page.locator("#sentences li.ticked").first().waitFor();
  await page.click("#export");
  await page.locator("#status", { hasText: "核对记录.xlsx" }).waitFor();
  assert(existsSync(join(dir, "数据<b>_核对记录.xlsx")));
  step(`核对: sentence by sentence (${all}); what changed is open again`);
  await page.locator(".take[data-what=marked]").click();
  await page.locator("#status", { hasText: "已存到文件夹" }).waitFor();
  assert(existsSync(join(dir, "数据<b>（批注）.xlsx")));
  assert.equal(await page.locator("b:not(.brand)", { hasText: "（批注）" }).count(), 0, "names are text");
  step("核对: told with its cell, mended and gone; the marked copy is in the folder");
  assert.deepEqual(noted.faults, []);
  await context.close();
  server.child.kill();
}

// 改稿: a saved report is edited in Word, the data change, new figures go into a copy.
async function edited(browser) {
  const dir = folder();
  const data = join(dir, "数据.xlsx");
  cpSync(join(root, "samples/district-overview/2026.xlsx"), data);
  const server = await desk(program, root, dir);
  const { page, context, noted } = await open(browser, server.url, { viewport: { width: 1366, height: 768 } });
  await at(page, "/edited");
  assert(await page.locator("#compare").isDisabled(), "there is no report yet");
  await page.goto(new URL("/report?file=数据.xlsx", page.url()).href);
  await ready(page);
  await page.click("#keep");
  await page.waitForFunction(() => document.getElementById("status").textContent.includes("已存到文件夹"));
  const report = readdirSync(dir).find((name) => name.endsWith(".docx"));
  const parts = unzipSync(readFileSync(join(dir, report)));
  const text = strFromU8(parts["word/document.xml"]);
  const mine = text.replace("汇报如下", "报告如下");
  assert.notEqual(mine, text);
  parts["word/document.xml"] = strToU8(mine);
  writeFileSync(join(dir, report), zipSync(parts));
  const book = new Workbook(data);
  book.set("综合指标", book.find("综合指标", 6), 8);
  book.save();
  await at(page, `/edited?report=${encodeURIComponent(report)}`);
  await page.focus("#compare");
  await page.keyboard.press("Enter");
  await counted(page, "compared", 1);
  assert(await page.locator("#result .pill.ready").count() >= 1, "a figure is to be renewed");
  await picture(page, "edited");
  await page.click("#renew");
  await page.locator("#done", { hasText: "手工改的都没有动" }).waitFor();
  const renewed = readdirSync(dir).find((name) => name.endsWith("（更新）.docx"));
  assert(strFromU8(unzipSync(readFileSync(join(dir, renewed)))["word/document.xml"]).includes("报告如下"), "the edit stays");
  step("改稿: held against the data; figures renewed in a copy, the edit stayed");
  assert.deepEqual(noted.faults, []);
  await context.close();
  server.child.kill();
}

// 学模板: last year's report, made here, becomes a template that a report is looked at with.
async function learned(browser) {
  const dir = folder();
  cpSync(join(root, "samples/work-report/2026.xlsx"), join(dir, "数据.xlsx"));
  const server = await desk(program, root, dir);
  const { page, context, noted } = await open(browser, server.url, { viewport: { width: 1366, height: 768 } });
  await at(page, "/learn");
  assert(await page.locator("#learn").isDisabled(), "there is no report yet");
  await page.goto(new URL("/report?file=数据.xlsx", page.url()).href);
  await ready(page);
  await page.click("#keep");
  await page.waitForFunction(() => document.getElementById("status").textContent.includes("已存到文件夹"));
  await at(page, "/learn");
  await page.click("#learn");
  await counted(page, "learned", 1);
  assert(await page.locator("#result .pill.ready").count() > 3, "figures are led back to their cells");
  assert(readdirSync(dir).some((name) => name.endsWith("_模板.docx")));
  await picture(page, "learn");
  await page.click("#result .main");
  await ready(page);
  step("学模板: learned, and a report looked at with it");
  assert.deepEqual(noted.faults, []);
  await context.close();
  server.child.kill();
}

// A file from elsewhere stays in memory; one that lies in the folder as well is followed.
async function dropped(browser) {
  const dir = folder();
  cpSync(join(root, "samples/work-report/2026.yaml"), join(dir, "本.yaml"));
  const server = await desk(program, root, dir);
  const { page, context, noted } = await open(browser, server.url, { viewport: { width: 1366, height: 768 } });
  await page.waitForFunction(() => document.body.dataset.ready);
  await page.setInputFiles("#file", join(dir, "本.yaml"));
  await ready(page);
  assert(page.url().includes("file="), "it lies in the folder");
  await page.click("#home");
  await page.waitForFunction(() => document.body.dataset.ready);
  await page.setInputFiles("#file", join(root, "samples/special-report/2026.yaml"));
  await ready(page);
  assert(page.url().includes("doc=") && await page.locator("#keep").isHidden());
  step("files of the folder are followed, others stay in memory");
  assert.deepEqual(noted.faults, []);
  await context.close();
  server.child.kill();
}

const browser = await launch();
try {
  await fill(browser);
  await batch(browser);
  await gather(browser);
  await check(browser);
  await edited(browser);
  await learned(browser);
  await dropped(browser);
  console.log("desk: all steps passed");
} finally {
  await browser.close();
}
process.exit(0);
