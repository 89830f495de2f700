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

// On a phone the menu runs out of the screen: the view that is open is brought into it.
const here = document.querySelector(".top nav [aria-current]");
if (here) here.parentElement.scrollLeft = here.offsetLeft - here.parentElement.offsetLeft - 16;

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

// On a phone filters stand folded above the rows, which begin on the first screen.
const narrow = matchMedia("(max-width: 52rem)");
for (const one of document.querySelectorAll("[data-fold]")) one.open = !narrow.matches;

for (const form of document.querySelectorAll("form[data-columns]")) {
  form.addEventListener("submit", () => {
    const boxes = [...form.querySelectorAll("input[type=checkbox]:checked")];
    form.elements.columns.value = boxes.map((box) => box.value).join(",");
  });
}

// The time slider fetches the same view for another period and takes over what it shows.
function slide(form) {
  const range = form.querySelector("input[type=range]");
  const mark = form.querySelectorAll("datalist option")[range.value - 1];
  form.querySelector("output").textContent = mark ? mark.label : "all time";
  const query = new URLSearchParams(new FormData(form));
  if (mark) for (const name of ["since", "until"]) query.set(name, mark.dataset[name]);
  return `${form.getAttribute("action")}?${query}`;
}

async function replace(address) {
  const answer = await fetch(address);
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const selector of ["#picture figure", ".results > .tools", ".results > .scroll", ".results > .empty"]) {
    const [old, made] = [document.querySelector(selector), page.querySelector(selector)];
    if (old && made) old.replaceWith(made);
    else if (old) old.remove();
    else if (made) document.querySelector(".results").append(made);
  }
  history.replaceState(null, "", address);
  zoomable();
}

for (const form of document.querySelectorAll("form[data-slider]")) {
  let waiting;
  form.querySelector("input[type=range]").addEventListener("input", () => {
    const address = slide(form);
    clearTimeout(waiting);
    waiting = setTimeout(() => replace(address), 120);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
}

// A drawing that can be zoomed is a window onto itself: buttons, wheel and dragging move the window.
function zoomable() {
  for (const figure of document.querySelectorAll("figure[data-zoom]:not([data-on])")) {
    figure.dataset.on = "";
    const svg = figure.querySelector("svg");
    const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
    let view = [0, 0, width, height];
    const show = (x, y, w, h) => {
      view = [Math.min(Math.max(0, x), width - w), Math.min(Math.max(0, y), height - h), w, h];
      svg.setAttribute("viewBox", view.join(" "));
      for (const dot of svg.querySelectorAll("circle[data-r]")) dot.setAttribute("r", (dot.dataset.r * w) / width);
    };
    const zoom = (by, x = view[0] + view[2] / 2, y = view[1] + view[3] / 2) => {
      const w = Math.min(width, Math.max(width / 24, view[2] * by));
      const h = (w * height) / width;
      show(x - ((x - view[0]) * w) / view[2], y - ((y - view[1]) * h) / view[3], w, h);
    };
    for (const button of figure.querySelectorAll("button[data-by]")) {
      button.addEventListener("click", () => (button.dataset.by === "0" ? show(0, 0, width, height) : zoom(Number(button.dataset.by))));
    }
    const at = (event) => {
      const box = svg.getBoundingClientRect();
      return [view[0] + ((event.clientX - box.left) / box.width) * view[2], view[1] + ((event.clientY - box.top) / box.height) * view[3]];
    };
    svg.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !figure.contains(document.activeElement)) return;
      event.preventDefault();
      zoom(event.deltaY > 0 ? 1.25 : 0.8, ...at(event));
    });
    let held = null;
    svg.addEventListener("pointerdown", (event) => (held = view[2] < width ? at(event) : null));
    svg.addEventListener("pointermove", (event) => {
      if (!held || !event.buttons) return;
      const [x, y] = at(event);
      show(view[0] + held[0] - x, view[1] + held[1] - y, view[2], view[3]);
    });
  }
}
zoomable();

if (location.hash) reach(document.getElementById(decodeURIComponent(location.hash.slice(1))));
document.documentElement.dataset.keys = "on";
