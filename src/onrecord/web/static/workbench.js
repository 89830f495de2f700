// Keys, lit-up evidence, and selections: all that the workbench needs scripts for. `?` tells the keys.
const text = document.getElementById("text");
const rows = [...document.querySelectorAll("[data-row]")];
const marks = [...document.querySelectorAll("mark[data-marks]")];
const links = [...document.querySelectorAll("main tbody tr")].map((row) => row.querySelector("a")).filter(Boolean);
const stops = rows.length ? rows : links;

function light(name) {
  for (const mark of marks) {
    const role = name && mark.dataset.marks.split(" ").find((one) => one.split(":")[0] === name);
    mark.classList.toggle("on", Boolean(role));
    if (role) mark.dataset.role = role.split(":")[1];
    else delete mark.dataset.role;
  }
  for (const row of rows) row.classList.toggle("on", row.dataset.row === name);
  text?.classList.toggle("lit", marks.some((mark) => mark.classList.contains("on")));
}

function show() {
  marks.find((mark) => mark.classList.contains("on"))?.scrollIntoView({ block: "center" });
}

for (const row of rows) {
  row.addEventListener("mouseenter", () => light(row.dataset.row));
  row.addEventListener("mouseleave", () => light(current()?.dataset.row ?? null));
  row.addEventListener("focusin", () => light(row.dataset.row));
  row.addEventListener("click", (event) => event.target.closest("form, details, a, label") || show());
}

for (const mark of marks) {
  const name = mark.dataset.marks.split(" ")[0].split(":")[0];
  mark.addEventListener("mouseenter", () => light(name));
  mark.addEventListener("mouseleave", () => light(current()?.dataset.row ?? null));
  mark.addEventListener("click", () => getSelection().isCollapsed && reach(document.getElementById(name)));
}

function current() {
  return document.activeElement?.closest?.("[data-row]");
}

function reach(row) {
  row?.closest("details")?.setAttribute("open", "");
  row?.focus();
}

function step(by) {
  const open = stops.filter((one) => one.offsetParent !== null);
  const at = open.indexOf(rows.length ? current() : document.activeElement);
  open[Math.max(0, Math.min(open.length - 1, at + by))]?.focus();
  show();
}

// Characters are counted as the record counts them: code points from the beginning of the page.
function selected() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const home = range.startContainer.parentElement?.closest("[data-start]");
  if (!home || !home.contains(range.endContainer)) return null;
  const before = document.createRange();
  before.setStart(home, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const words = range.toString();
  const lead = [...words].length - [...words.trimStart()].length;
  const start = Number(home.dataset.start) + [...before.toString()].length + lead;
  return words.trim() ? [start, start + [...words.trim()].length] : null;
}

const add = document.getElementById("add");

function offer() {
  const span = add && selected();
  if (!add) return;
  add.hidden = !span;
  if (span) add.href = `/review/add?${new URLSearchParams({ page: add.dataset.page, at: span.join("-") })}`;
}

document.addEventListener("selectionchange", offer);

for (const button of document.querySelectorAll("[data-take]")) {
  button.addEventListener("mousedown", (event) => event.preventDefault());
  button.addEventListener("click", () => {
    const span = selected();
    if (!span) return;
    document.getElementsByName(`${button.dataset.take}_start`)[0].value = span[0];
    document.getElementsByName(`${button.dataset.take}_end`)[0].value = span[1];
  });
}

const help = document.getElementById("keys");
for (const opener of document.querySelectorAll("[data-help]")) {
  opener.addEventListener("click", () => help.showModal());
}

function judge(verdict) {
  const button = current()?.querySelector(`button[value="${verdict}"]`);
  if (button) button.click();
  else if (current()) document.getElementById("by")?.focus();
}

const keys = {
  j: () => step(1),
  k: () => step(-1),
  "/": () => document.getElementById("search")?.focus(),
  "?": () => help.showModal(),
  a: () => judge("accept"),
  x: () => judge("refuse"),
  u: () => judge("withdraw"),
  c: () => current()?.querySelector('[data-key="c"]')?.click(),
  o: () => current()?.querySelector(".note")?.focus(),
  p: () => current()?.querySelector('[data-key="p"]')?.click(),
  n: () => add && !add.hidden && add.click(),
  r: () => document.querySelector('[data-key="r"]')?.click(),
  s: () => document.querySelector('[data-key="s"]')?.click(),
  m: () => document.getElementById("other")?.focus(),
};

document.addEventListener("keydown", (event) => {
  const typing = event.target.matches("input:not([type=checkbox]), textarea, select");
  if (typing && event.key === "Escape") event.target.closest("[data-row]")?.focus();
  if (typing || help?.open || event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
  event.preventDefault();
  keys[event.key]();
});

if (location.hash) reach(document.getElementById(decodeURIComponent(location.hash.slice(1))));
document.documentElement.dataset.keys = "on";
